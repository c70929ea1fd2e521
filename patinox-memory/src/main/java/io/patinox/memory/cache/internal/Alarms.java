package io.patinox.memory.cache.internal;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Calls somebody at a later time: what ends loads that last too long, and windows in which keys
/// are gathered.
@FunctionalInterface
public interface Alarms {

    /// Has something called once, later.
    ///
    /// @param nanos after how many nanoseconds, from 0
    /// @param alarm is called then, on any thread; must be short
    /// @return calls it off, if it was not called yet
    Runnable after(long nanos, Runnable alarm);

    /// Returns the alarms that all caches of the JVM share.
    ///
    /// @return alarms on the common pool, by the system's clock
    static Alarms shared() {
        return (nanos, alarm) -> {
            Future<?> future =
                    ForkJoinPool.commonPool().schedule(alarm, nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
    }
}
