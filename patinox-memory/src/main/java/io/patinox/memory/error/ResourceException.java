package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A failure of a resource guard or of the registry behind it.
public abstract sealed class ResourceException extends PatinoxException
        permits ResourceClosedException,
                ResourceAcquireException,
                CleanupFailedException,
                CleanupTimeoutException,
                RegistryClosedException,
                ResourceLimitException,
                ResourceCycleException,
                ResourceInterruptedException {

    private static final long serialVersionUID = 1L;

    /// The name of the resource or registry.
    private final String resource;

    ResourceException(ErrorCode code, String resource, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.resource = resource;
    }

    /// Returns the name of the resource or registry.
    ///
    /// @return the name
    public final String resource() {
        return resource;
    }
}
