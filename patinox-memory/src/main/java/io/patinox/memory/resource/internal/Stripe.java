package io.patinox.memory.resource.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One list of live resources with its counts, newest first, under its own lock.
class Stripe {
    /*
     * The lock is one int: taken by a compare-and-set, given back by a release store, which costs
     * half of what a monitor does. It is held for a dozen plain accesses, and never while foreign
     * code runs or memory is allocated, so whoever finds it taken yields and tries again: a virtual
     * thread gives its carrier away, a platform thread its time slice, and if that has not helped
     * for a while (its holder may have been put off the processor and be of lower priority) it
     * sleeps in between. Threads spread over the stripes, so that this is rare.
     *
     * A walk takes the lock for its first and its last step only. In between it follows `next`
     * while others insert and remove. That is sound because nodes come in at the head alone, so the
     * order of nodes never changes, and because a node that is removed while any walk is under way
     * keeps its `next`. So from wherever a walk stands, on a node still listed or not, it reaches
     * every older node that is still listed: the `next` of a removed node was its successor when it
     * was removed, and if that has been removed since, it has kept its own. All nodes it can reach
     * were listed before it took the lock, so it sees them whole. Outside of walks `next` is
     * emptied, lest a closed guard that somebody keeps should keep what was listed behind it.
     */
    private static final int YIELDS = 64;
    private static final long PAUSE_NANOS = 50_000;
    private static final VarHandle LOCK =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "lock", VarHandle.class, Stripe.class, int.class);

    /// Acquisitions until the next one whose place is remembered. Unguarded: a lost update of two
    /// threads makes chance a little more so.
    int untilSample;

    /// The tick in which places were remembered last, and how many. Unguarded, likewise.
    long sampledTick;

    int sampledInTick;

    /// Cleanups seen, of which one in so many is timed. Unguarded, likewise.
    int cleanups;

    @SuppressWarnings("unused") // through LOCK
    private int lock;

    private boolean closed;
    private @Nullable Tracked<?> head;
    private int walks;
    private long acquired;
    private long cleaned;
    private long failed;
    private long abandoned;
    private long detached;

    private void lock() {
        if (!LOCK.compareAndSet(this, 0, 1)) {
            lockSlowly();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the holder needs a dozen instructions
    private void lockSlowly() {
        int tries = 0;
        while (!LOCK.compareAndSet(this, 0, 1)) {
            if (++tries % YIELDS == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                Thread.yield();
            }
        }
    }

    private void unlock() {
        LOCK.setRelease(this, 0);
    }

    /// Lists a fresh resource, unless the registry is closing.
    final boolean link(Tracked<?> tracked) {
        lock();
        try {
            if (closed) {
                return false;
            }
            acquired++;
            insert(tracked);
            return true;
        } finally {
            unlock();
        }
    }

    /// After this nothing is listed any more: whoever walks now sees all there ever will be.
    final void refuseNew() {
        lock();
        closed = true;
        unlock();
    }

    /// Takes a resource off the list and counts it as what it has become. After its final state was
    /// reached, by who reached it.
    final void unlink(Tracked<?> tracked, int end) {
        lock();
        try {
            remove(tracked);
            count(end);
        } finally {
            unlock();
        }
    }

    /// Ends a cleanup of the engine, unless it was abandoned before, and takes the resource off the
    /// list and counts it in the same step: whoever sees the outcome finds it counted.
    ///
    /// @return whether this call ended it
    final boolean endRun(Tracked<?> tracked, int end) {
        lock();
        try {
            if (!tracked.endRun(end)) {
                return false;
            }
            remove(tracked);
            count(end);
            return true;
        } finally {
            unlock();
        }
    }

    /// Counts a resource that was acquired but never listed.
    final void countUnlisted(int end) {
        lock();
        try {
            acquired++;
            count(end);
        } finally {
            unlock();
        }
    }

    private void count(int end) {
        if (end == Word.CLEANED) {
            cleaned++;
        } else if (end == Word.FAILED) {
            failed++;
        } else if (end == Word.ABANDONED) {
            abandoned++;
        } else {
            detached++;
        }
    }

    /// Adds this stripe's counts, without `open`.
    final void addCounts(Counts sum) {
        lock();
        sum.acquired += acquired;
        sum.cleaned += cleaned;
        sum.failed += failed;
        sum.abandoned += abandoned;
        sum.detached += detached;
        unlock();
    }

    /// {@return how many were acquired, maybe a little less}
    final long acquiredRoughly() {
        return acquired;
    }

    /// Passes every listed resource to the visitor, newest first, without the lock.
    ///
    /// What is listed meanwhile comes in at the head, behind the walk; what ends meanwhile may or
    /// may not be seen; what stays is seen once.
    final void walk(Consumer<Tracked<?>> visitor) {
        lock();
        walks++;
        Tracked<?> at = head;
        unlock();
        try {
            for (; at != null; at = at.next) {
                if (!at.isFinal()) {
                    visitor.accept(at);
                }
            }
        } finally {
            lock();
            walks--;
            unlock();
        }
    }

    private void insert(Tracked<?> node) {
        Tracked<?> follower = head;
        node.next = follower;
        if (follower != null) {
            follower.previous = node;
        }
        head = node;
    }

    private void remove(Tracked<?> node) {
        Tracked<?> before = node.previous;
        Tracked<?> after = node.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
            node.previous = null;
        }
        if (after != null) {
            after.previous = before;
            if (walks == 0) {
                node.next = null;
            }
        }
    }

    /// A sum under construction.
    static final class Counts {
        long acquired;
        long cleaned;
        long failed;
        long abandoned;
        long detached;
    }
}
