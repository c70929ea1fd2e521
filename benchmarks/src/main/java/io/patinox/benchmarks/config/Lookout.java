package io.patinox.benchmarks.config;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Asks a reader for its configuration every two milliseconds, and whenever the reader says that it
/// has a new one, and notes what it is given.
final class Lookout implements AutoCloseable {

    /*
     * One looks at a time, or the journal would see answers in another order than they were given.
     * Whoever comes while another looks leaves word, and the other looks once more: a reader that
     * tells of a change under a lock of its own must not wait for somebody who waits for that lock.
     */

    private static final long PERIOD_NANOS = 2_000_000;

    private final Supplier<Reading> reader;
    private final Journal journal;
    private final LongSupplier nanos;
    private final AtomicInteger words = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;
    private volatile long stallNanos;

    private Lookout(Supplier<Reading> reader, Journal journal, LongSupplier nanos) {
        this.reader = reader;
        this.journal = journal;
        this.nanos = nanos;
        this.thread = Thread.ofPlatform().daemon().name("lookout").unstarted(this::stand);
    }

    /// Creates a lookout that looks when it is told to.
    static Lookout idle(Supplier<Reading> reader, Journal journal, LongSupplier nanos) {
        return new Lookout(reader, journal, nanos);
    }

    /// Looks by itself from now on, too.
    void start() {
        thread.start();
    }

    private void stand() {
        long due = nanos.getAsLong();
        while (!closed) {
            stallNanos = Math.max(stallNanos, nanos.getAsLong() - due);
            look();
            due = nanos.getAsLong() + PERIOD_NANOS;
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    /// Returns how much later than it wanted it has looked, at worst: so much of any delay may be
    /// the machine's.
    long stallNanos() {
        return stallNanos;
    }

    /// Looks now, or lets whoever looks already look once more.
    void look() {
        if (words.getAndIncrement() != 0) {
            return;
        }
        int heard;
        do {
            heard = words.get();
            Reading reading = reading();
            journal.note(reading, nanos.getAsLong());
        } while (!words.compareAndSet(heard, 0));
    }

    // whatever a library throws is what its user would get
    private Reading reading() {
        try {
            return reader.get();
        } catch (RuntimeException _) {
            return Reading.MISSING;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
