package io.patinox.memory.error;

/// The thread was interrupted while it waited for a resource.
///
/// Whoever throws it has set the interrupt flag again.
public final class ResourceInterruptedException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// What was interrupted, for example `close`.
    private final String operation;

    /// Creates the exception.
    ///
    /// @param resource the name of the resource
    /// @param operation what was interrupted, for example `close`
    /// @param cause the interruption
    public ResourceInterruptedException(
            String resource, String operation, InterruptedException cause) {
        super(
                MemoryErrorCode.RESOURCE_INTERRUPTED,
                resource,
                operation + " of resource '" + resource + "' was interrupted",
                cause);
        this.operation = operation;
    }

    /// Returns what was interrupted, for example `close`.
    ///
    /// @return the text
    public String operation() {
        return operation;
    }
}
