package io.patinox.memory.error;

/// A function that was given to shared data called back into the same data, on the same thread,
/// where that would wait for itself or lose a change.
public final class ShareReentrantException extends ShareException {

    private static final long serialVersionUID = 1L;

    /// What was called.
    private final String call;

    /// What it was called from.
    private final String within;

    /// Creates the exception.
    ///
    /// @param data the name of the data
    /// @param call what was called, for example `write`
    /// @param within what it was called from, for example `read`
    public ShareReentrantException(String data, String call, String within) {
        super(
                MemoryErrorCode.SHARE_REENTRANT,
                data,
                "'%s': %s was called within %s on the same thread".formatted(data, call, within),
                null);
        this.call = call;
        this.within = within;
    }

    /// Returns what was called.
    ///
    /// @return for example `write`
    public String call() {
        return call;
    }

    /// Returns what it was called from.
    ///
    /// @return for example `read`
    public String within() {
        return within;
    }
}
