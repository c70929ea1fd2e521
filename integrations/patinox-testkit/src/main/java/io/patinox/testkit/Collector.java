package io.patinox.testkit;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;

/// Asks the garbage collector whether somebody still refers to an object.
final class Collector {
    private static final long STEP_MILLIS = 20;

    private Collector() {}

    /// Has the collector run, once at least, until an object is gone.
    ///
    /// @param reference refers to it
    /// @param patience how long to try
    /// @return false if somebody still refers to it. If this thread is interrupted, it answers at
    ///   once after a collection, with the flag set
    static boolean clears(WeakReference<?> reference, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        ReferenceQueue<Object> pause = new ReferenceQueue<>();
        boolean interrupted = false;
        do {
            System.gc();
            if (!reference.refersTo(null)) {
                try {
                    pause.remove(STEP_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } while (!reference.refersTo(null) && !interrupted && System.nanoTime() - until < 0);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return reference.refersTo(null);
    }
}
