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

/// Listens to the notifications of the JVM's garbage collectors. Needs the module `java.management`
/// even to be linked, so only [HeapPressure] calls it.
final class CollectionNotices {

    private CollectionNotices() {}

    static Runnable listen(DoubleConsumer told) {
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
