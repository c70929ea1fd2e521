package io.patinox.memory.resource;

/// Takes a resource back: closes it, returns it, deletes it.
///
/// It is called exactly once for a resource, on the thread that called [AsyncResourceGuard#close()]
/// or on a virtual thread of the registry, never with a lock of the library held. It should be
/// interruptible: at its deadline it is interrupted, and abandoned when that doesn't end it.
///
/// It must not refer to the guard, or the guard could never become unreachable. It is safe to close
/// the guard, other guards or the registry from inside it.
///
/// @param <T> the type of the resource
@FunctionalInterface
public interface Cleanup<T> {
    /// Cleans up.
    ///
    /// @param resource what was acquired
    /// @throws Exception if it failed; the resource then counts as failed
    void clean(T resource) throws Exception;
}
