package io.patinox.memory.mmap.internal.layout;

/// Brings faults of mapped memory to light where they belong.
///
/// When an access to a mapped page faults in compiled code, the JVM notes it and goes on; the
/// `InternalError` is thrown when the thread next passes from native code to Java code or comes to
/// a safepoint, which may be long after the method that caught it has returned. A call that makes
/// this passage, made within the `try`, gets it thrown there. That is what HotSpot does, not what a
/// specification promises, so it is tested for each way of running code.
public final class Fence {
    private static final Object NOBODY = new Object();

    private Fence() {}

    /// Throws the error of a fault that happened on this thread before, if there was one.
    public static void fence() {
        if (Thread.holdsLock(NOBODY)) {
            throw new AssertionError("nobody locks it");
        }
    }
}
