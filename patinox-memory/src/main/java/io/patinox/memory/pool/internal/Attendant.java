package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Makes sure that an object is fit to be lent, when there is reason to doubt it.
final class Attendant<C> {
    private final ObjectPool<C> pool;
    private final long bypassNanos;
    private final long validationNanos;

    Attendant(ObjectPool<C> pool) {
        this.pool = pool;
        PoolSettings.Times times = pool.settings().times();
        bypassNanos = PoolSettings.nanos(times.validationBypass());
        validationNanos = PoolSettings.nanos(times.validation());
    }

    /// {@return whether the object must be looked at before it is lent: it was idle for longer than
    /// the bypass window, or its lifetime is over}
    boolean isDoubtful(Slot<C> slot) {
        long now = pool.clock().coarseNanos();
        return now - slot.idleSinceNanos >= bypassNanos || slot.retireAtNanos - now <= 0;
    }

    /// Looks at a doubtful object that the caller holds, waiting for the verdict.
    ///
    /// @param nanos how long the caller can wait
    /// @return whether the object is fit; if not it has been retired, and the caller holds nothing
    /// @throws TimeoutException when the caller's time is over: the object goes its way without it
    /// @throws InterruptedException when the caller is interrupted: the same
    boolean isFit(Slot<C> slot, long nanos) throws TimeoutException, InterruptedException {
        long now = pool.clock().nanos();
        if (slot.retireAtNanos - pool.clock().coarseNanos() <= 0) {
            pool.retire(slot, RetireReason.LIFETIME);
            return false;
        }
        C object = slot.object;
        if (object == null) {
            throw new IllegalStateException("slot " + slot.index + " is empty");
        }
        Validation<C> validation = new Validation<>(pool, object, now + validationNanos);
        pool.keeper().watch(validation);
        validation.start("patinox-pool-" + pool.name() + "-validate");
        boolean settled = false;
        try {
            boolean good = validation.verdict().get(nanos, TimeUnit.NANOSECONDS);
            settled = true;
            if (!good) {
                pool.retire(slot, RetireReason.INVALID);
            }
            return good;
        } catch (ExecutionException e) {
            settled = true;
            pool.retire(slot, RetireReason.INVALID);
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a verdict fails with Errors only", e);
        } finally {
            if (!settled) {
                var _ = validation.verdict().whenComplete((good, _) -> settle(slot, good));
            }
        }
    }

    /// What becomes of an object whose borrower didn't wait for the verdict.
    private void settle(Slot<C> slot, @Nullable Boolean good) {
        if (good != null && good) {
            slot.idleSinceNanos = pool.clock().coarseNanos();
            pool.offer(slot);
        } else {
            pool.retire(slot, RetireReason.INVALID);
        }
    }
}
