package io.patinox.memory.pool.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.pool.PoolTuning;
import io.patinox.memory.pool.RetireReason;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// Changes what can be changed about a pool while it runs.
final class Retuning<C> {
    /*
     * What holds is one immutable value, replaced under a lock: the latest wins. Whoever needs it
     * reads it anew each time; no slow path keeps a copy. The one number that the hot path reads,
     * the bypass window, is copied into the Attendant.
     *
     * More objects: the slots are there before anybody may fill them, and the waiters are served
     * by new creations at once. Fewer: the surplus among the idle objects is retired at once,
     * longest idle first; the rest is retired by whoever brings one back while there are too many.
     * Each of them asks the Population first, which says yes as often as there is surplus, so no
     * more go than have to. An object that comes back just when the pool learns that there are too
     * many may slip through; the next sweep finds it, if nobody has it by then.
     */
    private final ObjectPool<C> pool;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Limits limits;

    Retuning(ObjectPool<C> pool, PoolTuning first) {
        this.pool = pool;
        limits = Limits.of(first);
    }

    Limits limits() {
        return limits;
    }

    void reconfigure(PoolTuning tuning) {
        Options.required("tuning", tuning);
        change(_ -> tuning);
    }

    /// Changes the tuning from what it is at that moment.
    void change(UnaryOperator<PoolTuning> change) {
        lock.lock();
        try {
            apply(Limits.of(change.apply(limits.tuning())));
        } finally {
            lock.unlock();
        }
        pool.returns().refresh();
        pool.batches().refuseTooLarge();
        trim();
        pool.population().demand(0);
    }

    private void apply(Limits next) {
        Limits before = limits;
        if (next.maxSize() > pool.slots().size()) {
            pool.growTo(next.maxSize());
        }
        limits = next;
        pool.attendant().retune(next);
        PoolTuning old = before.tuning();
        if (before.lifetimeNanos() != next.lifetimeNanos()
                || old.lifetimeJitter() != next.tuning().lifetimeJitter()
                || before.maxUses() != next.maxUses()) {
            pool.slots().forEach(pool.lifetimes()::adapt);
        }
    }

    /// Retires what is idle beyond the maximum.
    void trim() {
        if (!pool.population().hasSurplus()) {
            return;
        }
        List<Slot<C>> idle =
                pool.slots().stream()
                        .filter(slot -> pool.engine().isFree(slot.index))
                        .sorted(Comparator.comparingLong(slot -> slot.idleSinceNanos))
                        .toList();
        for (Slot<C> slot : idle) {
            if (!pool.population().hasSurplus()) {
                return;
            }
            if (pool.engine().claim(slot.index)) {
                if (pool.population().mayGo()) {
                    pool.retire(slot, RetireReason.RESIZED);
                } else {
                    pool.offer(slot);
                }
            }
        }
    }
}
