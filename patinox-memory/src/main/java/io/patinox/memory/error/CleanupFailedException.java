package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;

/// The cleanup of a resource failed for good, so the resource may still be held.
///
/// The cause decides the strategy.
public final class CleanupFailedException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// How often the cleanup was tried.
    private final int attempts;

    /// Creates the exception.
    ///
    /// @param resource the name of the resource
    /// @param attempts how often the cleanup was tried
    /// @param cause what the last attempt threw
    public CleanupFailedException(String resource, int attempts, Throwable cause) {
        super(
                MemoryErrorCode.RESOURCE_CLEANUP_FAILED,
                resource,
                "the cleanup of resource '"
                        + resource
                        + "' failed in attempt "
                        + attempts
                        + " with "
                        + Describe.type(cause),
                cause);
        this.attempts = attempts;
    }

    /// Returns how often the cleanup was tried.
    ///
    /// @return the number
    public int attempts() {
        return attempts;
    }
}
