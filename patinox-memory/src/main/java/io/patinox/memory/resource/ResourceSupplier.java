package io.patinox.memory.resource;

/// Opens a resource. It returns the resource or throws; when it throws, it must have released
/// itself whatever it had opened so far.
///
/// @param <T> the type of the resource
@FunctionalInterface
public interface ResourceSupplier<T> {
    /// Opens the resource, on the thread that acquires it.
    ///
    /// @return the resource, not null
    /// @throws Exception if it cannot be opened
    T get() throws Exception;
}
