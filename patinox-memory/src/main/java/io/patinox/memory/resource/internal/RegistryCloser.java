package io.patinox.memory.resource.internal;

import io.patinox.memory.internal.Describe;
import io.patinox.memory.resource.CloseReport;
import io.patinox.memory.resource.ResourceBalance;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Closes a registry, once, on a thread of its own: whoever asked for it may stop waiting without
/// stopping it.
public final class RegistryCloser {
    /*
     * The stripes refuse new resources first, so one walk finds all there will ever be. These are
     * cleaned up in the order of CloseOrder, by the engine, and each start waits for the end of the
     * one before: somebody who acquired B with the help of A wants B's cleanup to have ended when
     * A's begins. But only for so long: each may hold up the next for its share of the time left
     * (time left / resources left), and runs on beside it after that. So the order is strict while
     * cleanups are quick, one that hangs costs the others a share, and ten thousand that take a few
     * milliseconds each overlap just as much as the budget demands.
     *
     * Owners are different: what they own waits until they have ended, up to OWNER_PERCENT of the
     * budget, since a pool may take long, rightly, to let its borrowers finish.
     *
     * At the end of the budget, less a short time for those who react to an interrupt, all that run
     * are interrupted and what never began is given up; at the end the rest is abandoned. Cleanups
     * that a user's own close() runs on the user's thread are waited for and never touched.
     */
    private static final int OWNER_PERCENT = 80;
    private static final long LAST_CALL_MAX_NANOS = 1_000_000_000L;
    private static final long REPORTS_MAX_NANOS = 1_000_000_000L;

    private final RegistryCore core;
    private final long budgetNanos;
    private final long beganAt = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Set<Tracked<?>> neverBegun = ConcurrentHashMap.newKeySet();

    /// Under way, begun here or elsewhere, and holding up nobody but what they own.
    private final ArrayDeque<Tracked<?>> beside = new ArrayDeque<>();

    /// Those of them that own something.
    private final List<Tracked<?>> ownersBeside = new ArrayList<>();

    private volatile List<Tracked<?>> all = List.of();
    private volatile @Nullable Result result;
    private volatile @Nullable Thread thread;
    private long signals;
    private boolean interrupted;

    RegistryCloser(RegistryCore core, long budgetNanos) {
        this.core = core;
        this.budgetNanos = budgetNanos;
    }

    void start() {
        String name = "patinox-" + core.settings().name() + "-close";
        try {
            Thread fresh = Threads.daemon(name, this::run);
            thread = fresh;
            fresh.start();
        } catch (OutOfMemoryError noThread) {
            thread = null;
            run();
        }
    }

