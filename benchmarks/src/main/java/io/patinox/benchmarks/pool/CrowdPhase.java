package io.patinox.benchmarks.pool;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells a crowd in which phase it is: warming up, measured, or done.
///
/// Safe for any number of threads.
final class CrowdPhase {

    static final int WARMING = 0;
    static final int MEASURED = 1;
    static final int DONE = 2;

    private final CountDownLatch coming;
    private final CountDownLatch running;
    private volatile int phase = WARMING;

    CrowdPhase(int borrowers) {
        coming = new CountDownLatch(borrowers);
        running = new CountDownLatch(borrowers);
    }

    int now() {
        return phase;
    }

    void measure() {
        phase = MEASURED;
    }

    void stop() {
        phase = DONE;
    }

    /// A borrower says that it is about to acquire for the first time.
    void begun() {
        coming.countDown();
    }

    /// Waits until every borrower has begun.
    boolean awaitBegin(Duration limit) throws InterruptedException {
        return coming.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// A borrower says that it has ended.
    void ended() {
        running.countDown();
    }

    /// Waits until every borrower has ended.
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return running.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
