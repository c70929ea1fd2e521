package io.patinox.memory.pool.internal;

import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.pool.RetireReason;
import io.patinox.memory.resource.AsyncResourceGuard;
import java.util.concurrent.locks.ReentrantLock;

/// What becomes of an object that its borrower gives back.
final class Returns<C> {
    private final ObjectPool<C> pool;
    private final CoarseClock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /// Whether any manager of this pool resets what comes back.
    private volatile boolean recycles;

    /// Whether what comes back is looked at, for that or another reason.
    private volatile boolean careful;

    private final Histogram usage;

    Returns(ObjectPool<C> pool) {
        this.pool = pool;
        clock = pool.clock();
        usage = pool.meters().usage;
    }

    /// Takes an object back from its borrower.
    void takeBack(Slot<C> slot, boolean broken) {
        long now = clock.coarseNanos();
        if (now != slot.leasedAtNanos) {
            // Not at each return: see the metrics in the guide for why that is enough.
            usage.record(now - slot.leasedAtNanos);
        }
        if (careful || broken || slot.retireAtNanos - now <= 0) {
            takeBackWithCare(slot, broken);
        } else {
            slot.idleSinceNanos = now;
            slot.leave();
            pool.offer(slot);
        }
    }

    private void takeBackWithCare(Slot<C> slot, boolean broken) {
        C object = slot.object;
        Generation<C> generation = slot.generation;
        Tracing<C> tracing = pool.tracing();
        if (tracing != null) {
            tracing.returned(object, clock.coarseNanos() - slot.leasedAtNanos);
        }
        if (broken || object == null || generation == null) {
            slot.leave();
            pool.retire(slot, RetireReason.BROKEN);
        } else if (!generation.recycles || recycle(slot, object, generation)) {
            if (!generation.recycles) {
                slot.leave();
            }
            slot.idleSinceNanos = clock.coarseNanos();
            giveOn(slot);
        }
    }

    /// Has the object recycled, and ends the lease.
    ///
    /// @return false when that failed, and the object is retired
    private boolean recycle(Slot<C> slot, C object, Generation<C> generation) {
        boolean recycled = false;
        // A borrower that was interrupted still owes its object a clean return: with the flag set,
        // blocking input and output would close what it works on.
        boolean interrupted = Thread.interrupted();
        try {
            generation.manager.recycle(object);
            recycled = true;
        } catch (Exception e) {
            interrupted |= e instanceof InterruptedException;
            pool.reportCallback("recycle", e);
        } finally {
            slot.leave();
            if (!recycled) {
                pool.retire(slot, RetireReason.RECYCLE_FAILED);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return recycled;
    }

    /// Retires the object if its time is over or there are too many, else gives it to whoever is
    /// next, if need be by way of a validation.
    private void giveOn(Slot<C> slot) {
        if (pool.lifetimes().isOver(slot)) {
            pool.retire(slot, pool.lifetimes().reason(slot));
        } else if (pool.population().mayGo()) {
            pool.retire(slot, RetireReason.RESIZED);
        } else if (pool.limits().tuning().validateOnReturn()) {
            var _ = pool.attendant().examineApart(slot, false);
        } else {
            pool.offer(slot);
        }
    }

    /// Takes the object of a lease that has just ended out of the pool.
    C detach(Slot<C> slot) {
        Tracing<C> tracing = pool.tracing();
        if (tracing != null) {
            tracing.returned(slot.object, clock.coarseNanos() - slot.leasedAtNanos);
            tracing.retired(slot.object, RetireReason.DETACHED);
        }
        slot.leave();
        pool.meters().retire(RetireReason.DETACHED);
        Generation<C> generation = slot.generation;
        AsyncResourceGuard<C> guard = slot.empty();
        try {
            if (guard == null) {
                throw new LeaseReleasedException(pool.name());
            }
            return guard.detach();
        } finally {
            if (generation != null) {
                generation.leave();
            }
            pool.gone(slot.index, RetireReason.DETACHED);
        }
    }

    /// Notes that objects of a generation may come back from now on.
    void note(Generation<C> generation) {
        if (generation.recycles) {
            recycles = true;
        }
        refresh();
    }

    /// Finds out whether there is reason to look at what comes back. Called after each change that
    /// may be one, and by the sweep, which then finds that it is over.
    void refresh() {
        lock.lock();
        try {
            careful =
                    recycles
                            || pool.settings().borrow().tracer() != null
                            || pool.limits().tuning().validateOnReturn()
                            || pool.population().hasSurplus();
        } finally {
            lock.unlock();
        }
    }
}
