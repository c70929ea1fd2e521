package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.pool.RetireReason;

/// What becomes of an object that its borrower gives back.
final class Returns<C> {
    private final ObjectPool<C> pool;
    private final CoarseClock clock;
    private final Histogram usage;
    private final boolean recycles;
    private final boolean careful;

    Returns(ObjectPool<C> pool) {
        this.pool = pool;
        clock = pool.clock();
        usage = pool.meters().usage;
        recycles = Recycling.isDoneBy(pool.manager());
        careful = recycles || pool.settings().borrow().tracer() != null;
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
        Tracing<C> tracing = pool.tracing();
        if (tracing != null) {
            tracing.returned(object, clock.coarseNanos() - slot.leasedAtNanos);
        }
        if (broken || object == null) {
            slot.leave();
            pool.retire(slot, RetireReason.BROKEN);
            return;
        }
        boolean recycled = false;
        // A borrower that was interrupted still owes its object a clean return: with the flag set,
        // blocking input and output would close what it works on.
        boolean interrupted = recycles && Thread.interrupted();
        try {
            pool.manager().recycle(object);
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
        if (recycled) {
            long now = clock.coarseNanos();
            slot.idleSinceNanos = now;
            if (slot.retireAtNanos - now <= 0) {
                pool.retire(slot, RetireReason.LIFETIME);
            } else {
                pool.offer(slot);
            }
        }
    }
}
