package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.RetireReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The end of a pool: fails those who wait, waits for what is in use, destroys everything.
final class Closing<C> {
    private final ObjectPool<C> pool;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean custodyEnded = new AtomicBoolean();
    private final CompletableFuture<PoolCloseReport> report = new CompletableFuture<>();

    Closing(ObjectPool<C> pool) {
        this.pool = pool;
    }

    boolean hasBegun() {
        return begun.get();
    }

    PoolCloseReport close(Duration timeout) {
        long begunAt = System.nanoTime();
        if (!begun.compareAndSet(false, true)) {
            return joinFirst(timeout);
        }
        int failed = pool.engine().close(i -> pool.retire(pool.slot(i), RetireReason.CLOSED));
        pool.population().close();
        pool.keeper().abandonTasks();
        long nanos = PoolSettings.nanos(timeout);
        boolean interrupted = false;
        try {
            pool.population().awaitDrained(nanos);
            awaitCleanups(nanos - (System.nanoTime() - begunAt));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        List<String> abandoned = abandoned();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begunAt);
        PoolCloseReport result =
                new PoolCloseReport(pool.name(), elapsed, failed, abandoned, interrupted);
        report.complete(result);
        pool.monitor().unregister(pool);
        if (isOver()) {
            endCustody(Duration.ofNanos(Math.max(0, nanos - elapsed.toNanos())));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    /// Called after each retired object. The last one of a pool that was closed before ends the
    /// custody, on a thread of its own: whoever brought it back must not wait for its cleanup.
    void objectRetired() {
        if (isOver()) {
            Thread.ofVirtual()
                    .name("patinox-pool-" + pool.name() + "-close")
                    .start(() -> endCustody(pool.settings().times().close()));
        }
    }

    private boolean isOver() {
        return report.isDone() && pool.size() == 0 && custodyEnded.compareAndSet(false, true);
    }

    private void endCustody(Duration timeout) {
        pool.keeper().stop();
        pool.custody().close(timeout);
        pool.monitor().close();
    }

    private PoolCloseReport joinFirst(Duration timeout) {
        boolean interrupted = false;
        try {
            return report.get(PoolSettings.nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a close report never fails", e);
        } catch (TimeoutException e) {
            // falls through: what there is to say now
        }
        return new PoolCloseReport(pool.name(), timeout, 0, abandoned(), interrupted);
    }

    private void awaitCleanups(long nanos) throws InterruptedException {
        try {
            pool.custody().pendingCleanups().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The registry counts and reports each cleanup that fails or is late.
        }
    }

    private List<String> abandoned() {
        List<String> held = new ArrayList<>();
        for (Slot<C> slot : pool.slots()) {
            if (slot.holder() != null) {
                Thread borrower = slot.borrower();
                long seconds =
                        TimeUnit.NANOSECONDS.toSeconds(pool.clock().nanos() - slot.leasedAtNanos);
                held.add(
                        pool.name()
                                + "#"
                                + slot.index
                                + " held for "
                                + seconds
                                + " s by "
                                + (borrower == null ? "an unknown thread" : borrower.getName()));
            }
        }
        return held;
    }
}
