package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;

/// A configuration did not answer in time. What was asked for goes on.
public final class ConfigTimeoutException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// How long the caller waited.
    private final Duration timeout;

    /// Creates the exception.
    ///
    /// @param config the name of the configuration
    /// @param call what was called, for example `reload`
    /// @param timeout how long the caller waited
    public ConfigTimeoutException(String config, String call, Duration timeout) {
        super(
                MemoryErrorCode.CONFIG_TIMEOUT,
                "%s of configuration '%s' did not end within %s"
                        .formatted(call, config, Describe.duration(timeout)),
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
