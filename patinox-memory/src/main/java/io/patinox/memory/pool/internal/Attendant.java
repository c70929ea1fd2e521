package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import java.util.concurrent.CompletableFuture;
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
    /// @param until when the caller's time is over, on the precise clock
    /// @return whether the object is fit; if not it has been retired, and the caller holds nothing
    /// @throws TimeoutException when the caller's time is over: the object goes its way without it
    /// @throws InterruptedException when the caller is interrupted: the same
    boolean isFit(Slot<C> slot, long until) throws TimeoutException, InterruptedException {
        if (slot.retireAtNanos - pool.clock().coarseNanos() <= 0) {
            pool.retire(slot, RetireReason.LIFETIME);
            return false;
        }
        CompletableFuture<Boolean> verdict = beginValidation(slot);
        boolean settled = false;
        try {
            long left = until - pool.clock().nanos();
            boolean good = verdict.get(left, TimeUnit.NANOSECONDS);
            settled = true;
            if (!good) {
                retireInvalid(slot);
            }
            return good;
        } catch (ExecutionException e) {
            settled = true;
            retireInvalid(slot);
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a verdict fails with Errors only", e);
        } finally {
            if (!settled) {
                var _ = verdict.whenComplete((good, _) -> settle(slot, good));
            }
        }
    }

    /// {@return when the caller's time for a validation is over: its deadline, but for one that
    /// waits for nothing the time that a validation may take}
    long patience(long deadline, boolean waits) {
        return waits ? deadline : pool.clock().nanos() + validationNanos;
    }

    private CompletableFuture<Boolean> beginValidation(Slot<C> slot) {
        boolean begun = false;
        try {
            C object = slot.object;
            if (object == null) {
                throw new IllegalStateException("slot " + slot.index + " is empty");
            }
            long deadline = pool.clock().nanos() + validationNanos;
            Validation<C> validation = new Validation<>(pool, object, deadline);
            validation.start(pool.keeper(), "patinox-pool-" + pool.name() + "-validate");
            begun = true;
            return validation.verdict();
        } finally {
            if (!begun) {
                pool.offer(slot);
            }
        }
    }

    private void retireInvalid(Slot<C> slot) {
        pool.retire(slot, pool.isClosed() ? RetireReason.CLOSED : RetireReason.INVALID);
    }

    /// What becomes of an object whose borrower didn't wait for the verdict.
    private void settle(Slot<C> slot, @Nullable Boolean good) {
        if (good != null && good) {
            slot.idleSinceNanos = pool.clock().coarseNanos();
            pool.offer(slot);
        } else {
            retireInvalid(slot);
        }
    }
}
