package io.patinox.benchmarks.resource;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/// Resources that one thread acquires and closes, one after the other, in stretches of time: in
/// some they are counted, without a clock between them, in others each is timed.
final class Lives {

    /// How many lives pass between two looks at the clock while they are counted.
    private static final int STRIDE = 64;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;

    private final Contestant contestant;
    private final Histogram times = new Histogram(1, LONGEST_NANOS, DIGITS);
    private long lives;
    private long nanos;

    Lives(Contestant contestant) {
        this.contestant = contestant;
    }

    /// Lives for that time, and longer until the condition holds; counts.
    ///
    /// @param forNanos how long at least
    /// @param enough what must have happened meanwhile
    void count(long forNanos, BooleanSupplier enough) throws Exception {
        long start = System.nanoTime();
        long past = 0;
        while (goesOn(past, forNanos, enough)) {
            for (int i = 0; i < STRIDE; i++) {
                contestant.acquire().close();
            }
            lives += STRIDE;
            past = System.nanoTime() - start;
        }
        nanos += past;
    }

    /// Lives for that time, and longer until the condition holds; times each life.
    ///
    /// @param forNanos how long at least
    /// @param enough what must have happened meanwhile
    void time(long forNanos, BooleanSupplier enough) throws Exception {
        long start = System.nanoTime();
        long past = 0;
        while (goesOn(past, forNanos, enough)) {
            long before = System.nanoTime();
            contestant.acquire().close();
            long after = System.nanoTime();
            times.recordValue(Math.min(after - before, LONGEST_NANOS));
            past = after - start;
        }
    }

    private static boolean goesOn(long past, long forNanos, BooleanSupplier enough) {
        if (past < forNanos) {
            return true;
        }
        if (past > forNanos + PATIENCE_NANOS) {
            throw new IllegalStateException("nothing moves beside resources that come and go");
        }
        return !enough.getAsBoolean();
    }

    /// Returns the lives of a second, of those counted.
    double perSecond() {
        return lives * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos);
    }

    /// Returns the times of those timed, in nanoseconds.
    Histogram times() {
        return times;
    }
}
