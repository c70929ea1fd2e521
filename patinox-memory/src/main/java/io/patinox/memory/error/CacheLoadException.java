package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;

/// The loader of a cache threw a checked exception, or one that is kept instead of a value.
///
/// The cause, which comes from the loader, decides the strategy.
public final class CacheLoadException extends CacheException {

    private static final long serialVersionUID = 1L;

    /// The key that was to be loaded, as text.
    private final String key;

    /// Creates the exception.
    ///
    /// @param cache the name of the cache
    /// @param key the key that was to be loaded, or the collection of keys
    /// @param cause what the loader threw
    public CacheLoadException(String cache, Object key, Throwable cause) {
        this(cache, text(key), cause);
    }

    private CacheLoadException(String cache, String key, Throwable cause) {
        super(
                MemoryErrorCode.CACHE_LOAD_FAILED,
                cache,
                "cache '%s' could not load %s: the loader threw %s"
                        .formatted(cache, key, Describe.type(cause)),
                cause);
        this.key = key;
    }

    /// Returns the key that was to be loaded.
    ///
    /// @return the key as text; of several the first three
    public String key() {
        return key;
    }
}
