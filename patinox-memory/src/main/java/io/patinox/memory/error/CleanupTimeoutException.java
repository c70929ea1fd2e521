package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;

/// A cleanup did not end before its deadline and was abandoned.
public final class CleanupTimeoutException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// How long the cleanup was allowed to take.
    private final Duration deadline;

    /// Creates the exception.
    ///
    /// @param resource the name of the resource
    /// @param deadline how long the cleanup was allowed to take
    public CleanupTimeoutException(String resource, Duration deadline) {
        super(
                MemoryErrorCode.RESOURCE_CLEANUP_TIMEOUT,
                resource,
                "the cleanup of resource '"
                        + resource
                        + "' did not end within "
                        + Describe.duration(deadline),
                null);
        this.deadline = deadline;
    }

    /// Returns how long the cleanup was allowed to take.
    ///
    /// @return the duration
    public Duration deadline() {
        return deadline;
    }
}
