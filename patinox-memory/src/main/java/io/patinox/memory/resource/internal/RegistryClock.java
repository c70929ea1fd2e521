package io.patinox.memory.resource.internal;

import io.patinox.memory.monitor.Ticker;

/// The time of a registry in microseconds since it was built: the precise one, and a copy that the
/// registry's thread refreshes every [#TICK_MILLIS] while there is much to do.
///
/// Reading the system's clock costs more than all the rest of acquiring and closing a guard. So the
/// hot path reads the copy while it ticks, and the clock itself when nothing ticks, which is when
/// little happens. A clock that the user brought is always read: it may be moved by hand.
final class RegistryClock {
    static final long TICK_MILLIS = 10;

    /// So many ticks without anything to do end the ticking.
    static final int IDLE_TICKS = 100;

    private final Ticker ticker;
    private final boolean system;
    private final long origin;
    private volatile boolean ticking;
    private volatile long coarse;
    private long lastActivity;
    private int idleTicks;

    RegistryClock(Ticker ticker) {
        this.ticker = ticker;
        this.system = ticker.equals(Ticker.system());
        this.origin = ticker.nanos();
    }

    /// {@return the time to stamp something with, at most a tick old}
    long coarseMicros() {
        return ticking ? coarse : micros();
    }

    /// {@return whether there is little to do, so that precise times may be taken}
    boolean isQuiet() {
        return !ticking;
    }

    long micros() {
        return (ticker.nanos() - origin) / 1_000;
    }

    /// Refreshes the copy, and decides whether it is worth it. By one thread.
    ///
    /// @param activity a figure that changes when there is something to do
    /// @return milliseconds until the next call
    long tick(long activity) {
        if (!system) {
            return TICK_MILLIS * IDLE_TICKS;
        }
        if (activity != lastActivity) {
            lastActivity = activity;
            idleTicks = 0;
        } else {
            idleTicks++;
        }
        if (idleTicks >= IDLE_TICKS || activity == 0) {
            ticking = false;
            return TICK_MILLIS * IDLE_TICKS;
        }
        coarse = micros();
        ticking = true;
        return TICK_MILLIS;
    }

    /// The thread that ticks ends.
    void stop() {
        ticking = false;
    }
}
