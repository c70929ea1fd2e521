package io.patinox.memory.cache;

/// Says how many bytes of memory a key or a value takes, for [CacheBuilder#maxBytes(long)].
///
/// @param <T> the type of what is measured
@FunctionalInterface
public interface Sizer<T> {

    /// Returns the size of an object with everything that only it keeps alive.
    ///
    /// @param object the key or value
    /// @return bytes, from 0
    long bytes(T object);
}
