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

    /// A copy of the one limit that the hot path reads. Not volatile: a read of the coarse clock,
    /// which is, comes before each use.
    private long bypassNanos;

    Attendant(ObjectPool<C> pool, Limits limits) {
        this.pool = pool;
        clock = pool.clock();
        bypassNanos = limits.bypassNanos();
    }

    /// Goes by other limits from now on.
    void retune(Limits limits) {
        bypassNanos = limits.bypassNanos();
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
        if (pool.lifetimes().isOver(slot)) {
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
    public boolean isOver(int slot) {
        return pool.lifetimes().isOver(pool.slot(slot));
    }

    @Override
    public void discard(int index) {
        retireOver(pool.slot(index));
    }

    private void retireOver(Slot<C> slot) {
        pool.retire(slot, pool.lifetimes().reason(slot));
    }

    /// Tells the engine the verdict on an object that it had examined.
    private void conclude(Slot<C> slot, boolean good, @Nullable Throwable failure) {
        long now = clock.nanos();
        if (good) {
            pool.keepalive().judged(true);
            slot.idleSinceNanos = clock.coarseNanos();
            if (pool.engine().pass(slot.index, now)) {
                pool.circulation().offered();
            } else {
                if (pool.isClosed()) {
                    pool.retire(slot, RetireReason.CLOSED);
                } else {
                    retireOver(slot);
                }
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
        if (pool.lifetimes().isOver(slot)) {
            retireOver(slot);
            return false;
        }
        CompletableFuture<Boolean> verdict = null;
        boolean settled = false;
        try {
            verdict = beginValidation(slot);
            boolean good = verdict.get(pool.limits().validationNanos(), TimeUnit.NANOSECONDS);
            settled = true;
            if (good) {
                pool.keepalive().judged(true);
            } else {
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

    private CompletableFuture<Boolean> beginValidation(Slot<C> slot) {
        C object = slot.object;
        Generation<C> generation = slot.generation;
        if (object == null || generation == null) {
            throw new IllegalStateException("slot " + slot.index + " is empty");
        }
        long limit = pool.limits().validationNanos();
        Validation<C> validation =
                new Validation<>(pool, generation.manager, object, clock.nanos(), limit);
        validation.start(pool.keeper(), "patinox-pool-" + pool.name() + "-validate");
        return validation.verdict();
    }

    private void retireInvalid(Slot<C> slot) {
        pool.keepalive().judged(false);
        pool.retire(slot, pool.isClosed() ? RetireReason.CLOSED : RetireReason.INVALID);
    }

    /// Has an object examined that the caller holds and nobody waits for. It then goes its way by
    /// itself.
    ///
    /// @param idle whether it was idle, and stays so as far as the idle timeout goes
    /// @return ends with the verdict; it never fails
    CompletableFuture<Boolean> examineApart(Slot<C> slot, boolean idle) {
        CompletableFuture<Boolean> verdict = null;
        try {
            verdict = beginValidation(slot);
        } finally {
            if (verdict == null) {
                pool.offer(slot);
            }
        }
        long idleSince = idle ? slot.idleSinceNanos : clock.coarseNanos();
        return verdict.handle((good, _) -> {
            settle(slot, good, idleSince);
            return good != null && good;
        });
    }

    /// What becomes of an object whose borrower didn't wait for the verdict.
    private void settle(Slot<C> slot, @Nullable Boolean good) {
        settle(slot, good, clock.coarseNanos());
    }

    private void settle(Slot<C> slot, @Nullable Boolean good, long idleSince) {
        if (good == null || !good) {
            retireInvalid(slot);
            return;
        }
        pool.keepalive().judged(true);
        slot.checkedAtNanos = clock.coarseNanos();
        slot.idleSinceNanos = idleSince;
        if (pool.lifetimes().isOver(slot)) {
            retireOver(slot);
        } else {
            pool.offer(slot);
        }
    }
}
