package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolNestedAcquireException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.NestedAcquire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Finds threads that wait for an object while they hold another one of the same pool.
final class NestedBorrowers<C> {
    /*
     * Nothing is kept for a thread: its leases are found by a pass over the slots, each of which
     * knows who borrowed it. Only the thread itself looks for its own leases. Nobody else writes
     * its name into a slot, so what it finds is true, unless another thread is just closing the
     * lease for it; then the answer is the one of a moment before.
     *
     * To report, it looks after a long wait only: beside that the pass costs nothing, and it is the
     * long waits that a nested acquire is to be suspected of. To refuse, it must look before.
     */
    private static final long LONG_NANOS = CoarseClock.TICK_NANOS;
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final ObjectPool<C> pool;
    private final NestedAcquire rule;
    private final AtomicLong quietUntil;

    NestedBorrowers(ObjectPool<C> pool, NestedAcquire rule) {
        this.pool = pool;
        this.rule = rule;
        quietUntil = new AtomicLong(pool.clock().nanos());
    }

    /// Refuses the calling thread to wait, if that is the rule.
    void beforeWaiting() {
        if (rule != NestedAcquire.REFUSE || pool.idle() > 0 || pool.size() < pool.maxSize()) {
            return;
        }
        Held mine = mine();
        if (mine.count > 0) {
            pool.meters().nested.increment();
            throw new PoolNestedAcquireException(
                    pool.name(), mine.count, pool.maxSize(), mine.site);
        }
    }

    /// Reports the calling thread, if it has waited for long while it held something.
    void afterWaiting(long waitedNanos) {
        if (rule != NestedAcquire.REPORT || waitedNanos < LONG_NANOS) {
            return;
        }
        Held mine = mine();
        if (mine.count == 0) {
            return;
        }
        pool.meters().nested.increment();
        long now = pool.clock().nanos();
        long until = quietUntil.get();
        if (until - now <= 0 && quietUntil.compareAndSet(until, now + PAUSE_NANOS)) {
            pool.publish(
                    new MonitorEvent.NestedAcquire(
                            pool.name(),
                            Instant.now(),
                            mine.count,
                            Duration.ofNanos(waitedNanos),
                            mine.site,
                            Thread.currentThread().toString(),
                            List.of(Thread.currentThread().getStackTrace())));
        }
    }

    /// Looks for the leases of the calling thread.
    private Held mine() {
        Thread me = Thread.currentThread();
        int count = 0;
        Throwable site = null;
        for (Slot<C> slot : pool.slots()) {
            if (slot.borrower() == me) {
                count++;
                site = site == null ? slot.site : site;
            }
        }
        return new Held(count, site);
    }

    /// What a thread holds, and where it acquired some of it.
    private record Held(int count, @Nullable Throwable site) {}
}
