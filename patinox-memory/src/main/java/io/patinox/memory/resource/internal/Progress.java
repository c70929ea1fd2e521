package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.CleanupOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The longer story of one resource: what its cleanup threw, how often it was tried, who waits for
/// its outcome. Exists only where there is something to tell.
final class Progress {
    private final String ownerThread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<CleanupOutcome> future = new CompletableFuture<>();
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Throwable exitFailure;
    private volatile @Nullable Thread claimant;
    private volatile int attempts;
    private volatile int abandonedAfterMillis;

    Progress(String ownerThread) {
        this.ownerThread = ownerThread;
    }

    /// {@return the name of the thread that acquired the resource}
    String ownerThread() {
        return ownerThread;
    }

    /// {@return what the last attempt threw}
    @Nullable Throwable failure() {
        return failure;
    }

    void failure(Throwable thrown) {
        failure = thrown;
    }

    /// {@return the failure of the work that the resource was acquired for}
    @Nullable Throwable exitFailure() {
        return exitFailure;
    }

    void exitFailure(Throwable thrown) {
        exitFailure = thrown;
    }

    /// {@return the thread that cleans up what depends on the resource before the resource itself}
    @Nullable Thread claimant() {
        return claimant;
    }

    void claimant(@Nullable Thread thread) {
        claimant = thread;
    }

    /// {@return how many attempts have come to an end}
    int attempts() {
        return attempts;
    }

    /// One more attempt has failed. By the thread that made it.
    void attempted(int count) {
        attempts = count;
    }

    /// {@return the deadline that was missed}
    int abandonedAfterMillis() {
        return abandonedAfterMillis;
    }

    /// Notes the deadline that was missed. Before the final state.
    void abandonedAfter(long deadlineNanos) {
        abandonedAfterMillis =
                (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(deadlineNanos, 1_000_000L));
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

    /// Wakes the threads that wait.
    void wake() {
        ended.countDown();
    }

    /// Wakes the threads that wait and completes the future, on this thread, which has nothing else
    /// to do any more.
    void completeHere(CleanupOutcome outcome) {
        ended.countDown();
        future.complete(outcome);
    }

    /// Wakes everybody. What callers hung on the future runs on a thread of its own: it may block,
    /// and the thread that settles a resource has others to serve. A platform thread asks for a
    /// platform thread, since all carriers may be blocked by cleanups it has just given up.
    void complete(CleanupOutcome outcome) {
        ended.countDown();
        if (future.isDone() || future.getNumberOfDependents() == 0) {
            future.complete(outcome);
            return;
        }
        try {
            Thread.Builder sort =
                    Thread.currentThread().isVirtual()
                            ? Thread.ofVirtual()
                            : Thread.ofPlatform().daemon();
            var _ = sort.name("patinox-outcome").start(() -> future.complete(outcome));
        } catch (OutOfMemoryError noThread) {
            future.complete(outcome);
        }
    }
}
