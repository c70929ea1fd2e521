package io.patinox.memory.cache.internal;

import java.util.function.DoubleConsumer;

/// Tells after each garbage collection how full the heap still is. Without the module
/// `java.management`, nothing is told.
public final class HeapPressure {

    private HeapPressure() {}

    /// Starts to tell.
    ///
    /// @param told is given the share of the largest possible heap that was in use after the
    ///   collection, from 0 to 1; called by a thread of the JVM, so it must be quick
    /// @return what ends it
    public static Runnable listen(DoubleConsumer told) {
        try {
            return CollectionNotices.listen(told);
        } catch (NoClassDefFoundError e) {
            // thrown when that class is linked, and the module is not in the graph
            return () -> {};
        }
    }
}
