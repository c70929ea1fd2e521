package io.patinox.memory.share;

import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.error.ShareInterruptedException;
import io.patinox.memory.error.ShareTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/// Those who want to know of changes to one piece of data.
///
/// A writer publishes and then calls [#changed()], which wakes those who wait and starts one
/// virtual thread that starts one for each subscriber: a writer never runs a subscriber, nor waits
/// for one, and subscribers never wait for each other. Whoever subscribes is in the set before it
/// reads for the first time, so a change at that moment is seen by that read or by a signal.
final class Hub<T> {
    private final String name;
    private final LongFunction<Snapshot<T>> newest;
    private final LongSupplier version;
    private final Reports reports;
    private final Executor threads;
    private final Set<Delivery<T>> deliveries = ConcurrentHashMap.newKeySet();
    private final SingleFlight round;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // raised before the version is looked at, so a writer that sees 0 has nobody to wake
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /// Creates the hub.
    ///
    /// @param newest reads, and waits for at most so many nanoseconds if it has to
    Hub(String name, LongFunction<Snapshot<T>> newest, LongSupplier version, Reports reports) {
        this.name = name;
        this.newest = newest;
        this.version = version;
        this.reports = reports;
        ThreadFactory factory =
                Thread.ofVirtual()
                        .name("patinox-share-" + name)
                        .inheritInheritableThreadLocals(false)
                        .factory();
        this.threads = run -> factory.newThread(run).start();
        this.round =
                new SingleFlight(
                        this::signalAll, threads, null, failure -> failed("thread", failure));
    }

    /// Tells that there is a newer version, or the end.
    void changed() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        if (!deliveries.isEmpty()) {
            round.signal();
        }
    }

    private void signalAll() {
        deliveries.forEach(Delivery::signal);
    }

    void subscribe(Delivery<T> delivery) {
        deliveries.add(delivery);
        delivery.signal();
    }

    Executor threads() {
        return threads;
    }

    void remove(Delivery<T> delivery) {
        deliveries.remove(delivery);
    }

    Optional<Snapshot<T>> await(long seen, long timeoutNanos) {
        if (closed) {
            throw new ShareClosedException(name);
        }
        try {
            long left = version.getAsLong() > seen ? timeoutNanos : waitFor(seen, timeoutNanos);
            // a payload that is changed in place may be locked for longer than there is time
            return left < 0 ? Optional.empty() : Optional.of(newest.apply(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShareInterruptedException(name, "await", e);
        } catch (ShareTimeoutException e) {
            return Optional.empty();
        }
    }

    /// Waits for a newer version, and returns the time that is left then, or -1.
    private long waitFor(long seen, long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        lock.lockInterruptibly();
        waiting.incrementAndGet();
        try {
            while (version.getAsLong() <= seen) {
                if (closed) {
                    throw new ShareClosedException(name);
                }
                if (left <= 0) {
                    return -1;
                }
                left = changed.awaitNanos(left);
            }
            return Math.max(0, left);
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    void close() {
        closed = true;
        changed();
    }

    boolean isClosed() {
        return closed;
    }

    Snapshot<T> newest() {
        // a thread of its own may wait as long as it takes
        return newest.apply(Waits.LONGEST.toNanos());
    }

    long version() {
        return version.getAsLong();
    }

    void passed(long seen, long passed) {
        reports.notified(seen == 0 ? 0 : passed - seen - 1);
    }

    void failed(String callback, Throwable failure) {
        reports.callbackFailed(callback, failure);
    }

    int subscribers() {
        return deliveries.size();
    }

    int waiting() {
        return waiting.get();
    }
}
