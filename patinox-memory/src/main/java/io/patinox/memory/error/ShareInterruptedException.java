package io.patinox.memory.error;

/// The thread was interrupted while it waited for shared data.
///
/// Whoever throws it has set the interrupt flag again; no function was called and nothing is locked
/// by the thread.
public final class ShareInterruptedException extends ShareException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param data the name of the data
    /// @param call what was called, for example `write`
    /// @param cause the interruption
    public ShareInterruptedException(String data, String call, InterruptedException cause) {
        super(
                MemoryErrorCode.SHARE_INTERRUPTED,
                data,
                "'%s': the wait of %s was interrupted".formatted(data, call),
                cause);
    }
}
