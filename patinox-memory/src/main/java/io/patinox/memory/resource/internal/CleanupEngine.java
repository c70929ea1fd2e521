package io.patinox.memory.resource.internal;

import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.resource.CleanupPriority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs cleanups: the most urgent first, a bounded number at once, each with a deadline.
final class CleanupEngine {
    /*
     * One queue a priority, served from CRITICAL down, first in first out. A cleanup starts when a
     * permit is free, on a virtual thread of its own, so that an interrupt meant for one can never
     * hit another. Why nothing holds up anything else:
     *
     *  - Throwing. Whatever a cleanup throws ends in CleanupRun.run; there is no worker to die.
     *  - Hanging. The watchdog, a platform thread because virtual threads can all be stuck in
     *    native code at once, interrupts at the deadline, and after a grace abandons: the outcome
     *    is settled, the permit goes back, the thread is left to itself and counted as stuck.
     *  - Waiting for each other. A cleanup may wait for others that still queue (a pool that closes
     *    waits for its connections). If no permit is free and nothing has begun or ended for
     *    STALL_NANOS, the oldest run lends its permit to the head of the queue and goes on without.
     *    So a stall costs a tenth of a second, not a deadline, and concurrency grows only by as
     *    many as have stalled.
     *  - Lack of threads. A cleanup that could not be started stays queued; the next end of another
     *    or the watchdog tries again. One that was started and gets no carrier is begun by a
     *    platform thread after a second.
     *
     * A queue may hold entries that somebody else has claimed since, for a close() by the user runs
     * a queued cleanup itself instead of waiting; they are dropped when they come to the head.
     */
    static final long STALL_NANOS = 100_000_000L;

    private final RegistryCore core;
    private final String threadName;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CleanupPriority, ArrayDeque<Tracked<?>>> queues =
            new EnumMap<>(CleanupPriority.class);
    private final Set<CleanupRun> running = new LinkedHashSet<>();
    private final Set<CleanupRun> stuck = new LinkedHashSet<>();
    private final Watchdog watchdog;
    private int permits;
    private long movedAt;

    CleanupEngine(RegistryCore core, String registry, int concurrency) {
        this.core = core;
        this.threadName = "patinox-" + registry + "-cleanup";
        this.permits = concurrency;
        this.watchdog =
                new Watchdog(
                        threadName + "-watchdog",
                        this::patrol,
                        thrown -> core.reports().internalFailure("watchdog", thrown));
        for (CleanupPriority priority : CleanupPriority.values()) {
            queues.put(priority, new ArrayDeque<>());
        }
    }

