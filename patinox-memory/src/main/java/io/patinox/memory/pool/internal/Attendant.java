package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Makes sure that an object is fit to be lent, when there is reason to doubt it.
final class Attendant<C> implements Custodian {
    private final ObjectPool<C> pool;
    private final CoarseClock clock;
    private final long bypassNanos;
    private final long validationNanos;

    Attendant(ObjectPool<C> pool) {
        this.pool = pool;
        clock = pool.clock();
        PoolSettings.Times times = pool.settings().times();
        bypassNanos = PoolSettings.nanos(times.validationBypass());
        validationNanos = PoolSettings.nanos(times.validation());
    }

    /// {@return whether the object must be looked at before it is lent: it was idle for longer than
    /// the bypass window, or its lifetime is over}
    boolean isDoubtful(Slot<C> slot) {
        long now = clock.coarseNanos();
        return now - slot.idleSinceNanos >= bypassNanos || slot.retireAtNanos - now <= 0;
    }

    @Override
    public boolean isDoubtful(int slot) {
        return isDoubtful(pool.slot(slot));
    }

    @Override
    public boolean examine(int index) {
        Slot<C> slot = pool.slot(index);
        if (isPastLifetime(slot)) {
            return false;
        }
        boolean begun = false;
        try {
            CompletableFuture<Boolean> verdict = beginValidation(slot);
            begun = true;
            var _ = verdict.whenComplete((good, e) -> conclude(slot, good != null && good, e));
        } finally {
            if (!begun) {
                conclude(slot, false, null);
            }
        }
        return true;
    }

    @Override
    public void discard(int slot) {
        pool.retire(pool.slot(slot), RetireReason.LIFETIME);
    }

    /// Tells the engine the verdict on an object that it had examined.
    private void conclude(Slot<C> slot, boolean good, @Nullable Throwable failure) {
        long now = clock.nanos();
        if (good) {
            slot.idleSinceNanos = clock.coarseNanos();
            if (pool.engine().pass(slot.index, now)) {
                pool.offered();
            } else {
                pool.retire(slot, RetireReason.CLOSED);
            }
            return;
        }
        try {
            retireInvalid(slot);
        } finally {
            // An Error is a defect of the manager, which somebody must see: the next in line does.
            pool.engine().fail(now, failure instanceof Error ? failure : null);
            pool.population().demand(0);
        }
    }

    /// Looks at a doubtful object that the caller holds, waiting for the verdict for as long as a
    /// validation may take.
    ///
    /// @return whether the object is fit; if not it has been retired, and the caller holds nothing
    /// @throws TimeoutException when the time is over: the object goes its way without the caller
    /// @throws InterruptedException when the caller is interrupted: the same
    boolean isFit(Slot<C> slot) throws TimeoutException, InterruptedException {
        if (isPastLifetime(slot)) {
            pool.retire(slot, RetireReason.LIFETIME);
            return false;
        }
        CompletableFuture<Boolean> verdict = null;
        boolean settled = false;
        try {
            verdict = beginValidation(slot);
            boolean good = verdict.get(validationNanos, TimeUnit.NANOSECONDS);
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
            if (verdict == null) {
                pool.offer(slot);
            } else if (!settled) {
                var _ = verdict.whenComplete((good, _) -> settle(slot, good));
            }
        }
    }

    private boolean isPastLifetime(Slot<C> slot) {
        return slot.retireAtNanos - clock.coarseNanos() <= 0;
    }

    private CompletableFuture<Boolean> beginValidation(Slot<C> slot) {
        C object = slot.object;
        if (object == null) {
            throw new IllegalStateException("slot " + slot.index + " is empty");
        }
        long deadline = clock.nanos() + validationNanos;
        Validation<C> validation = new Validation<>(pool, object, deadline);
        validation.start(pool.keeper(), "patinox-pool-" + pool.name() + "-validate");
        return validation.verdict();
    }

    private void retireInvalid(Slot<C> slot) {
        pool.retire(slot, pool.isClosed() ? RetireReason.CLOSED : RetireReason.INVALID);
    }

    /// What becomes of an object whose borrower didn't wait for the verdict.
    private void settle(Slot<C> slot, @Nullable Boolean good) {
        if (good != null && good) {
            slot.idleSinceNanos = clock.coarseNanos();
            pool.offer(slot);
        } else {
            retireInvalid(slot);
        }
    }
}
