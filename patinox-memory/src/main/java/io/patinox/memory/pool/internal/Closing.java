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
    /// How long a slot may take to become free unseen: see `GatedSlots`.
    private static final long SETTLING_NANOS = 1_000_000L;

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
        PoolCloseReport result = null;
        try {
            result = drain(timeout, begunAt);
        } finally {
            // Whatever went wrong, nobody waits for ever for this close.
            report.complete(result == null ? provisional(timeout, false) : result);
            pool.monitor().unregister(pool);
        }
        if (isOver()) {
            if (pool.custody().pendingCleanups().isDone()) {
                endCustody();
            } else {
                // The time is over, the cleanups are not: each still gets its own deadline.
                endCustodyApart();
            }
        }
        if (result.interrupted()) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private PoolCloseReport drain(Duration timeout, long begunAt) {
        // The population first: what is retired below must not be replaced.
        pool.population().close();
        int failed = pool.engine().close(i -> pool.retire(pool.slot(i), RetireReason.CLOSED));
        pool.keeper().abandonTasks();
        long nanos = PoolSettings.nanos(timeout);
        boolean interrupted = false;
        try {
            if (!pool.population().awaitDrained(Math.min(nanos, SETTLING_NANOS))) {
                pool.engine().tend(pool.clock().nanos());
                pool.population().awaitDrained(nanos - (System.nanoTime() - begunAt));
            }
            awaitCleanups(nanos - (System.nanoTime() - begunAt));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begunAt);
        return new PoolCloseReport(pool.name(), elapsed, failed, abandoned(), interrupted);
    }

    /// Called after each retired object. The last one of a pool that was closed before ends the
    /// custody, on a thread of its own: whoever brought it back must not wait for its cleanup.
    void objectRetired() {
        if (isOver()) {
            endCustodyApart();
        }
    }

    private void endCustodyApart() {
        try {
            Thread.ofVirtual()
                    .name("patinox-pool-" + pool.name() + "-close")
                    .start(this::endCustody);
        } catch (Throwable noThread) {
            endCustody();
        }
    }

    private boolean isOver() {
        return report.isDone() && pool.size() == 0 && custodyEnded.compareAndSet(false, true);
    }

    private void endCustody() {
        pool.keeper().stop();
        try {
            pool.custody().close();
        } finally {
            pool.monitor().close();
        }
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
        return provisional(timeout, interrupted);
    }

    private PoolCloseReport provisional(Duration timeout, boolean interrupted) {
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
            if (slot.isLent()) {
                Thread borrower = slot.borrower();
                String label = slot.label();
                long seconds =
                        TimeUnit.NANOSECONDS.toSeconds(pool.clock().nanos() - slot.leasedAtNanos);
                held.add(
                        pool.name()
                                + "#"
                                + slot.index
                                + " held for "
                                + seconds
                                + " s by "
                                + (borrower == null ? "an unknown thread" : borrower.getName())
                                + (label == null ? "" : ", labelled '" + label + "'"));
            }
        }
        return held;
    }
}
