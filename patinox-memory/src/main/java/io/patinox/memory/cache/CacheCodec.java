package io.patinox.memory.cache;

import io.patinox.memory.cache.internal.PlainCodecs;
import io.patinox.memory.error.Options;
import java.util.function.Function;

/// Turns keys or values into bytes and back, for a [CacheSnapshot]. Immutable and thread-safe.
///
/// There is none for any object: reading objects out of a file that somebody may have changed runs
/// their code.
///
/// @param <T> the type of the keys or values
public interface CacheCodec<T> {

    /// Returns the name of the format. It stands in the file; a snapshot can be read by codecs of
    /// the same names only, so a format that changes needs another name.
    ///
    /// @return 1 to 100 letters, digits and `. _ - :`
    String name();

    /// Turns an object into bytes.
    ///
    /// @param object the object
    /// @return the bytes
    byte[] encode(T object);

    /// Makes an object of bytes.
    ///
    /// @param bytes the bytes
    /// @return the object
    /// @throws RuntimeException if they are not of this format
    T decode(byte[] bytes);

    /// Returns a codec made of two functions.
    ///
    /// @param name the name of the format
    /// @param encode turns an object into bytes
    /// @param decode makes an object of bytes
    /// @param <T> the type of the keys or values
    /// @return the codec
    static <T> CacheCodec<T> of(
            String name, Function<? super T, byte[]> encode, Function<byte[], ? extends T> decode) {
        return new PlainCodecs.Of<>(
                Options.name("name", name),
                Options.required("encode", encode),
                Options.required("decode", decode));
    }

    /// Returns the codec of strings, in UTF-8. A string that is no text, because it holds half of a
    /// pair of surrogates, is refused.
    ///
    /// @return the codec `string`
    static CacheCodec<String> strings() {
        return PlainCodecs.STRINGS;
    }

    /// Returns the codec of longs.
    ///
    /// @return the codec `long`
    static CacheCodec<Long> longs() {
        return PlainCodecs.LONGS;
    }

    /// Returns the codec of integers.
    ///
    /// @return the codec `int`
    static CacheCodec<Integer> integers() {
        return PlainCodecs.INTEGERS;
    }

    /// Returns the codec of bytes, which are not copied.
    ///
    /// @return the codec `bytes`
    static CacheCodec<byte[]> bytes() {
        return PlainCodecs.BYTES;
    }
}
