package io.patinox.memory.pool.internal;

import io.patinox.memory.internal.Backoff;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.RetireReason;
import io.patinox.memory.resource.AsyncResourceGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Decides how many objects there are: counts them, and creates what is asked for.
final class Population<C> {
    /*
     * Every slot is empty, being created, or live; `taken` holds the latter two. An attempt is
     * begun while somebody waits for an object (or the minimum isn't there), there is room, fewer
     * attempts than allowed are under way, and the pause after a failure is over. So surplus
     * attempts are never begun for waiters that are gone, and a back end that comes back is met by
     * a few connections at a time.
     *
     * demand() is called after each change that could make the condition true: a waiter queued, a
     * slot emptied, an attempt ended, and by the keeper, for the pause. Hence no waiter is left
     * without an attempt while there is room.
     */
    private static final Backoff PAUSE = Backoff.of(Duration.ofMillis(20), Duration.ofSeconds(1));

    private final ObjectPool<C> pool;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final BitSet taken = new BitSet();
    private int live;
    private int creating;

    /// How many live objects are on their way to those who wait for them.
    private int arriving;

    /// How many slots are live or being created; written under the lock.
    private volatile int occupied;

    private int failures;
    private long notBeforeNanos;
    private boolean closed;
    private volatile @Nullable Throwable lastFailure;

    Population(ObjectPool<C> pool) {
        this.pool = pool;
    }

    /// Begins as many attempts as are due.
    ///
    /// @param extra how many objects are wanted beyond what the waiters and the minimum ask for
    void demand(int extra) {
        if (occupied >= pool.maxSize()) {
            // Whoever makes room comes here itself, after it has noted that there is room.
            return;
        }
        Allowance allowance = pool.allowance();
        boolean refused = false;
        List<Creation<C>> begun = new ArrayList<>();
        long now = pool.clock().nanos();
        int examining = pool.engine().examining();
        lock.lock();
        try {
            // With nothing left to lend after a failure, one attempt at a time finds out when the
            // back end is there again, so that health tells the truth without any traffic.
            int probe = pool.isAlone() && failures > 0 && live == 0 ? 1 : 0;
            // Who waits for an object that is being examined needs no other as yet.
            int unserved = pool.waiting() - examining;
            int asked = Math.max(unserved, pool.settings().minSize() - live) + extra;
            int wanted = Math.max(asked, probe);
            int room = pool.maxSize() - live - creating;
            int places = pool.settings().create().concurrency() - creating;
            boolean pausing = failures > 0 && notBeforeNanos - now > 0;
            int due = Math.min(Math.min(wanted - creating - arriving, room), places);
            int forWaiters = unserved - creating - arriving;
            for (int i = 0; i < due && !closed && !pausing; i++) {
                if (!allowance.take(i < forWaiters)) {
                    refused = true;
                    break;
                }
                int slot = taken.nextClearBit(0);
                taken.set(slot);
                creating++;
                occupied = live + creating;
                long limit = PoolSettings.nanos(pool.settings().times().create());
                begun.add(new Creation<>(pool, slot, now + limit));
            }
        } finally {
            lock.unlock();
        }
        for (Creation<C> attempt : begun) {
            pool.ensureSlot(attempt.slot());
            attempt.start(pool.keeper(), "patinox-pool-" + pool.name() + "-create");
        }
        if (refused) {
            allowance.seekRoom();
        }
    }

    void created(int slot, AsyncResourceGuard<C> guard, C object) {
        boolean late;
        lock.lock();
        try {
            creating--;
            failures = 0;
            lastFailure = null;
            late = closed;
            if (late) {
                vacate(slot);
            } else {
                live++;
                arriving++;
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            pool.meters().createdTooLate.increment();
            pool.allowance().created();
            pool.allowance().leaving(RetireReason.CLOSED);
            pool.destroy(guard);
        } else {
            try {
                pool.welcome(slot, guard, object);
            } finally {
                arrived();
                pool.allowance().created();
            }
            demand(0);
        }
    }

    private void arrived() {
        lock.lock();
        try {
            arriving--;
        } finally {
            lock.unlock();
        }
    }

    void failed(int slot, Throwable failure) {
        long pause;
        int attempts;
        lock.lock();
        try {
            creating--;
            attempts = ++failures;
            pause = PAUSE.delayNanos(attempts, ThreadLocalRandom.current());
            notBeforeNanos = pool.clock().nanos() + pause;
            lastFailure = failure;
            vacate(slot);
        } finally {
            lock.unlock();
        }
        pool.allowance().failed();
        if (!isClosed()) {
            pool.meters().createFailed.increment();
            Duration retryIn = Duration.ofNanos(pause);
            pool.publish(
                    new MonitorEvent.CreateFailed(
                            pool.name(), Instant.now(), attempts, failure, retryIn));
            pool.keeper().wakeIn(pause);
        }
    }

    /// Notes that a live object left its slot, which is then free for another.
    void retired(int slot) {
        lock.lock();
        try {
            live--;
            vacate(slot);
        } finally {
            lock.unlock();
        }
        demand(0);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until no object is live and no attempt is under way.
    ///
    /// @return whether that came about in time
    boolean awaitDrained(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (live > 0 || creating > 0) {
                if (left <= 0) {
                    return false;
                }
                left = drained.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    int live() {
        lock.lock();
        try {
            return live;
        } finally {
            lock.unlock();
        }
    }

    int creating() {
        lock.lock();
        try {
            return creating;
        } finally {
            lock.unlock();
        }
    }

    /// {@return how many attempts in a row have failed}
    int failures() {
        lock.lock();
        try {
            return failures;
        } finally {
            lock.unlock();
        }
    }

    /// {@return the failure of the newest attempt, or null when that succeeded}
    @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void vacate(int slot) {
        taken.clear(slot);
        occupied = live + creating;
        if (live == 0 && creating == 0) {
            drained.signalAll();
        }
    }
}
