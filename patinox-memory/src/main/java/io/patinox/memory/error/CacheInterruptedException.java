package io.patinox.memory.error;

/// The thread was interrupted while it waited for a cache, mostly for what another thread loads.
///
/// Whoever throws it has set the interrupt flag again. The load goes on if others wait for it.
public final class CacheInterruptedException extends CacheException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param cache the name of the cache
    /// @param call what was called, for example `get`
    /// @param cause the interruption
    public CacheInterruptedException(String cache, String call, InterruptedException cause) {
        super(
                MemoryErrorCode.CACHE_INTERRUPTED,
                cache,
                "cache '%s': the wait of %s was interrupted".formatted(cache, call),
                cause);
    }
}
