package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.cache.RemovalListener;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells a [RemovalListener] what left the cache: later, in order, and one at a time.
///
/// The cache [adds][#add] what left, which may be under a lock of it, and calls [#deliver] when it
/// holds none. What the listener throws is counted and reported, and ends nothing; one that blocks
/// makes only what is behind it wait.
///
/// *Threads.* All methods may be called from any thread.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
final class Removals<K, V> {

    /*
     * `state` says whether somebody delivers: nobody (IDLE), a task that was handed to the executor
     * and has not begun (HANDED), or a thread (AT_WORK). Whoever has added something and finds IDLE
     * moves it to HANDED and hands a task over. The task that finds the queue empty moves to IDLE
     * and then looks again: what was added before that move and found AT_WORK is seen by that
     * second look, and what was added after it found IDLE. So nothing is left lying.
     *
     * An executor may refuse the task, then a virtual thread takes it; or lose it, which nobody can
     * see. So whoever waits for quiet and finds HANDED starts a virtual thread beside it: whichever
     * moves HANDED to AT_WORK first does the work, and the other has none.
     */

    private enum State {
        IDLE,
        HANDED,
        AT_WORK
    }

    private record Removed<K, V>(K key, V value, RemovalCause cause) {}

    private final RemovalListener<? super K, ? super V> listener;
    private final @Nullable Executor executor;
    private final CacheReports reports;

    private final ConcurrentLinkedQueue<Removed<K, V>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private volatile boolean given;
    private volatile @Nullable Thread atWork;
    private volatile boolean own;

    /// Creates the delivery of a cache.
    ///
    /// @param listener what the user wants called
    /// @param executor where to call it; null for a virtual thread when there is something to tell
    /// @param reports where failures go
    Removals(
            RemovalListener<? super K, ? super V> listener,
            @Nullable Executor executor,
            CacheReports reports) {
        this.listener = listener;
        this.executor = executor;
        this.reports = reports;
    }

    /// Notes what left. Calls nobody, so it is allowed under a lock.
    ///
    /// @param key the key
    /// @param value the value
    /// @param cause why it left
    void add(K key, V value, RemovalCause cause) {
        if (!given) {
            waiting.incrementAndGet();
            queue.add(new Removed<>(key, value, cause));
        }
    }

    /// Sees to it that what was added is delivered. Not to be called under a lock: an executor of
    /// the user may run the listener at once.
    void deliver() {
        if (!queue.isEmpty() && state.compareAndSet(State.IDLE, State.HANDED)) {
            handOver();
        }
    }

    /// Returns how many removals the listener has not yet been told of, the present one included.
    long waiting() {
        return waiting.get();
    }

    /// Waits until the listener has been told everything. If it is the listener that waits, it
    /// would wait for itself: then it is told the rest when it has returned.
    ///
    /// @param timeout how long at most
    /// @return whether it has, or will
    /// @throws InterruptedException if the thread is interrupted meanwhile
    boolean awaitQuiet(Duration timeout) throws InterruptedException {
        if (Thread.currentThread().equals(atWork)) {
            return true;
        }
        deliver();
        if (state.get() == State.HANDED && executor != null) {
            startOwn();
        }
        long leftNanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.get() > 0) {
                if (leftNanos <= 0) {
                    return false;
                }
                leftNanos = quiet.awaitNanos(leftNanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Gives up: drops what waits, takes nothing more, and interrupts the listener if it is called
    /// by a thread of the cache.
    ///
    /// @return how many removals the listener was not told of
    long abandon() {
        given = true;
        long dropped = 0;
        while (queue.poll() != null) {
            dropped++;
            done();
        }
        Thread thread = atWork;
        if (thread != null && own) {
            thread.interrupt();
        }
        return dropped;
    }

    private void handOver() {
        if (executor == null) {
            startOwn();
            return;
        }
        try {
            executor.execute(() -> work(false));
        } catch (RuntimeException e) {
            reports.callbackFailed("executor", e);
            startOwn();
        } catch (Error e) {
            // it may or may not have taken the task; if not, the next removal tries again
            state.compareAndSet(State.HANDED, State.IDLE);
            throw e;
        }
    }

    private void startOwn() {
        try {
            var _ =
                    Thread.ofVirtual()
                            .name("patinox-cache-" + reports.name() + "-removals")
                            .start(() -> work(true));
        } catch (OutOfMemoryError e) {
            // no thread is left; what waits is not lost, the next removal tries again
            state.compareAndSet(State.HANDED, State.IDLE);
            reports.callbackFailed("removalListener", e);
        }
    }

    private void work(boolean ownThread) {
        if (!state.compareAndSet(State.HANDED, State.AT_WORK)) {
            return;
        }
        do {
            own = ownThread;
            atWork = Thread.currentThread();
            Removed<K, V> next = queue.poll();
            while (next != null) {
                tell(next, ownThread);
                next = queue.poll();
            }
            atWork = null;
            state.set(State.IDLE);
        } while (!queue.isEmpty() && state.compareAndSet(State.IDLE, State.AT_WORK));
    }

    private void tell(Removed<K, V> removed, boolean ownThread) {
        try {
            listener.removed(removed.key(), removed.value(), removed.cause());
        } catch (Throwable e) {
            reports.callbackFailed("removalListener", e);
        } finally {
            done();
            if (ownThread && !given) {
                // what one call was asked to stop for is not the business of the next
                boolean _ = Thread.interrupted();
            }
        }
    }

    private void done() {
        if (waiting.decrementAndGet() == 0) {
            lock.lock();
            try {
                quiet.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
