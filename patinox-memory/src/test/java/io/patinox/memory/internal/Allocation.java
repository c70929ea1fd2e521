package io.patinox.memory.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.LongConsumer;

/// Measures what a call allocates on the calling thread.
public final class Allocation {

    private static final int ROUNDS = 50;

    // by handle, as the module under test does not read the management modules
    private static final MethodHandle ALLOCATED_BYTES = allocatedBytes();

    private Allocation() {}

    /// Returns the least that `calls` calls allocated in any of some rounds. The first rounds may
    /// pay for class loading and compilation; what a call itself needs, every round pays.
    public static long leastBytes(int calls, LongConsumer call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = current();
            for (long i = 0; i < calls; i++) {
                call.accept(i);
            }
            least = Math.min(least, current() - before);
        }
        return least;
    }

    /// Returns how many bytes the calling thread has allocated so far.
    public static long current() {
        try {
            return (long) ALLOCATED_BYTES.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle allocatedBytes() {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Class<?> threads = Class.forName("com.sun.management.ThreadMXBean");
            Object bean = factory.getMethod("getThreadMXBean").invoke(null);
            return MethodHandles.publicLookup()
                    .findVirtual(
                            threads,
                            "getCurrentThreadAllocatedBytes",
                            MethodType.methodType(long.class))
                    .bindTo(bean);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
