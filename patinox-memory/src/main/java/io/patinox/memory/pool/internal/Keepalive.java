package io.patinox.memory.pool.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Examines objects that are idle for long, in the background. Begun by the keeper.
final class Keepalive<C> {
    /*
     * Each object has a turn of its own, up to a quarter of the interval early by the lot that was
     * drawn at its creation, so objects that became idle together don't stay together. Of all that
     * are due a few go at a time, and of those that are idle never more than half. What
     * is out for examination was idle for so long that a borrower would have had to have it
     * validated itself; and while it is out, others may be created for those who wait.
     *
     * An object that proves unfit costs nobody else its place. One that dies alone is no news; but
     * two in a row, wherever they were examined, are a sign that the back end has gone. Then every
     * idle object that was not examined since is due at once. So connections that died together
     * are found within a few sweeps, and those that live are kept: nothing is thrown away that has
     * not proved unfit.
     */
    private static final double EARLY = 0.25;
    private static final int AT_ONCE = 4;
    private static final int SHARE = 64;
    private static final int ALARMING = 2;

    private final ObjectPool<C> pool;
    private final AtomicInteger out = new AtomicInteger();
    private final AtomicInteger unfitInARow = new AtomicInteger();

    /// Objects that were not examined since then are due; long past when all is well.
    private volatile long alarmAtNanos;

    Keepalive(ObjectPool<C> pool) {
        this.pool = pool;
        alarmAtNanos = pool.clock().coarseNanos() - Lifetimes.CENTURY_NANOS;
    }

    /// Tells of the verdict on an object, wherever it was examined.
    void judged(boolean fit) {
        if (fit) {
            if (unfitInARow.get() != 0) {
                unfitInARow.set(0);
            }
        } else if (unfitInARow.incrementAndGet() == ALARMING) {
            alarmAtNanos = pool.clock().coarseNanos();
        }
    }

    void sweep(long now) {
        if (pool.limits().keepaliveNanos() == 0) {
            return;
        }
        int places = Math.max(AT_ONCE, pool.slots().size() / SHARE) - out.get();
        for (Slot<C> slot : pool.slots()) {
            if (places <= 0) {
                return;
            }
            if (pool.engine().isFree(slot.index)
                    && isDue(slot, now)
                    && halfStays()
                    && pool.engine().claim(slot.index)) {
                if (isDue(slot, now)) {
                    places--;
                    examine(slot);
                } else {
                    pool.offer(slot);
                }
            }
        }
    }

    private boolean halfStays() {
        int away = out.get();
        return away == 0 || away < pool.engine().free();
    }

    private boolean isDue(Slot<C> slot, long now) {
        long interval = pool.limits().keepaliveNanos();
        long since = Math.max(slot.checkedAtNanos, slot.idleSinceNanos);
        return now - since >= interval - (long) (interval * EARLY * slot.lot)
                || since - alarmAtNanos < 0;
    }

    private void examine(Slot<C> slot) {
        out.incrementAndGet();
        pool.meters().keepalives.increment();
        boolean begun = false;
        try {
            CompletableFuture<Boolean> verdict = pool.attendant().examineApart(slot, true);
            begun = true;
            var _ = verdict.whenComplete((_, _) -> out.decrementAndGet());
        } finally {
            if (!begun) {
                out.decrementAndGet();
            }
        }
    }
}
