package io.patinox.memory.mmap.internal.layout;

/// Brings faults of mapped memory to light where they belong.
///
<<<<<<< HEAD
/// When an access to a mapped page faults in compiled code, the JVM notes it and goes on; the
/// `InternalError` is thrown when the thread next passes from native code to Java code or comes to
/// a safepoint, which may be long after the method that caught it has returned. A call that makes
/// this passage, made within the `try`, gets it thrown there. That is what HotSpot does, not what a
/// specification promises, so it is tested for each way of running code.
=======
/// The JVM notes a fault and throws its `InternalError` at the next safepoint: in code of the C2
/// compiler that may be far behind a handler around the access, in a caller. A call that changes to
/// native code is such a point. This one costs about 20 ns; what may be lost without it is the
/// whole error, so a loop ends with one.
>>>>>>> mmap-compile
public final class Fence {
    private static final Object NOBODY = new Object();

    private Fence() {}

<<<<<<< HEAD
    /// Throws the error of a fault that happened on this thread before, if there was one.
=======
    /// Throws the fault of an access before, if there was one.
>>>>>>> mmap-compile
    public static void fence() {
        if (Thread.holdsLock(NOBODY)) {
            throw new AssertionError("nobody locks it");
        }
    }
}
