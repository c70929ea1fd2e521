package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.internal.Backoff;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.RetireReason;
import io.patinox.memory.resource.AsyncResourceGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides how many objects there are: counts them, and creates what is asked for.
final class Population<C> {
    /*
     * Every slot is empty, being created, or live; `taken` holds the latter two. An attempt is
     * begun while somebody waits for an object (or the minimum isn't there, or what somebody wished
     * for), there is room, fewer attempts than allowed are under way, and the pause after a failure
     * is over. So surplus attempts are never begun for waiters that are gone.
     *
     * A back end that is down is met by one attempt at a time once the pool is in an outage, with
     * growing pauses, and one that comes back by a few at a time: the first success ends the
     * outage, and from then on the limit on attempts is the only one.
     *
     * demand() is called after each change that could make the condition true: a waiter queued, a
     * slot emptied, an attempt ended, and by the keeper, for the pause. Hence no waiter is left
     * without an attempt while there is room.
     */
    private final ObjectPool<C> pool;

    /// One for all: the registry remembers the name of the thread that opened a resource.
    private final String attemptName;

    private final Availability<C> availability;
    private final Strays strays;
    private final Backoff backoff;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final BitSet taken = new BitSet();
    private final WarmUp.Pending warmUps = new WarmUp.Pending();
    private RandomGenerator random = new SplittableRandom();
    private int live;
    private int creating;

    /// How many live objects are on their way out because there are too many.
    private int leaving;

    /// How many live objects are on their way to those who wait for them.
    private int arriving;

    /// How many slots are live or being created; written under the lock.
    private volatile int occupied;

    /// How many attempts in a row have failed; written under the lock.
    private volatile int failures;

    private long notBeforeNanos;
    private boolean closed;
    private volatile @Nullable Throwable lastFailure;

    Population(ObjectPool<C> pool) {
        this.pool = pool;
        attemptName = "patinox-pool-" + pool.name() + "-create";
        PoolSettings.Create create = pool.settings().create();
        availability = new Availability<>(pool, create.failFastAfter());
        strays = new Strays(create.concurrency(), pool.limits().createNanos());
        backoff = Backoff.of(create.firstPause(), create.longestPause());
    }

    /// Draws the pauses from now on as a test wants them.
    void drawFrom(RandomGenerator source) {
        lock.lock();
        try {
            random = source;
        } finally {
            lock.unlock();
        }
    }

    /// Begins as many attempts as are due.
    ///
    /// @param extra how many objects are wanted beyond what the waiters and the minimum ask for
    void demand(int extra) {
        Limits limits = pool.limits();
        if (occupied >= limits.maxSize()) {
            // Whoever makes room comes here itself, after it has noted that there is room.
            return;
        }
        Allowance allowance = pool.allowance();
        boolean refused = false;
        List<Creation<C>> begun = new ArrayList<>();
        long now = pool.clock().nanos();
        // Who waits for an object that is being examined needs no other as yet.
        int unserved = pool.engine().unserved();
        lock.lock();
        try {
            int due = due(extra, unserved, now);
            int forWaiters = unserved - creating - arriving;
            for (int i = 0; i < due; i++) {
                if (!allowance.take(i < forWaiters)) {
                    refused = true;
                    break;
                }
                int slot = taken.nextClearBit(0);
                taken.set(slot);
                creating++;
                occupied = live + creating;
                begun.add(new Creation<>(pool, slot, now, limits.createNanos()));
            }
        } finally {
            lock.unlock();
        }
        for (Creation<C> attempt : begun) {
            pool.ensureSlot(attempt.slot());
            attempt.start(pool.keeper(), attemptName);
        }
        if (refused) {
            allowance.seekRoom();
        }
    }

    /// {@return how many attempts are to be begun, if that is more than 0}
    private int due(int extra, int unserved, long now) {
        boolean pausing = failures > 0 && notBeforeNanos - now > 0;
        if (closed || pausing || strays.isPausing(now)) {
            return 0;
        }
        Limits limits = pool.limits();
        // With nothing left to lend after a failure, one attempt at a time finds out when the
        // back end is there again, so that health tells the truth without any traffic.
        int probe = pool.isAlone() && failures > 0 && live == 0 ? 1 : 0;
        int kept = Math.max(limits.minSize(), warmUps.target());
        int asked = Math.max(unserved, kept - live) + extra;
        int wanted = Math.max(asked, probe);
        int room = limits.maxSize() - live - creating;
        boolean single = availability.isOut() || strays.areTooMany();
        int places = (single ? 1 : pool.settings().create().concurrency()) - creating;
        return Math.min(Math.min(wanted - creating - arriving, room), places);
    }

    void created(int slot, AsyncResourceGuard<C> guard, C object, Generation<C> generation) {
        long now = pool.clock().nanos();
        Runnable change;
        boolean late;
        lock.lock();
        try {
            creating--;
            late = closed;
            if (late) {
                vacate(slot);
            } else {
                failures = 0;
                lastFailure = null;
                live++;
                arriving++;
            }
            change = judge(now);
        } finally {
            lock.unlock();
        }
        if (late) {
            pool.meters().createdTooLate.increment();
            pool.allowance().created();
            pool.allowance().leaving(RetireReason.CLOSED);
            pool.circulation().destroy(guard, generation);
            return;
        }
        List<WarmUp> reached = List.of();
        try {
            pool.circulation().welcome(pool.slot(slot), guard, object, generation);
        } finally {
            reached = arrived();
            pool.allowance().created();
        }
        change.run();
        endAll(reached, null);
        demand(0);
    }

