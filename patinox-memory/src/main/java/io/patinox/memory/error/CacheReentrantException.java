package io.patinox.memory.error;

/// Code that a cache calls in the middle of a change, such as an eviction hook or a policy, called
/// the same cache on the same thread.
public final class CacheReentrantException extends CacheException {

    private static final long serialVersionUID = 1L;

    /// What was called.
    private final String call;

    /// What it was called from.
    private final String within;

    /// Creates the exception.
    ///
    /// @param cache the name of the cache
    /// @param call what was called, for example `put`
    /// @param within what it was called from, for example `evictionListener`
    public CacheReentrantException(String cache, String call, String within) {
        super(
                MemoryErrorCode.CACHE_REENTRANT,
                cache,
                "cache '%s': %s was called within %s on the same thread"
                        .formatted(cache, call, within),
                null);
        this.call = call;
        this.within = within;
    }

    /// Returns what was called.
    ///
    /// @return for example `put`
    public String call() {
        return call;
    }

    /// Returns what it was called from.
    ///
    /// @return for example `evictionListener`
    public String within() {
        return within;
    }
}
