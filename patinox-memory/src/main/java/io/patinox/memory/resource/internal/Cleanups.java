package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.ExitCleanup;

/// Calls the user's cleanup.
final class Cleanups {
    private Cleanups() {}

    /// Cleans up what was taken from a resource. Only by who claimed it.
    @SuppressWarnings("unchecked") // a cleanup was registered with a resource of its type
    static <T> void run(Tracked<T> tracked, T resource) throws Exception {
        Cleanup<? super T> cleanup = (Cleanup<? super T>) tracked.cleanup();
        if (resource == null || cleanup == null) {
            throw new IllegalStateException("claimed without a resource: " + tracked.name());
        }
        if (cleanup instanceof ExitCleanup<? super T> told) {
            told.clean(resource, tracked.exit());
        } else {
            cleanup.clean(resource);
        }
    }
}
