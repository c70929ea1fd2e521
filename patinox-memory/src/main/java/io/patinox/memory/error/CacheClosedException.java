package io.patinox.memory.error;

/// A cache was used after it was closed, or closed while somebody waited for a load.
public final class CacheClosedException extends CacheException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param cache the name of the cache
    public CacheClosedException(String cache) {
        super(MemoryErrorCode.CACHE_CLOSED, cache, "cache '" + cache + "' is closed", null);
    }
}
