package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A failure of shared data or of a handle of it.
public abstract sealed class ShareException extends PatinoxException
        permits ShareClosedException,
                ShareReentrantException,
                ShareTimeoutException,
                ShareInterruptedException,
                ShareImmutableException {

    private static final long serialVersionUID = 1L;

    /// The name of the data.
    private final String data;

    ShareException(ErrorCode code, String data, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.data = data;
    }

    /// Returns the name of the data.
    ///
    /// @return the name; `shared-data` where data has no name of its own
    public final String data() {
        return data;
    }
}
