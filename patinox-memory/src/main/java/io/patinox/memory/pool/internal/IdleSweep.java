package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Retires objects that were idle for too long or have lived long enough, and forgets who used the
/// others last. Runs on the keeper.
final class IdleSweep<C> {
    /*
     * What is idle for too long goes, but never so many that fewer stay than were in use at once
     * within the last idle timeout (the working set): objects that were busy may have been retired
     * for other reasons, and those who come next would have to wait for new ones.
     *
     * A sweep retires a share of the pool at the most, so that a thousand objects that fall due
     * together, be it that they were made together, don't all go in one moment: the pool is rid of
     * any surplus within 64 sweeps. What is past its lifetime is not lent meanwhile.
     */
    private static final long FORGET_NANOS = 1_000_000_000L;
    private static final int RETIRED_AT_ONCE = 16;
    private static final int SWEEPS_FOR_ALL = 64;

    private final ObjectPool<C> pool;
    private final WorkingSet busy = new WorkingSet();
    private long sweptAtNanos;
    private volatile int floor;

    IdleSweep(ObjectPool<C> pool) {
        this.pool = pool;
        sweptAtNanos = pool.clock().coarseNanos();
    }

    void sweep(long now) {
        List<Slot<C>> slots = pool.slots();
        long idleNanos = pool.limits().idleNanos();
        floor = busy.peak(now, usedSinceLastSweep(slots, now), idleNanos);
        sweptAtNanos = now;
        int left = Math.max(RETIRED_AT_ONCE, slots.size() / SWEEPS_FOR_ALL);
        // The highest first: the lowest are those that are lent first.
        for (int i = slots.size() - 1; i >= 0; i--) {
            Slot<C> slot = slots.get(i);
            if (pool.engine().isFree(i)
                    && (due(slot, now, idleNanos, left) != null || isToForget(slot, now))
                    && pool.engine().claim(i)) {
                // Held now, so that the fields can be trusted: look again.
                RetireReason reason = due(slot, now, idleNanos, left);
                if (reason == null) {
                    slot.forget();
                    pool.offer(slot);
                } else {
                    left--;
                    pool.retire(slot, reason);
                }
            }
        }
    }

    /// {@return the most objects that were in use at once within the last idle timeout}
    int workingSet() {
        return floor;
    }

    /// {@return how many objects were lent since the last sweep; after a pause, how many are now}
    private int usedSinceLastSweep(List<Slot<C>> slots, long now) {
        boolean paused = now - sweptAtNanos > 4 * ObjectPool.SWEEP_NANOS;
        int used = 0;
        for (Slot<C> slot : slots) {
            boolean recently =
                    slot.isOccupied()
                            && slot.uses > slot.usesBefore
                            && slot.idleSinceNanos - sweptAtNanos > 0;
            if (slot.isLent() || (recently && !paused)) {
                used++;
            }
        }
        return used;
    }

    /// Whether an idle slot keeps a thread reachable that may long have ended.
    private static boolean isToForget(Slot<?> slot, long now) {
        return slot.holdsAnything() && now - slot.idleSinceNanos >= FORGET_NANOS;
    }

    private @Nullable RetireReason due(Slot<C> slot, long now, long idleNanos, int left) {
        if (left <= 0) {
            return null;
        }
        if (slot.retireAtNanos - now <= 0) {
            return pool.lifetimes().reason(slot);
        }
        boolean idle = idleNanos > 0 && now - slot.idleSinceNanos >= idleNanos;
        return idle && pool.size() > Math.max(floor, pool.limits().minSize())
                ? RetireReason.IDLE
                : null;
    }
}
