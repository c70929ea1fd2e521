package io.patinox.memory.error;

/// Shared data, or a counted handle of it, was used after it was closed.
public final class ShareClosedException extends ShareException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param data the name of the data
    public ShareClosedException(String data) {
        super(MemoryErrorCode.SHARE_CLOSED, data, "'" + data + "' is closed", null);
    }
}
