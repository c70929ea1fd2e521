package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import org.jspecify.annotations.Nullable;

/// Retires objects that were idle for too long or have lived long enough, and forgets who used the
/// others last. Runs on the keeper.
final class IdleSweep<C> {
    private static final long FORGET_NANOS = 1_000_000_000L;

    private final ObjectPool<C> pool;
    private final long idleNanos;

    IdleSweep(ObjectPool<C> pool) {
        this.pool = pool;
        idleNanos = PoolSettings.nanos(pool.settings().times().idle());
    }

    void sweep(long now) {
        for (Slot<C> slot : pool.slots()) {
            if (pool.engine().isFree(slot.index)
                    && (due(slot, now) != null || isToForget(slot, now))
                    && pool.engine().claim(slot.index)) {
                // Held now, so that the fields can be trusted: look again.
                RetireReason reason = due(slot, now);
                if (reason == null) {
                    slot.forget();
                    pool.offer(slot);
                } else {
                    pool.retire(slot, reason);
                }
            }
        }
    }

    /// Whether an idle slot keeps a thread reachable that may long have ended.
    private static boolean isToForget(Slot<?> slot, long now) {
        return slot.holdsAnything() && now - slot.idleSinceNanos >= FORGET_NANOS;
    }

    private @Nullable RetireReason due(Slot<C> slot, long now) {
        if (slot.retireAtNanos - now <= 0) {
            return RetireReason.LIFETIME;
        }
        boolean surplus = pool.size() > pool.settings().minSize();
        if (idleNanos > 0 && now - slot.idleSinceNanos >= idleNanos && surplus) {
            return RetireReason.IDLE;
        }
        return null;
    }
}