    /// Queues the cleanup of an open resource. Without effect on one that is not open any more.
    void submit(Tracked<?> tracked) {
        lock.lock();
        try {
            if (!tracked.queueUp()) {
                return;
            }
            boolean queued = false;
            try {
                queue(tracked.spec.priority()).addLast(tracked);
                queued = true;
            } finally {
                if (!queued) {
                    tracked.unqueue();
                }
            }
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Runs a cleanup at once, beside the queue, unless somebody else has begun it.
    ///
    /// @return whether this call began it
    boolean runNow(Tracked<?> tracked, long deadlineNanos) {
        lock.lock();
        try {
            boolean fresh = tracked.queueUp();
            boolean started = false;
            try {
                started = start(tracked, deadlineNanos, false);
            } finally {
                if (!started && fresh) {
                    tracked.unqueue();
                }
            }
            return started;
        } finally {
            lock.unlock();
        }
    }

    private ArrayDeque<Tracked<?>> queue(CleanupPriority priority) {
        return Objects.requireNonNull(queues.get(priority));
    }

    private void dispatch() {
        try {
            for (ArrayDeque<Tracked<?>> queue : queues.values()) {
                Tracked<?> head;
                while ((head = queue.peekFirst()) != null) {
                    if (head.state() == Tracked.QUEUED) {
                        if (permits == 0) {
                            watchdog.wakeBy(movedAt + STALL_NANOS);
                            return;
                        }
                        if (start(head, head.spec.deadlineNanos(), true)) {
                            permits--;
                        }
                    }
                    queue.pollFirst();
                }
            }
        } catch (OutOfMemoryError | RejectedExecutionException noThread) {
            // what could not start is still queued, and is tried again
            watchdog.wakeBy(System.nanoTime() + STALL_NANOS);
        }
    }

    private boolean start(Tracked<?> tracked, long deadlineNanos, boolean permit) {
        watchdog.ensureStarted();
        CleanupRun run = new CleanupRun(this, tracked, threadName, deadlineNanos, permit);
        if (!tracked.claimQueued()) {
            return false;
        }
        boolean started = false;
        try {
            long now = System.nanoTime();
            run.startedAt(now);
            running.add(run);
            run.thread().start();
            movedAt = now;
            started = true;
        } finally {
            if (!started) {
                running.remove(run);
                tracked.unclaim();
            }
        }
        watchdog.wakeBy(run.untilNextAlarm(movedAt) + movedAt);
        return true;
    }

    /// A thread has come to run the cleanup: its time counts from now.
    void begun(CleanupRun run) {
        lock.lock();
        try {
            long now = System.nanoTime();
            run.begunAt(now);
            watchdog.wakeBy(now + run.untilNextAlarm(now));
        } finally {
            lock.unlock();
        }
        run.tracked.running(run.thread());
    }

    /// A cleanup came back, in time or not.
    void ended(CleanupRun run, @Nullable Throwable thrown) {
        Throwable failure = thrown;
        lock.lock();
        try {
            if (run.interrupted() && thrown instanceof InterruptedException) {
                failure = timeout(run);
                failure.addSuppressed(thrown);
            }
        } finally {
            lock.unlock();
        }
        boolean late = false;
        try {
            late = !core.settle(run.tracked, failure);
        } finally {
            lock.lock();
            try {
                running.remove(run);
                stuck.remove(run);
                returnPermit(run);
                movedAt = System.nanoTime();
                dispatch();
            } finally {
                lock.unlock();
            }
        }
        if (late) {
            run.tracked.release();
            core.reports().endedLate();
        }
    }

    private void returnPermit(CleanupRun run) {
        if (run.permit) {
            run.permit = false;
            permits++;
        }
    }

    private CleanupTimeoutException timeout(CleanupRun run) {
        return new CleanupTimeoutException(run.tracked.name(), deadline(run));
    }

    private Duration deadline(CleanupRun run) {
        lock.lock();
        try {
            return Duration.ofNanos(Math.max(0, run.deadlineNanos()));
        } finally {
            lock.unlock();
        }
    }

    // the watchdog

    private void patrol() {
        List<CleanupRun> overdue = new ArrayList<>();
        List<CleanupRun> expired = new ArrayList<>();
        List<CleanupRun> starved = new ArrayList<>();
        lock.lock();
        try {
            long now = System.nanoTime();
            for (CleanupRun run : running) {
                if (run.isExpired(now)) {
                    expired.add(run);
                } else if (!run.interrupted() && run.isOverdue(now)) {
                    run.markInterrupted();
                    overdue.add(run);
                } else if (run.isStarved(now)) {
                    starved.add(run);
                }
                // what has expired is looked at again, in case it could not be abandoned
                watchdog.wakeBy(now + Math.max(run.untilNextAlarm(now), STALL_NANOS / 10));
            }
            lendPermit(now);
            dispatch();
        } finally {
            lock.unlock();
        }
        // interrupting may run code of the channel that the thread is blocked on
        for (CleanupRun run : overdue) {
            core.reports().overdue();
            run.thread().interrupt();
        }
        expired.forEach(this::abandon);
        starved.forEach(this::rescue);
    }

    private void rescue(CleanupRun run) {
        Threads.startDaemon(threadName, run);
        lock.lock();
        try {
            run.markRescued();
        } finally {
            lock.unlock();
        }
    }

    private void lendPermit(long now) {
        if (permits > 0 || now - movedAt < STALL_NANOS || queued() == 0) {
            return;
        }
        for (CleanupRun run : running) {
            if (run.permit) {
                returnPermit(run);
                return;
            }
        }
    }

    private void abandon(CleanupRun run) {
        lock.lock();
        try {
            if (!running.remove(run)) {
                return;
            }
            stuck.add(run);
            returnPermit(run);
            movedAt = System.nanoTime();
            dispatch();
        } finally {
            lock.unlock();
        }
        boolean done = false;
        try {
            core.abandon(run.tracked, deadline(run), List.of(run.thread().getStackTrace()));
            done = true;
        } finally {
            if (!done) {
                tryAgain(run);
            }
        }
    }

    /// The outcome could not be settled, for lack of memory: the watchdog comes back to it.
    private void tryAgain(CleanupRun run) {
        lock.lock();
        try {
            if (stuck.remove(run)) {
                running.add(run);
            }
        } finally {
            lock.unlock();
        }
    }

    // closing

    /// Lets no running cleanup go on past the given times.
    void hurry(long deadlineAt, long abandonAt) {
        lock.lock();
        try {
            running.forEach(run -> run.hurry(deadlineAt, abandonAt));
            watchdog.wakeBy(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /// Abandons all that run, at once.
    void abandonRunning() {
        List<CleanupRun> rest;
        lock.lock();
        try {
            rest = List.copyOf(running);
        } finally {
            lock.unlock();
        }
        for (CleanupRun run : rest) {
            // where no thread has come yet, none may come when the resource is let go
            boolean unused = run.takeBegin();
            abandon(run);
            if (unused) {
                drop(run);
            }
        }
    }

    private void drop(CleanupRun run) {
        lock.lock();
        try {
            running.remove(run);
            stuck.remove(run);
        } finally {
            lock.unlock();
        }
        run.tracked.release();
    }

    /// Ends the watchdog. After everything is settled.
    void stop() {
        watchdog.stop();
    }

    // what the registry tells about it

    /// {@return a count of the moment}
    Load load() {
        lock.lock();
        try {
            long now = System.nanoTime();
            List<String> late = new ArrayList<>();
            running.stream().filter(r -> r.isOverdue(now)).forEach(r -> late.add(r.tracked.name()));
            stuck.forEach(r -> late.add(r.tracked.name()));
            return new Load(queued(), running.size(), late);
        } finally {
            lock.unlock();
        }
    }

    private int queued() {
        int sum = 0;
        for (ArrayDeque<Tracked<?>> queue : queues.values()) {
            sum += queue.size();
        }
        return sum;
    }

    /// How busy the engine is.
    ///
    /// @param queued cleanups that wait for a permit
    /// @param running cleanups that run and are not abandoned
    /// @param stuck names of those past their deadline, abandoned or not
    record Load(int queued, int running, List<String> stuck) {}
}
