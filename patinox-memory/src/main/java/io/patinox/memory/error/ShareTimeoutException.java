package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;

/// Shared data stayed locked by others for longer than the timeout.
///
/// The function was not called, so the call may be tried again.
public final class ShareTimeoutException extends ShareException {

    private static final long serialVersionUID = 1L;

    /// How long the caller waited.
    private final Duration timeout;

    /// Creates the exception.
    ///
    /// @param data the name of the data
    /// @param call what was called, for example `write`
    /// @param timeout how long the caller waited
    public ShareTimeoutException(String data, String call, Duration timeout) {
        super(
                MemoryErrorCode.SHARE_TIMEOUT,
                data,
                "'%s': %s found the data locked for %s"
                        .formatted(data, call, Describe.duration(timeout)),
                null);
        this.timeout = timeout;
    }

    /// Returns how long the caller waited.
    ///
    /// @return the duration
    public Duration timeout() {
        return timeout;
    }
}
