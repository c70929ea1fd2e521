package io.patinox.memory.pool.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.PoolEviction;
import io.patinox.memory.pool.RetireReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Makes everything older than now stale: to evict it, and to go over to another manager.
final class Generations<C> {
    /*
     * Each object belongs to the generation that was the present one when its creation began. A new
     * generation is made the present one first, then every slot is looked at: what is older gets a
     * mark (see Lifetimes), and what of it is idle is retired at once. An object that was being
     * created looks at the present generation after it has come into its slot. So from when
     * evict() returns on, no acquire that begins gets an older object.
     *
     * Replacements are the Population's business: as many at a time as may be created at a time.
     */
    private final ObjectPool<C> pool;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Generation<C> current;

    /// Those of the present manager and of older ones that have objects left, for all we know.
    private final List<Generation<C>> living = new ArrayList<>();

    Generations(ObjectPool<C> pool, ConnectionManager<C> manager) {
        this.pool = pool;
        current = new Generation<>(manager);
        living.add(current);
    }

    Generation<C> current() {
        return current;
    }

    /// Counts an object that is about to be created.
    Generation<C> enter() {
        Generation<C> present = current;
        while (!present.enter()) {
            present = current;
        }
        return present;
    }

    /// Evicts everything that is there now.
    PoolEviction evict() {
        lock.lock();
        try {
            succeed(current.next());
        } finally {
            lock.unlock();
        }
        return clear();
    }

    /// Goes over to another manager.
    ///
    /// @return ends when the last object of the managers before it is gone
    CompletableFuture<Void> switchTo(ConnectionManager<C> manager) {
        Options.required("manager", manager);
        if (pool.isClosed()) {
            throw new PoolClosedException(pool.name());
        }
        Generation<C> next = new Generation<>(manager);
        CompletableFuture<Void> gone;
        // Before any of its objects can come back.
        pool.returns().note(next);
        lock.lock();
        try {
            gone = CompletableFuture.allOf(succeed(next));
        } finally {
            lock.unlock();
        }
        clear();
        // On a thread of its own: what the caller has follow is not run by the one that cleans up.
        CompletableFuture<Void> told = new CompletableFuture<>();
        var _ = gone.whenComplete((_, _) -> pool.apart("switched", () -> told.complete(null)));
        return told;
    }

    /// Makes a generation the present one.
    ///
    /// @return the ends of those before it
    private CompletableFuture<?>[] succeed(Generation<C> next) {
        Generation<C> before = current;
        current = next;
        before.leave();
        living.removeIf(old -> old.gone().isDone());
        CompletableFuture<?>[] ends =
                living.stream().map(Generation::gone).toArray(CompletableFuture[]::new);
        living.add(next);
        return ends;
    }

    private PoolEviction clear() {
        int creating = pool.creating();
        List<Slot<C>> marked = new ArrayList<>();
        for (Slot<C> slot : pool.slots()) {
            if (pool.lifetimes().markIfOld(slot)) {
                marked.add(slot);
            }
        }
        int retired = 0;
        for (Slot<C> slot : marked) {
            if (pool.engine().claim(slot.index)) {
                if (pool.lifetimes().isOld(slot)) {
                    retired++;
                    pool.retire(slot, RetireReason.EVICTED);
                } else {
                    pool.offer(slot);
                }
            }
        }
        pool.population().demand(0);
        return new PoolEviction(pool.name(), retired, marked.size() - retired, creating);
    }
}
