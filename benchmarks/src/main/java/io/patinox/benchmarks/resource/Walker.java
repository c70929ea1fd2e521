package io.patinox.benchmarks.resource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A thread that walks over everything that is open, again and again without pause.
///
/// One thread starts, asks and stops it.
final class Walker implements Runnable {

    private final Contestant contestant;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("walker").unstarted(this);
    private volatile boolean stopped;
    private final AtomicLong walks = new AtomicLong();
    private volatile long fewest = Long.MAX_VALUE;
    private volatile @Nullable Throwable thrown;

    private Walker(Contestant contestant) {
        this.contestant = contestant;
    }

    /// Returns a walker whose first walk is about to begin.
    static Walker started(Contestant contestant) throws InterruptedException {
        Walker walker = new Walker(contestant);
        walker.thread.start();
        walker.begun.await();
        return walker;
    }

    @Override
    public void run() {
        begun.countDown();
        try {
            while (!stopped) {
                fewest = Math.min(fewest, contestant.walk());
                walks.incrementAndGet();
            }
        } catch (Throwable t) {
            thrown = t;
        }
    }

    /// Returns how many walks it has ended; throws what one threw.
    long walks() {
        rethrow();
        return walks.get();
    }

    /// Returns the fewest that a walk saw.
    long fewest() {
        return fewest;
    }

    /// Waits until the walk it is on has ended, and ends it.
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
        rethrow();
    }

    private void rethrow() {
        Throwable failure = thrown;
        if (failure != null) {
            throw new IllegalStateException("a walk failed: " + failure, failure);
        }
    }
}
