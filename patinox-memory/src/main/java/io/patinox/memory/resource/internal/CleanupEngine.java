package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.CleanupPriority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs cleanups: the most urgent first, a bounded number at once, each with a deadline.
final class CleanupEngine {
    /*
     * A cleanup waits in the lanes (see CleanupLanes) and starts when a permit is free, on a thread
     * of its own, so that an interrupt meant for one can never hit another. Why nothing holds up
     * anything else:
     *
     *  - Throwing. Whatever a cleanup throws ends in CleanupRun.run; there is no worker to die.
     *  - Hanging. The watchdog (see CleanupPatrol), a platform thread because virtual threads can
     *    all be stuck in native code at once, interrupts at the deadline, and after a grace
     *    abandons: the outcome is settled, the permit goes back, the thread is left to itself and
     *    counted as stuck.
     *  - Waiting for each other. A cleanup may wait for others that still queue (a pool that closes
     *    waits for its connections). If no permit is free and nothing has begun or ended for
     *    STALL_NANOS, the oldest run lends its permit to the head of the queue and goes on without.
     *    So a stall costs a tenth of a second, not a deadline, and concurrency grows only by as
     *    many as have stalled.
     *  - Lack of threads. A cleanup that could not be started stays queued; the next end of another
     *    or the watchdog tries again. One that was started and gets no carrier is begun by a
     *    platform thread after a second.
     *  - Dependencies. What others depend on stays out of the lanes, blocked, until those have met
     *    their ends, each of which is bounded; there are no cycles.
     *
     * The lanes may hold entries that somebody else has claimed since, for a close() by the user
     * runs a queued cleanup itself instead of waiting; they are dropped when they come to the head.
     */
    static final long STALL_NANOS = 100_000_000L;

    private final RegistryCore core;
    private final String threadName;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final CleanupLanes lanes = new CleanupLanes();
    private final Map<Tracked<?>, CleanupPriority> blocked = new HashMap<>();
    private final PriorityQueue<Retry> retries =
            new PriorityQueue<>((a, b) -> Long.signum(a.dueAt - b.dueAt));
    private final Set<CleanupRun> running = new LinkedHashSet<>();
    private final Set<CleanupRun> stuck = new LinkedHashSet<>();
    private final Watchdog watchdog;
    private int permits;
    private long movedAt;
    private boolean lastCall;

    CleanupEngine(RegistryCore core) {
        this.core = core;
        this.threadName = "patinox-" + core.settings().name() + "-cleanup";
        this.permits = core.settings().cleanupConcurrency();
        CleanupPatrol patrol = new CleanupPatrol(core, this);
        this.watchdog =
                new Watchdog(
                        threadName + "-watchdog",
                        patrol::run,
                        thrown -> core.reports().internalFailure("watchdog", thrown));
    }

