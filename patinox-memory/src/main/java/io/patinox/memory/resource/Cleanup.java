package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.internal.AwaitedCleanup;

/// Takes a resource back: closes it, returns it, deletes it.
///
/// It is called once for a resource, on the thread that called [AsyncResourceGuard#close()] or on a
/// thread of the registry, never with a lock of the library held; and again only after it has
/// failed and is to be retried, see [ResourceRequest#idempotent()]. It should be interruptible: at
/// its deadline it is interrupted, and abandoned when that doesn't end it.
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
    /// @throws Exception if it failed; the resource then counts as failed, unless another attempt
    ///   is made and succeeds
    void clean(T resource) throws Exception;

    /// Makes a cleanup that is told why it runs.
    ///
    /// @param <T> the type of the resource
    /// @param cleanup the cleanup, best as a lambda of two arguments
    /// @return the same
    static <T> Cleanup<T> withExit(ExitCleanup<T> cleanup) {
        return Options.required("cleanup", cleanup);
    }

    /// Makes a cleanup of one that completes asynchronously. The cleanup ends when the stage
    /// completes: `close()` waits for that, deadlines apply to it, and when it is interrupted the
    /// stage's future is cancelled.
    ///
    /// @param <T> the type of the resource
    /// @param cleanup begins the cleanup
    /// @return a cleanup that waits for it; what the stage failed with is thrown as it is if it is
    ///   an `Exception` or an `Error`
    static <T> Cleanup<T> async(AsyncCleanup<T> cleanup) {
        return new AwaitedCleanup<>(Options.required("cleanup", cleanup));
    }
}
