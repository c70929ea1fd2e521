package io.patinox.memory.cache.internal;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.function.DoubleConsumer;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/// Tells after each garbage collection how full the heap still is. Loaded only where the module
/// `java.management` is there; without it, nothing is told.
public final class HeapPressure {

    private HeapPressure() {}

    /// Starts to tell.
    ///
    /// @param told is given the share of the largest possible heap that was in use after the
    ///   collection, from 0 to 1; called by a thread of the JVM, so it must be quick
    /// @return what ends it
    public static Runnable listen(DoubleConsumer told) {
        try {
            return listening(told);
        } catch (NoClassDefFoundError e) {
            return () -> {};
        }
    }

    private static Runnable listening(DoubleConsumer told) {
        NotificationListener listener = (_, _) -> told.accept(occupancy());
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (bean instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
            }
        }
        return () -> stop(listener);
    }

    private static void stop(NotificationListener listener) {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (bean instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(listener);
                } catch (ListenerNotFoundException neverThere) {
                    // this collector was never listened to, and that is as good
                }
            }
        }
    }

    private static double occupancy() {
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = pool.getCollectionUsage();
            if (pool.getType() == MemoryType.HEAP && after != null) {
                used += after.getUsed();
            }
        }
        return (double) used / Runtime.getRuntime().maxMemory();
    }
}
