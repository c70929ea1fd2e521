package io.patinox.memory.pool.internal;

import java.util.concurrent.ThreadLocalRandom;

/// Keeps a pool from throwing away all it has after a pause. Runs on the keeper.
final class PauseRelief<C> {
    /*
     * A process that was stopped, or starved of processor time, for longer than the idle timeout
     * or the lifetime finds every idle object due at once. Retiring them all would meet the
     * back end with as many new connections in the moment when everybody wants one. So of those
     * that came due during a pause some are retired now, and the others get a further time by lot,
     * of up to a tenth of the limit. All of them are in doubt, so none is lent unexamined.
     *
     * What is in use isn't touched: it belongs to its borrower, and is looked at when it comes
     * back. Deadlines of waits and the times of leases are what they are; time did pass.
     */
    private static final int AT_ONCE = 8;

    private final ObjectPool<C> pool;
    private int retirable;

    PauseRelief(ObjectPool<C> pool) {
        this.pool = pool;
    }

    /// Spreads what came due between two rounds.
    void spread(long before, long now) {
        retirable = Math.max(AT_ONCE, pool.size() / 10);
        for (Slot<C> slot : pool.slots()) {
            if (pool.engine().isFree(slot.index)
                    && cameDue(slot, before, now)
                    && --retirable < 0
                    && pool.engine().claim(slot.index)) {
                // Held now, so that the fields can be trusted: look again.
                if (cameDue(slot, before, now)) {
                    postpone(slot, before, now);
                }
                pool.offer(slot);
            }
        }
    }

    private boolean cameDue(Slot<C> slot, long before, long now) {
        long idle = idleNanos();
        boolean old = slot.retireAtNanos - now <= 0 && slot.retireAtNanos - before > 0;
        long idleBefore = before - slot.idleSinceNanos;
        return old || (idle > 0 && now - slot.idleSinceNanos >= idle && idleBefore < idle);
    }

    private void postpone(Slot<C> slot, long before, long now) {
        long lifetime = pool.limits().lifetimeNanos();
        long planned = slot.retireAt();
        if (planned - now <= 0 && planned - before > 0) {
            // Not if it is to go for another reason: see Lifetimes.
            slot.moveRetireAt(planned, now + share(lifetime));
        }
        long idle = idleNanos();
        if (idle > 0 && now - slot.idleSinceNanos >= idle) {
            slot.idleSinceNanos = now - idle + share(idle);
        }
    }

    private static long share(long limit) {
        return 1 + ThreadLocalRandom.current().nextLong(limit / 10 + 1);
    }

    private long idleNanos() {
        return pool.limits().idleNanos();
    }
}
