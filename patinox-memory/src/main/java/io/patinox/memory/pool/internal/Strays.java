package io.patinox.memory.pool.internal;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts the creations that were given up at their deadline and still run, because whatever they
/// hang in doesn't heed interruption, and keeps them from piling up.
final class Strays {
    /*
     * A stray costs a thread and whatever it holds at the back end, and can't be ended. A fixed
     * bound would leave a pool without objects for ever if the strays never end, though the back
     * end is long well again. So beyond the bound one attempt at a time goes on, after a pause that
     * doubles with each further stray: their number grows with the logarithm of the time that it
     * all lasts (a year adds some 22 to a first pause of ten seconds), and once the back end is
     * well the pool finds out within the time it was out.
     */
    private static final long PAUSE_MAX_NANOS = Long.MAX_VALUE / 4;

    private final AtomicInteger running = new AtomicInteger();
    private final int most;
    private final long pauseNanos;

    /// Guarded by the population's lock.
    private long notBeforeNanos;

    Strays(int concurrency, long pauseNanos) {
        most = Math.max(8, 4 * concurrency);
        this.pauseNanos = Math.max(1, pauseNanos);
    }

    /// Counts one more.
    ///
    /// @return whether with this one there are too many
    boolean add() {
        return running.incrementAndGet() == most;
    }

    /// One has ended after all.
    void leave() {
        running.decrementAndGet();
    }

    int count() {
        return Math.max(0, running.get());
    }

    boolean areTooMany() {
        return running.get() >= most;
    }

    /// Sets the pause that follows an attempt that failed. Called with the population's lock held.
    void attemptFailed(long now) {
        int beyond = running.get() - most;
        if (beyond >= 0) {
            boolean longest = beyond >= Long.numberOfLeadingZeros(pauseNanos) - 2;
            notBeforeNanos = now + (longest ? PAUSE_MAX_NANOS : pauseNanos << beyond);
        }
    }

    /// {@return whether no attempt is to be made now}
    boolean isPausing(long now) {
        return areTooMany() && notBeforeNanos - now > 0;
    }
}
