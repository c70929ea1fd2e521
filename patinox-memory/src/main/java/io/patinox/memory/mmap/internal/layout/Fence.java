package io.patinox.memory.mmap.internal.layout;

/// Where faults of mapped memory are thrown at the latest.
///
/// The JVM notes a fault and throws its `InternalError` at the next safepoint: in code of the C2
/// compiler that may be far behind a handler around the access, in a caller. A call that changes to
/// native code is such a point. This one costs about 20 ns; what may be lost without it is the
/// whole error, so a loop ends with one.
public final class Fence {
    private static final Object NOBODY = new Object();

    private Fence() {}

    /// Throws the fault of an access before, if there was one.
    public static void fence() {
        if (Thread.holdsLock(NOBODY)) {
            throw new AssertionError("nobody locks this");
        }
    }
}
