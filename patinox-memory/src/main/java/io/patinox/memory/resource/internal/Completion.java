package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.CleanupOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Those who wait for the outcome of one resource. Exists only if somebody does.
final class Completion {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<CleanupOutcome> future = new CompletableFuture<>();
    private volatile @Nullable Thread runner;
    private volatile @Nullable Throwable failure;

    @Nullable Thread runner() {
        return runner;
    }

    void runner(@Nullable Thread thread) {
        runner = thread;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    void failure(Throwable thrown) {
        failure = thrown;
    }

    void await() throws InterruptedException {
        ended.await();
    }

    boolean await(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    /// {@return a future of its own for one caller, who may complete or cancel it without hurting
    /// the others}
    CompletableFuture<CleanupOutcome> future() {
        return future.copy();
    }

    /// Wakes everybody. What callers hung on the future runs on a thread of its own: it may block,
    /// and the thread that settles a resource has others to serve.
    void complete(CleanupOutcome outcome) {
        runner = null;
        ended.countDown();
        if (future.isDone() || future.getNumberOfDependents() == 0) {
            future.complete(outcome);
            return;
        }
        try {
            Thread.ofVirtual().name("patinox-outcome").start(() -> future.complete(outcome));
        } catch (OutOfMemoryError noThread) {
            future.complete(outcome);
        }
    }
}