    /// A resource has met its end; the closer may go on.
    void somethingEnded() {
        Locks.lockInside(lock);
        try {
            signals++;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the end of the closing, and of its thread.
    ///
    /// @param nanos how long
    /// @throws InterruptedException if the caller was interrupted; the closing goes on
    public void await(long nanos) throws InterruptedException {
        if (done.await(nanos, TimeUnit.NANOSECONDS)) {
            Threads.join(thread);
        }
    }

    /// {@return what was achieved, or has been so far}
    public Result result() {
        Result last = result;
        return last != null ? last : assess();
    }

    private void run() {
        try {
            core.live().refuseNew();
            all = core.live().list();
            cleanInOrder(new CloseOrder(all));
        } catch (Throwable unexpected) {
            core.reports().internalFailure("close", unexpected);
        }
        try {
            giveUpTheRest();
            // what has just ended may not have been reported yet
            core.engine().awaitIdle(REPORTS_MAX_NANOS);
        } catch (Throwable unexpected) {
            core.reports().internalFailure("close", unexpected);
        }
        try {
            core.stop();
            result = assess();
        } catch (Throwable unexpected) {
            core.reports().internalFailure("close", unexpected);
        } finally {
            done.countDown();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void cleanInOrder(CloseOrder order) {
        long lastCallAt = beganAt + budgetNanos - lastCallNanos();
        long ownersUntil = beganAt + budgetNanos / 100 * OWNER_PERCENT;
        Tracked<?> current = null;
        long patienceUntil = beganAt;
        all.stream().filter(tracked -> !tracked.isOpen()).forEach(t -> runsBeside(t, order));
        while (true) {
            long seen = signals();
            long now = System.nanoTime();
            if (now - lastCallAt >= 0) {
                return;
            }
            releaseOwned(order, now - ownersUntil >= 0);
            if (current != null && current.isFinal()) {
                order.release(current);
                current = null;
            } else if (current != null && now - patienceUntil >= 0) {
                runsBeside(current, order);
                current = null;
            }
            if (current == null) {
                Tracked<?> next = order.next();
                if (next != null && next.isOpen()) {
                    current = next;
                    patienceUntil = now + (lastCallAt - now) / (order.left() + 2);
                    core.engine().submit(next, Word.EXIT_SHUTDOWN);
                    continue;
                } else if (next != null) {
                    runsBeside(next, order);
                    continue;
                } else if (order.left() == 0 && noneRunsBeside()) {
                    return;
                }
            }
            long until = current != null ? patienceUntil : lastCallAt;
            if (order.left() > 0 && now - ownersUntil < 0 && ownersUntil - until < 0) {
                until = ownersUntil;
            }
            pause(seen, until);
        }
    }

    private void runsBeside(Tracked<?> tracked, CloseOrder order) {
        beside.addLast(tracked);
        if (order.owns(tracked)) {
            ownersBeside.add(tracked);
        }
    }

    private boolean noneRunsBeside() {
        Tracked<?> head;
        while ((head = beside.peekFirst()) != null && head.isFinal()) {
            beside.pollFirst();
        }
        return head == null;
    }

    private void releaseOwned(CloseOrder order, boolean ready) {
        for (Iterator<Tracked<?>> i = ownersBeside.iterator(); i.hasNext(); ) {
            Tracked<?> owner = i.next();
            if (owner.isFinal()) {
                order.release(owner);
                i.remove();
            }
        }
        if (ready) {
            order.releaseAll();
        }
    }

    private void giveUpTheRest() {
        List<Tracked<?>> rest = new ArrayList<>(all);
        rest.removeIf(Tracked::isFinal);
        if (rest.isEmpty()) {
            return;
        }
        long end = beganAt + budgetNanos;
        core.engine().hurry(System.nanoTime(), end - lastCallNanos() / 4);
        giveUpUnstarted(rest);
        while (System.nanoTime() - end < 0) {
            long seen = signals();
            rest.removeIf(Tracked::isFinal);
            if (rest.isEmpty()) {
                return;
            }
            pause(seen, end);
        }
        // what went back into the queue meanwhile, for lack of a thread say
        giveUpUnstarted(rest);
        CleanupPatrol.abandonAll(core);
    }

    private void giveUpUnstarted(List<Tracked<?>> rest) {
        for (Tracked<?> tracked : rest) {
            if (core.abandonUnstarted(tracked)) {
                neverBegun.add(tracked);
            }
        }
    }

    private long lastCallNanos() {
        return Math.min(budgetNanos / 10, LAST_CALL_MAX_NANOS);
    }

    private long signals() {
        Locks.lockInside(lock);
        try {
            return signals;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long seen, long until) {
        Locks.lockInside(lock);
        try {
            long left;
            while (signals == seen && (left = until - System.nanoTime()) > 0) {
                ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // the closing goes on, and whose thread it is learns of it at the end
            interrupted = true;
        } finally {
            lock.unlock();
        }
    }

    private Result assess() {
        List<CloseReport.Unclean> unclean = new ArrayList<>();
        for (Tracked<?> tracked : all) {
            String reason = reason(tracked);
            if (reason != null) {
                unclean.add(new CloseReport.Unclean(tracked.name(), tracked.type(), reason));
            }
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - beganAt);
        return new Result(core.balance(), unclean, elapsed);
    }

    private @Nullable String reason(Tracked<?> tracked) {
        if (!neverBegun.contains(tracked)) {
            return Unclean.reason(tracked);
        }
        Throwable failure = tracked.failure();
        String budget = Describe.duration(Duration.ofNanos(budgetNanos));
        return failure == null
                ? "its cleanup was not begun within the budget of " + budget
                : "its cleanup failed and could not be tried again within the budget of "
                        + budget
                        + ": "
                        + Describe.failure(failure);
    }

    /// What a closing has achieved.
    ///
    /// @param balance of the registry
    /// @param unclean what is not cleaned up, and why
    /// @param elapsed since the beginning
    public record Result(
            ResourceBalance balance, List<CloseReport.Unclean> unclean, Duration elapsed) {}
}
