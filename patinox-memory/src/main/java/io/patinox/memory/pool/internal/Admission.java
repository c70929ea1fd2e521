package io.patinox.memory.pool.internal;

import io.patinox.memory.error.Options;
import java.util.function.IntSupplier;

/// How many may stand in the queue: so many as wait for what others hold, and besides them those
/// for whom something is on its way.
///
/// @param most how many may wait for what others hold
/// @param vacancies how many objects the pool has room for beyond those it has; asked under the
///   engine's lock
record Admission(int most, IntSupplier vacancies) {
    /// A queue as long as the engines can count.
    static final Admission ALL = new Admission(ControlWords.WAITERS_MAX, () -> 0);

    /// Checks that the engines can count them.
    Admission {
        Options.inRange("maxWaiting", most, 0, ControlWords.WAITERS_MAX);
    }

    /// {@return whether so many may wait, whatever is on its way}
    boolean isUnquestioned(int waiting) {
        return waiting <= most;
    }

    /// {@return whether so many may wait}
    ///
    /// @param coming how many slots are free, or are examined for those who wait
    boolean admits(int waiting, int coming) {
        return waiting <= ControlWords.WAITERS_MAX
                && waiting <= (long) most + coming + vacancies.getAsInt();
    }
}
