package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;

/// A load of a cache did not end in time. It was interrupted, and what it may still return is not
/// cached.
public final class CacheLoadTimeoutException extends CacheException {

    private static final long serialVersionUID = 1L;

    /// The key that was to be loaded, as text.
    private final String key;

    /// How long a load may take.
    private final Duration timeout;

    /// Creates the exception.
    ///
    /// @param cache the name of the cache
    /// @param key the key that was to be loaded, or the collection of keys
    /// @param timeout how long a load may take
    public CacheLoadTimeoutException(String cache, Object key, Duration timeout) {
        this(cache, text(key), timeout);
    }

    private CacheLoadTimeoutException(String cache, String key, Duration timeout) {
        super(
                MemoryErrorCode.CACHE_LOAD_TIMEOUT,
                cache,
                "cache '%s' could not load %s within %s"
                        .formatted(cache, key, Describe.duration(timeout)),
                null);
        this.key = key;
        this.timeout = timeout;
    }

    /// Returns the key that was to be loaded.
    ///
    /// @return the key as text; of several the first three
    public String key() {
        return key;
    }

    /// Returns how long a load may take.
    ///
    /// @return the duration
    public Duration timeout() {
        return timeout;
    }
}
