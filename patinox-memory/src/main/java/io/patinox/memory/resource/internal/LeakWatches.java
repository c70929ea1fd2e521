package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.LeakReport;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Those in this process who want to know of leaks in registries whose policy fails tests.
public final class LeakWatches {
    private static final List<Consumer<LeakReport>> WATCHES = new CopyOnWriteArrayList<>();
    private static final List<WeakReference<LeakReaper>> REAPERS = new CopyOnWriteArrayList<>();

    private LeakWatches() {}

    /// Begins to tell somebody.
    ///
    /// @param watch is told of each leak, on a thread of the registry; must not block
    public static void add(Consumer<LeakReport> watch) {
        WATCHES.add(watch);
    }

    /// Ends that.
    ///
    /// @param watch as added
    public static void remove(Consumer<LeakReport> watch) {
        WATCHES.remove(watch);
    }

    /// A registry takes part, as long as its users or its resources keep it.
    static void join(LeakReaper reaper) {
        REAPERS.add(new WeakReference<>(reaper));
    }

    /// Waits until what the collector has found so far has been told of.
    ///
    /// @param until when to give up, on the system's monotonic clock
    /// @throws InterruptedException if this thread is interrupted
    public static void settle(long until) throws InterruptedException {
        REAPERS.removeIf(reference -> reference.get() == null);
        for (WeakReference<LeakReaper> reference : REAPERS) {
            LeakReaper reaper = reference.get();
            if (reaper != null) {
                reaper.settle(until);
            }
        }
    }

    static void found(LeakReport report) {
        WATCHES.forEach(watch -> watch.accept(report));
    }
}
