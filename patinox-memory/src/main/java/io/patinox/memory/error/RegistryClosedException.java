package io.patinox.memory.error;

/// A resource was requested from a registry that is closing or closed.
public final class RegistryClosedException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param registry the name of the registry
    public RegistryClosedException(String registry) {
        super(
                MemoryErrorCode.RESOURCE_REGISTRY_CLOSED,
                registry,
                "registry '" + registry + "' is closed",
                null);
    }
}
