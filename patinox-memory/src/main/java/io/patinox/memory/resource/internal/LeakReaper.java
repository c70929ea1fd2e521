package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.LeakPolicy;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Learns from the garbage collector which guards were lost, and hands their resources over.
///
/// One daemon platform thread a registry, started with the first resource, which keeps the coarse
/// clock too. It runs no code of the user but the ticker, so it cannot be held up; and whatever
/// goes wrong while it hands over (there may be no memory left, which is when lost resources matter
/// most) it keeps the resource and tries again.
final class LeakReaper {
    private static final long RETRY_NANOS = 100_000_000L;
    private static final long SETTLE_STEP_MILLIS = 50;

    private final RegistryCore core;
    private final String threadName;
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final Object lock = new Object();
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;

    /// A reaper that is not started yet.
    LeakReaper(RegistryCore core) {
        this.core = core;
        this.threadName = "patinox-" + core.settings().name() + "-leaks";
    }

    ReferenceQueue<Object> queue() {
        return queue;
    }

    void ensureStarted() {
        if (thread == null) {
            start();
        }
    }

    private void start() {
        synchronized (lock) {
            if (thread == null && !stopped) {
                thread = Threads.startDaemon(threadName, this::drain);
                if (core.settings().leakPolicy() == LeakPolicy.FAIL_TESTS) {
                    LeakWatches.join(this);
                }
            }
        }
    }

    private void drain() {
        Tracked<?> pending = null;
        while (!stopped) {
            try {
                long pause = core.tick();
                if (pending == null) {
                    pending = next(pause);
                } else {
                    LockSupport.parkNanos(RETRY_NANOS);
                }
                if (pending != null) {
                    core.lost(pending);
                    pending = null;
                }
            } catch (InterruptedException e) {
                // stop() interrupts; anything else is no reason to end
            } catch (Throwable unexpected) {
                core.reports().internalFailure("leak reaper", unexpected);
            }
        }
    }

    private @Nullable Tracked<?> next(long pauseMillis) throws InterruptedException {
        Reference<?> found = queue.poll();
        if (found == null) {
            Mark mark;
            while ((mark = marks.poll()) != null) {
                mark.passed.countDown();
            }
            found = queue.remove(pauseMillis);
        }
        if (found instanceof Mark mark) {
            marks.add(mark);
        }
        return found instanceof Tracked<?> tracked ? tracked : null;
    }

    /// {@return whether there is a resource whose guard could be lost}
    boolean hasOpen() {
        boolean[] open = new boolean[1];
        core.live().walk(tracked -> open[0] |= tracked.isOpen());
        return open[0];
    }

    /// Waits until all has been handed over that was in the queue when this was called. The queue
    /// keeps no order, so a mark that went in counts once the queue was found empty.
    void settle(long until) throws InterruptedException {
        if (thread == null) {
            return;
        }
        Mark mark = new Mark(queue);
        boolean _ = mark.enqueue();
        while (!stopped && System.nanoTime() - until < 0) {
            if (mark.passed.await(SETTLE_STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /// Goes into the queue to wake the thread.
    private static final class Mark extends PhantomReference<Object> {
        private final CountDownLatch passed = new CountDownLatch(1);

        Mark(ReferenceQueue<Object> queue) {
            super(new Object(), queue);
        }
    }

    void stop() {
        Thread running;
        synchronized (lock) {
            stopped = true;
            running = thread;
        }
        LeakWatches.leave(this);
        if (running != null) {
            running.interrupt();
            Threads.join(running);
        }
    }
}
