package io.patinox.memory.error;

/// A resource was used after its guard was closed or detached.
public final class ResourceClosedException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// What the guard is, for example `closed`.
    private final String state;

    /// Creates the exception.
    ///
    /// @param resource the name of the resource
    /// @param state what its guard is, for example `closed` or `detached`
    public ResourceClosedException(String resource, String state) {
        super(
                MemoryErrorCode.RESOURCE_CLOSED,
                resource,
                "resource '" + resource + "' is " + state,
                null);
        this.state = state;
    }

    /// Returns what the guard is, for example `closed`.
    ///
    /// @return the text
    public String state() {
        return state;
    }
}
