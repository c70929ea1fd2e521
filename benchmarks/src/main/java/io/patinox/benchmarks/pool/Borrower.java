package io.patinox.benchmarks.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One of a crowd: acquires, holds, releases, until the phase says that it is over.
final class Borrower implements Runnable {

    /*
     * An acquire belongs to the phase in which it is granted: somebody who began to wait during
     * warm-up and is served at the end has waited all that time, and it shows. After the end
     * everybody who still waits is served once, for the others come no more.
     *
     * What was acquired stays in a local variable, as in the code of a user: stored in an object
     * that lives longer, a lease would cost what such a store costs, and what isn't a lease would
     * not.
     */

    private final Contestant pool;
    private final CrowdPhase phases;
    private final long holdNanos;
    private final boolean queueing;
    private final WaitLog log;
    private long operations;
    private long heldNanos;
    private volatile @Nullable Throwable failure;

    /// Makes one.
    ///
    /// @param queueing whether there can be anybody who waits for what this one releases
    Borrower(Contestant pool, CrowdPhase phases, long holdNanos, boolean queueing, int capacity) {
        this.pool = pool;
        this.phases = phases;
        this.holdNanos = holdNanos;
        this.queueing = queueing;
        this.log = new WaitLog(capacity);
    }

    @Override
    public void run() {
        try {
            phases.begun();
            while (phases.now() != CrowdPhase.DONE) {
                if (log.full()) {
                    unnotedCycle();
                } else {
                    notedCycle();
                }
            }
        } catch (Throwable e) {
            failure = e;
        } finally {
            phases.ended();
        }
    }

    private void notedCycle() throws Exception {
        long requested = System.nanoTime();
        Object acquired = pool.acquire();
        long granted = System.nanoTime();
        int phase = phases.now();
        StubConnection connection = pool.connection(acquired);
        if (phase != CrowdPhase.WARMING) {
            log.add(requested, granted, connection.releasedNanos);
        }
        if (holdNanos > 0) {
            hold(granted + holdNanos);
        }
        long released = System.nanoTime();
        if (phase == CrowdPhase.MEASURED) {
            operations++;
            heldNanos += released - granted;
        }
        connection.releasedNanos = released;
        pool.release(acquired);
    }

    /// Notes the release all the same: without it, whoever waits for this object would seem to have
    /// been served long ago.
    private void unnotedCycle() throws Exception {
        Object acquired = pool.acquire();
        if (holdNanos > 0) {
            hold(System.nanoTime() + holdNanos);
        }
        if (phases.now() == CrowdPhase.MEASURED) {
            operations++;
        }
        if (queueing) {
            pool.connection(acquired).releasedNanos = System.nanoTime();
        }
        pool.release(acquired);
    }

    /// Holds as an input/output call would: parked, and not cut short by a stray permit.
    private static void hold(long untilNanos) {
        long left = untilNanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = untilNanos - System.nanoTime();
        }
    }

    long operations() {
        return operations;
    }

    long heldNanos() {
        return heldNanos;
    }

    WaitLog log() {
        return log;
    }

    /// Throws what ended this borrower before its time.
    void rethrow() {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a borrower failed: " + thrown, thrown);
        }
    }
}
