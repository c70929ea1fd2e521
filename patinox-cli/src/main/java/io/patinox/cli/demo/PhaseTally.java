package io.patinox.cli.demo;

import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.monitor.HistogramSnapshot;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What the clients of one phase have done so far.
///
/// Safe for use by several threads.
final class PhaseTally {

    private final Histogram acquisition = Histogram.nanos();
    private final LongAdder operations = new LongAdder();
    private final LongAdder timeoutsInside = new LongAdder();
    private final LongAdder timeoutsOutside = new LongAdder();
    private final LongAdder surprises = new LongAdder();
    private final AtomicReference<@Nullable Throwable> firstSurprise = new AtomicReference<>();
    private final AtomicIntegerArray turns;

    PhaseTally(int clients) {
        turns = new AtomicIntegerArray(clients);
    }

    /// A client has been given a connection and will use it.
    void acquired(long waitedNanos) {
        acquisition.record(waitedNanos);
    }

    /// A client has had its turn, whatever came of it.
    void turn(int client) {
        turns.lazySet(client, turns.getPlain(client) + 1); // each client writes only its own
        operations.increment();
    }

    void timedOut(boolean duringOutage) {
        (duringOutage ? timeoutsInside : timeoutsOutside).increment();
    }

    /// An error that the death of a connection doesn't explain.
    void surprise(Throwable error) {
        surprises.increment();
        firstSurprise.compareAndSet(null, error);
    }

    long operations() {
        return operations.sum();
    }

    long timeoutsInside() {
        return timeoutsInside.sum();
    }

    long timeoutsOutside() {
        return timeoutsOutside.sum();
    }

    long surprises() {
        return surprises.sum();
    }

    @Nullable Throwable firstSurprise() {
        return firstSurprise.get();
    }

    HistogramSnapshot acquisition() {
        return acquisition.snapshot();
    }

    int fewestTurns() {
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < turns.length(); i++) {
            fewest = Math.min(fewest, turns.get(i));
        }
        return fewest;
    }

    int mostTurns() {
        int most = 0;
        for (int i = 0; i < turns.length(); i++) {
            most = Math.max(most, turns.get(i));
        }
        return most;
    }

    /// Whether the connection itself died: the only way a transfer may fail here.
    static boolean isDeathOfConnection(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isDeathState(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /// Class 08 is the connection's; 57P0x says that an operator has ended it.
    private static boolean isDeathState(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }
}
