package io.patinox.memory.resource.internal;

import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.error.ResourceLimitException;
import io.patinox.memory.resource.WhenFull;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How many resources of a type there may be at once, and how many bytes they may have together.
///
/// Who has to wait is served in order: nobody is admitted past somebody who queues, even if it
/// would fit. Room is given back when a resource has met its end, whichever; an abandoned one may
/// still be there, but to wait for it could be to wait for ever.
public final class Limit {
    private final int maxCount;
    private final long maxBytes;
    private final WhenFull whenFull;
    private final long timeoutNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private final List<Tracked<?>> evictions = new ArrayList<>();
    private long count;
    private long bytes;
    private boolean closed;

    /// A limit.
    ///
    /// @param maxCount how many at once, 0 for no limit
    /// @param maxBytes how many bytes together, 0 for no limit
    /// @param whenFull what happens to who comes when it is reached
    /// @param timeoutNanos how long he waits for room
    public Limit(int maxCount, long maxBytes, WhenFull whenFull, long timeoutNanos) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
        this.whenFull = whenFull;
        this.timeoutNanos = timeoutNanos;
    }

    /// Takes room for a resource, before it is opened.
    void admit(RegistryCore core, ResourceSpec spec) {
        long size = Math.max(0, spec.sizeBytes());
        if (maxBytes > 0 && size > maxBytes) {
            throw refusal(spec, "it has " + size + " bytes");
        }
        Waiter waiter;
        lock.lock();
        try {
            if (admitNow(core, spec)) {
                return;
            }
            waiter = new Waiter(size, lock.newCondition());
            waiters.addLast(waiter);
        } finally {
            lock.unlock();
        }
        core.reports().limitReached();
        await(core, spec, waiter);
    }

    /// Takes room for a resource if there is some.
    ///
    /// @return false if there is none now
    boolean admitNow(RegistryCore core, ResourceSpec spec) {
        long size = Math.max(0, spec.sizeBytes());
        lock.lock();
        try {
            if (closed) {
                throw new RegistryClosedException(core.settings().name());
            }
            if (waiters.isEmpty() && fits(size)) {
                take(size);
                return true;
            }
            if (whenFull == WhenFull.FAIL) {
                throw refusal(spec, "it is reached");
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void await(RegistryCore core, ResourceSpec spec, Waiter waiter) {
        long until = System.nanoTime() + timeoutNanos;
        boolean admitted = false;
        try {
            while (!admitted) {
                if (whenFull == WhenFull.EVICT_OLDEST && lacksEvictions()) {
                    evicted(core.evictOldest(spec.kind()));
                }
                admitted = waiter.await(until);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceInterruptedException(spec.label(), "acquire", e);
        } finally {
            if (!admitted) {
                leave(waiter);
            }
        }
        if (waiter.refused) {
            throw new RegistryClosedException(core.settings().name());
        }
        if (!waiter.granted) {
            throw refusal(
                    spec,
                    "no room came free within "
                            + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                            + " ms");
        }
    }

    /// {@return whether fewer are being evicted than wait for room}
    private boolean lacksEvictions() {
        lock.lock();
        try {
            evictions.removeIf(Tracked::isFinal);
            return evictions.size() < waiters.size();
        } finally {
            lock.unlock();
        }
    }

    private void evicted(@Nullable Tracked<?> oldest) {
        if (oldest != null) {
            lock.lock();
            try {
                evictions.add(oldest);
            } finally {
                lock.unlock();
            }
        }
    }

    /// A resource that was admitted can be found: who evicts and has found none looks again.
    void opened() {
        if (whenFull == WhenFull.EVICT_OLDEST) {
            lock.lock();
            try {
                serve();
            } finally {
                lock.unlock();
            }
        }
    }

    private ResourceLimitException refusal(ResourceSpec spec, String why) {
        return new ResourceLimitException(spec.type(), maxCount, maxBytes, why);
    }

    private boolean fits(long size) {
        return (maxCount == 0 || count < maxCount) && (maxBytes == 0 || bytes <= maxBytes - size);
    }

    private void take(long size) {
        count++;
        bytes += size;
    }

    /// Gives the room of a resource back.
    void release(ResourceSpec spec) {
        lock.lock();
        try {
            count--;
            bytes -= Math.max(0, spec.sizeBytes());
            serve();
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        Waiter head;
        while ((head = waiters.peekFirst()) != null && fits(head.size)) {
            waiters.pollFirst();
            take(head.size);
            head.granted = true;
            head.changed.signal();
        }
        if (head != null) {
            // not enough yet: who evicts looks for another
            head.nudged = true;
            head.changed.signal();
        }
    }

    /// Who waits in vain gives his place up; if room was granted at the last moment, that too.
    private void leave(Waiter waiter) {
        lock.lock();
        try {
            if (waiter.granted) {
                count--;
                bytes -= waiter.size;
            }
            waiters.remove(waiter);
            serve();
        } finally {
            lock.unlock();
        }
    }

    /// The registry closes: whoever waits is refused.
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Waiter waiter : waiters) {
                waiter.refused = true;
                waiter.changed.signal();
            }
            waiters.clear();
        } finally {
            lock.unlock();
        }
    }

    /// {@return how many wait for room}
    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /// One who waits for room; guarded by the lock.
    private final class Waiter {
        private final long size;
        private final Condition changed;
        private boolean granted;
        private boolean refused;
        private boolean nudged;

        Waiter(long size, Condition changed) {
            this.size = size;
            this.changed = changed;
        }

        /// {@return true when there is an answer, or no time left, in which case it has left}
        boolean await(long until) throws InterruptedException {
            lock.lock();
            try {
                long left = until - System.nanoTime();
                while (!granted && !refused && !nudged && left > 0) {
                    changed.awaitNanos(left);
                    left = until - System.nanoTime();
                }
                nudged = false;
                if (granted || refused) {
                    return true;
                }
                if (left <= 0) {
                    waiters.remove(this);
                    serve();
                    return true;
                }
                return false;
            } finally {
                lock.unlock();
            }
        }
    }

    /// {@return the room taken, as text}
    @Override
    public @Nullable String toString() {
        lock.lock();
        try {
            return "Limit[" + count + " of " + maxCount + ", " + bytes + " of " + maxBytes + "]";
        } finally {
            lock.unlock();
        }
    }
}