    /// Queues the cleanup of an open resource, and of what depends on it. Without effect on one
    /// that is not open any more.
    ///
    /// @param exit why, one of the constants of [Word]
    void submit(Tracked<?> tracked, int exit) {
        Locks.lock(lock);
        try {
            enqueue(tracked, exit, tracked.spec().priority());
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Tracked<?> root, int exit, CleanupPriority urgent) {
        ArrayDeque<Tracked<?>> todo = new ArrayDeque<>(1);
        todo.add(root);
        Tracked<?> tracked;
        while ((tracked = todo.pollFirst()) != null) {
            if (!tracked.queueUp(exit)) {
                continue;
            }
            boolean queued = false;
            try {
                // who is waited for is as urgent as who waits
                CleanupPriority own = tracked.spec().priority();
                todo.addAll(place(tracked, own.compareTo(urgent) < 0 ? own : urgent));
                queued = true;
            } finally {
                if (!queued) {
                    tracked.unqueue();
                }
            }
        }
    }

    /// Puts one that is queued or about to be, so that nothing new can come to depend on it, into
    /// its lane; or keeps it out of the lanes as long as something depends on it.
    ///
    /// @return what does
    private List<Tracked<?>> place(Tracked<?> tracked, CleanupPriority priority) {
        List<Tracked<?>> dependants = core.relations().dependants(tracked);
        if (dependants.isEmpty()) {
            lanes.add(tracked, priority);
        } else {
            blocked.put(tracked, priority);
        }
        return dependants;
    }

    /// The same, and queues what depends on it.
    private void arrange(Tracked<?> tracked) {
        CleanupPriority urgent = tracked.spec().priority();
        place(tracked, urgent).forEach(d -> enqueue(d, Word.EXIT_CLOSED, urgent));
    }

    /// Takes over a cleanup that a caller's thread has claimed and cannot go on with.
    void takeOver(Tracked<?> tracked) {
        Locks.lock(lock);
        try {
            arrange(tracked);
            if (tracked.handOver()) {
                dispatch();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Something has ended that depended on this one.
    void dependantEnded(Tracked<?> tracked) {
        Locks.lock(lock);
        try {
            CleanupPriority priority = blocked.get(tracked);
            if (priority != null && !core.relations().hasDependants(tracked)) {
                lanes.addFirst(tracked, priority);
                blocked.remove(tracked);
                dispatch();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs a cleanup at once, beside the queue, unless somebody else has begun it or others depend
    /// on it, which then go first.
    ///
    /// @return whether this call began it
    boolean runNow(Tracked<?> tracked, long deadlineNanos) {
        Locks.lock(lock);
        try {
            // queued first: from then on nothing new can come to depend on it
            boolean fresh = tracked.queueUp(Word.EXIT_CLOSED);
            boolean started = false;
            try {
                if (!core.relations().hasDependants(tracked)) {
                    started = start(tracked, deadlineNanos, false);
                } else if (fresh) {
                    arrange(tracked);
                    fresh = false;
                    dispatch();
                }
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

    /// Has a cleanup that failed tried again.
    ///
    /// @param resource what it gets, again
    /// @param run where it failed, null if that was on a caller's thread
    /// @param delayNanos after what time
    /// @return false if it was abandoned, or there is no time for another attempt
    <T> boolean retry(Tracked<T> tracked, T resource, @Nullable CleanupRun run, long delayNanos) {
        Locks.lock(lock);
        try {
            long now = System.nanoTime();
            long deadline = 0;
            if (run != null && run.bounded()) {
                deadline = run.timeLeft(now) - delayNanos;
                if (deadline <= 0) {
                    return false;
                }
            }
            if (lastCall) {
                return false;
            }
            watchdog.ensureStarted();
            long dueAt = now + delayNanos;
            // one that isn't queued when it is due is passed over, so this may come first
            retries.add(new Retry(tracked, dueAt, deadline));
            watchdog.wakeBy(dueAt);
            return tracked.requeue(resource, run == null);
        } catch (OutOfMemoryError noRetry) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        try {
            takeUpRetries();
            Tracked<?> next;
            while ((next = lanes.peek(CleanupEngine::stillQueued)) != null) {
                if (permits == 0) {
                    watchdog.wakeBy(movedAt + STALL_NANOS);
                    return;
                }
                if (start(next, next.spec().deadlineNanos(), true)) {
                    permits--;
                }
                lanes.remove(next);
            }
        } catch (OutOfMemoryError | RejectedExecutionException noThread) {
            // what could not start is still queued, and is tried again
            watchdog.wakeBy(System.nanoTime() + STALL_NANOS);
        }
    }

    private static boolean stillQueued(Tracked<?> tracked) {
        return tracked.state() == Word.QUEUED;
    }

    private void takeUpRetries() {
        long now = System.nanoTime();
        Retry due;
        while ((due = retries.peek()) != null) {
            if (due.dueAt - now > 0) {
                watchdog.wakeBy(due.dueAt);
                return;
            }
            if (due.deadlineNanos > 0) {
                boolean _ = start(due.tracked, due.deadlineNanos, false);
            } else if (stillQueued(due.tracked)) {
                lanes.add(due.tracked, due.tracked.spec().priority());
            }
            retries.poll();
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
            tracked.spec().kind().running++;
            run.thread().start();
            movedAt = now;
            started = true;
        } finally {
            if (!started) {
                if (running.remove(run)) {
                    tracked.spec().kind().running--;
                }
                tracked.unclaim();
            }
        }
        watchdog.wakeBy(run.untilNextAlarm(movedAt) + movedAt);
        return true;
    }

    /// A thread has come to run the cleanup: its time counts from now.
    ///
    /// @return false if another has come before
    boolean begun(CleanupRun run) {
        Locks.lock(lock);
        try {
            // under the lock, so that one that waits for it still counts as starved
            if (!run.takeBegin()) {
                return false;
            }
            long now = System.nanoTime();
            run.begunAt(now);
            watchdog.wakeBy(now + run.untilNextAlarm(now));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A cleanup came back and is settled, in time or not: its place is free.
    void ended(CleanupRun run) {
        Locks.lock(lock);
        try {
            if (running.remove(run)) {
                run.tracked.spec().kind().running--;
            }
            stuck.remove(run);
            returnPermit(run);
            movedAt = System.nanoTime();
            dispatch();
            if (running.isEmpty()) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void returnPermit(CleanupRun run) {
        if (run.permit) {
            run.permit = false;
            permits++;
        }
    }

    // the watchdog

    /// Looks at all that run.
    ///
    /// @param overdue filled with those to interrupt
    /// @param expired filled with those to abandon
    /// @param starved filled with those that have got no thread
    void inspect(List<CleanupRun> overdue, List<CleanupRun> expired, List<CleanupRun> starved) {
        Locks.lock(lock);
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
    }

    private void lendPermit(long now) {
        if (permits > 0 || now - movedAt < STALL_NANOS || lanes.size() == 0) {
            return;
        }
        for (CleanupRun run : running) {
            if (run.permit) {
                returnPermit(run);
                return;
            }
        }
    }

    void rescued(CleanupRun run) {
        Locks.lock(lock);
        try {
            run.markRescued();
        } finally {
            lock.unlock();
        }
    }

    /// One that expired no longer counts as running.
    ///
    /// @return false if it came back at the last moment
    boolean setAside(CleanupRun run) {
        Locks.lock(lock);
        try {
            if (!running.remove(run)) {
                return false;
            }
            run.tracked.spec().kind().running--;
            stuck.add(run);
            returnPermit(run);
            movedAt = System.nanoTime();
            dispatch();
            if (running.isEmpty()) {
                idle.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The outcome could not be settled, for lack of memory: the watchdog comes back to it.
    void takeBack(CleanupRun run) {
        Locks.lock(lock);
        try {
            if (stuck.remove(run)) {
                run.tracked.spec().kind().running++;
                running.add(run);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets one that no thread will ever come to.
    void forget(CleanupRun run) {
        Locks.lock(lock);
        try {
            stuck.remove(run);
        } finally {
            lock.unlock();
        }
    }

    // closing

    /// Lets no running cleanup go on past the given times, and none that fails be tried again:
    /// nobody would come back to it.
    void hurry(long deadlineAt, long abandonAt) {
        Locks.lock(lock);
        try {
            lastCall = true;
            running.forEach(run -> run.hurry(deadlineAt, abandonAt));
            watchdog.wakeBy(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /// {@return all that run now}
    List<CleanupRun> running() {
        Locks.lock(lock);
        try {
            return List.copyOf(running);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing runs and all that did has been reported. Uninterruptible, and bounded.
    void awaitIdle(long nanos) {
        long until = System.nanoTime() + nanos;
        boolean interrupted = false;
        Locks.lock(lock);
        try {
            long left;
            while (!running.isEmpty() && (left = until - System.nanoTime()) > 0) {
                try {
                    long _ = idle.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Ends the watchdog. After everything is settled.
    void stop() {
        Locks.lock(lock);
        try {
            lastCall = true;
            retries.clear();
        } finally {
            lock.unlock();
        }
        watchdog.stop();
    }

    // what the registry tells about it

    /// {@return a count of the moment}
    Load load() {
        Locks.lock(lock);
        try {
            long now = System.nanoTime();
            List<String> late = new ArrayList<>();
            running.stream().filter(r -> r.isOverdue(now)).forEach(r -> late.add(r.tracked.name()));
            stuck.forEach(r -> late.add(r.tracked.name()));
            int waiting = lanes.size() + blocked.size() + retries.size();
            return new Load(waiting, running.size(), late);
        } finally {
            lock.unlock();
        }
    }

    /// When a failed cleanup is tried again; and how much of its deadline is left to one that runs
    /// beside the queue, else 0.
    private record Retry(Tracked<?> tracked, long dueAt, long deadlineNanos) {}

    /// How busy the engine is.
    ///
    /// @param queued cleanups that wait for a permit, for what depends on them, or for another
    ///   attempt
    /// @param running cleanups that run and are not abandoned
    /// @param stuck names of those past their deadline, abandoned or not
    record Load(int queued, int running, List<String> stuck) {}
}
