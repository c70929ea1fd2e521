package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheCodec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// The codecs of plain types.
public final class PlainCodecs {

    /// Strings in UTF-8.
    public static final CacheCodec<String> STRINGS =
            new Of<>("string", PlainCodecs::utf8, PlainCodecs::text);

    /// Longs, eight bytes each.
    public static final CacheCodec<Long> LONGS =
            new Of<>(
                    "long",
                    value -> ByteBuffer.allocate(Long.BYTES).putLong(value).array(),
                    bytes -> sized(bytes, Long.BYTES).getLong());

    /// Integers, four bytes each.
    public static final CacheCodec<Integer> INTEGERS =
            new Of<>(
                    "int",
                    value -> ByteBuffer.allocate(Integer.BYTES).putInt(value).array(),
                    bytes -> sized(bytes, Integer.BYTES).getInt());

    /// Bytes as they are.
    public static final CacheCodec<byte[]> BYTES =
            new Of<>("bytes", bytes -> bytes, bytes -> bytes);

    private PlainCodecs() {}

    /// A codec made of functions.
    ///
    /// @param name the name of the format
    /// @param encoder turns an object into bytes
    /// @param decoder makes an object of bytes
    /// @param <T> the type of the keys or values
    public record Of<T>(
            String name, Function<? super T, byte[]> encoder, Function<byte[], ? extends T> decoder)
            implements CacheCodec<T> {

        @Override
        public byte[] encode(T object) {
            return encoder.apply(object);
        }

        @Override
        public T decode(byte[] bytes) {
            return decoder.apply(bytes);
        }
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the string holds half of a surrogate pair", e);
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are no text in UTF-8", e);
        }
    }

    private static ByteBuffer sized(byte[] bytes, int size) {
        if (bytes.length != size) {
            throw new IllegalArgumentException(
                    "%d bytes where there should be %d".formatted(bytes.length, size));
        }
        return ByteBuffer.wrap(bytes);
    }
}
