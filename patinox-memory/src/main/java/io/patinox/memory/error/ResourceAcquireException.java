package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;

/// The supplier of a resource failed, so nothing was registered.
///
/// The cause decides the strategy.
public final class ResourceAcquireException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// The type of the resource.
    private final String type;

    /// Creates the exception.
    ///
    /// @param type the type of the resource
    /// @param cause what the supplier threw
    public ResourceAcquireException(String type, Throwable cause) {
        super(
                MemoryErrorCode.RESOURCE_ACQUIRE_FAILED,
                type,
                "a resource of type '"
                        + type
                        + "' could not be acquired: the supplier threw "
                        + Describe.type(cause),
                cause);
        this.type = type;
    }

    /// Returns the type of the resource.
    ///
    /// @return the text
    public String type() {
        return type;
    }
}