    private Runnable judge(long now) {
        return availability.judge(live, failures, lastFailure, closed, now);
    }

    /// Takes a place for an object that is there already, and is on its way to who waits.
    ///
    /// @return the slot, or -1 when there is no room
    int admit() {
        long now = pool.clock().nanos();
        Runnable change;
        int slot;
        lock.lock();
        try {
            if (closed || live + creating >= pool.limits().maxSize()) {
                return -1;
            }
            slot = taken.nextClearBit(0);
            taken.set(slot);
            live++;
            arriving++;
            occupied = live + creating;
            change = judge(now);
        } finally {
            lock.unlock();
        }
        change.run();
        return slot;
    }

    /// Notes that an admitted object has come into its slot.
    void settle() {
        endAll(arrived(), null);
    }

    /// Gives a place up that was taken for an object which doesn't come.
    void dismiss(int slot) {
        lock.lock();
        try {
            arriving--;
        } finally {
            lock.unlock();
        }
        retired(slot, RetireReason.DETACHED);
    }

    private List<WarmUp> arrived() {
        lock.lock();
        try {
            arriving--;
            return warmUps.takeReached(live, pool.maxSize());
        } finally {
            lock.unlock();
        }
    }

    private void endAll(List<WarmUp> wishes, @Nullable Throwable failure) {
        for (WarmUp wish : wishes) {
            wish.end(pool.name(), failure);
        }
    }

    /// Asks for so many objects to exist, once.
    ///
    /// @param count how many
    /// @param patient whether the wish outlives an attempt that fails
    /// @return ends when they do
    CompletableFuture<@Nullable Void> warmUp(int count, boolean patient) {
        WarmUp wish = new WarmUp(count, patient);
        boolean refused;
        List<WarmUp> reached;
        lock.lock();
        try {
            refused = closed;
            warmUps.add(wish);
            reached =
                    refused
                            ? warmUps.takeReached(Integer.MAX_VALUE, 0)
                            : warmUps.takeReached(live, pool.maxSize());
        } finally {
            lock.unlock();
        }
        endAll(reached, refused ? new PoolClosedException(pool.name()) : null);
        var _ = wish.done().whenComplete((_, _) -> withdraw(wish));
        demand(0);
        return wish.done();
    }

    private void withdraw(WarmUp wish) {
        lock.lock();
        try {
            warmUps.remove(wish);
        } finally {
            lock.unlock();
        }
    }

    void failed(int slot, Throwable failure) {
        long now = pool.clock().nanos();
        long pause;
        int attempts;
        boolean over;
        Runnable change;
        List<WarmUp> ended;
        lock.lock();
        try {
            creating--;
            attempts = failures + 1;
            failures = attempts;
            pause = backoff.delayNanos(attempts, random);
            notBeforeNanos = now + pause;
            strays.attemptFailed(now);
            lastFailure = failure;
            vacate(slot);
            over = closed;
            change = judge(now);
            ended = warmUps.takeImpatient();
        } finally {
            lock.unlock();
        }
        pool.allowance().failed();
        if (!over) {
            pool.meters().createFailed.increment();
            Duration retryIn = Duration.ofNanos(pause);
            pool.publish(
                    new MonitorEvent.CreateFailed(
                            pool.name(), Instant.now(), attempts, failure, retryIn));
            change.run();
            pool.keeper().wakeIn(pause);
        }
        if (!ended.isEmpty()) {
            endAll(ended, new PoolCreateException(pool.name(), attempts, failure));
        }
    }

    /// Notes that a live object left its slot, which is then free for another.
    void retired(int slot, RetireReason reason) {
        long now = pool.clock().nanos();
        Runnable change;
        lock.lock();
        try {
            live--;
            if (reason == RetireReason.RESIZED) {
                leaving--;
            }
            vacate(slot);
            change = judge(now);
        } finally {
            lock.unlock();
        }
        change.run();
        demand(0);
    }

    /// Claims that one object more goes because there are too many. Who is told yes retires one as
    /// `RESIZED`, so exactly the surplus goes, whoever else looks.
    boolean mayGo() {
        lock.lock();
        try {
            boolean surplus = isSurplus();
            if (surplus) {
                leaving++;
            }
            return surplus;
        } finally {
            lock.unlock();
        }
    }

    /// {@return whether there are more objects than there may be}
    boolean hasSurplus() {
        lock.lock();
        try {
            return isSurplus();
        } finally {
            lock.unlock();
        }
    }

    private boolean isSurplus() {
        return !closed && live - leaving > pool.limits().maxSize();
    }

    void close() {
        List<WarmUp> ended;
        lock.lock();
        try {
            closed = true;
            var _ = judge(notBeforeNanos);
            ended = warmUps.takeReached(Integer.MAX_VALUE, 0);
        } finally {
            lock.unlock();
        }
        if (!ended.isEmpty()) {
            endAll(ended, new PoolClosedException(pool.name()));
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
        return failures;
    }

    Availability<C> availability() {
        return availability;
    }

    Strays strays() {
        return strays;
    }

    /// {@return the failure of the newest attempt, or null when that succeeded}
    @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    private void vacate(int slot) {
        taken.clear(slot);
        occupied = live + creating;
        if (live == 0 && creating == 0) {
            drained.signalAll();
        }
    }
}
