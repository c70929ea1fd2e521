package io.patinox.memory.resource.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One list of live resources with its counts, newest first, under its own monitor.
///
/// The monitor is held for a few writes, never while foreign code runs.
class Stripe {
    /// How many resources one step of a walk may pass with the lock held.
    static final int STEP = 256;

    private @Nullable Tracked<?> head;
    private boolean closed;
    private long acquired;
    private long cleaned;
    private long failed;
    private long abandoned;
    private long detached;

    /// Lists a fresh resource, unless the registry is closing.
    synchronized boolean link(Tracked<?> tracked) {
        if (closed) {
            return false;
        }
        acquired++;
        insertBefore(tracked, head);
        return true;
    }

    /// After this nothing is listed any more: whoever walks now sees all there ever will be.
    synchronized void refuseNew() {
        closed = true;
    }

    /// Takes a resource to its end.
    ///
    /// @return false if it has met another end before
    synchronized boolean settle(Tracked<?> tracked, byte end) {
        if (!tracked.moveTo(end)) {
            return false;
        }
        unlink(tracked);
        count(end);
        return true;
    }

    /// Gives up a resource whose cleanup nobody has begun.
    synchronized boolean abandonUnstarted(Tracked<?> tracked) {
        if (!tracked.moveUnstartedToAbandoned()) {
            return false;
        }
        unlink(tracked);
        abandoned++;
        return true;
    }

    /// Counts a resource that was acquired but never listed.
    synchronized void countUnlisted(byte end) {
        acquired++;
        count(end);
    }

    private void count(byte end) {
        switch (end) {
            case Tracked.CLEANED -> cleaned++;
            case Tracked.FAILED -> failed++;
            case Tracked.ABANDONED -> abandoned++;
            case Tracked.DETACHED -> detached++;
            default -> throw new IllegalArgumentException("not an end: " + end);
        }
    }

    /// Adds this stripe's counts, without `open`.
    synchronized void addCounts(Counts sum) {
        sum.acquired += acquired;
        sum.cleaned += cleaned;
        sum.failed += failed;
        sum.abandoned += abandoned;
        sum.detached += detached;
    }

    /// Passes every listed resource to the visitor, without the lock.
    ///
    /// The walk goes in steps: each takes a batch under the lock and leaves a cursor in the list
    /// where it stopped. What is listed meanwhile comes in at the head, behind the walk; what ends
    /// meanwhile may or may not be seen; what stays is seen once.
    void walk(Consumer<Tracked<?>> visitor) {
        Tracked<?>[] batch = new Tracked<?>[STEP];
        Tracked<?> cursor = null;
        do {
            int taken = 0;
            synchronized (this) {
                Tracked<?> at = cursor == null ? head : cursor.next;
                if (cursor != null) {
                    unlink(cursor);
                }
                Tracked<?> last = null;
                for (; at != null && taken < STEP; at = at.next) {
                    last = at;
                    if (at.state() != Tracked.CURSOR) {
                        batch[taken++] = at;
                    }
                }
                if (at == null || last == null) {
                    cursor = null;
                } else {
                    cursor = new Tracked<>(last.spec);
                    insertBefore(cursor, at);
                }
            }
            boolean visited = false;
            try {
                for (int i = 0; i < taken; i++) {
                    visitor.accept(batch[i]);
                }
                visited = true;
            } finally {
                if (!visited && cursor != null) {
                    drop(cursor);
                }
            }
        } while (cursor != null);
    }

    private synchronized void drop(Tracked<?> cursor) {
        unlink(cursor);
    }

    private void insertBefore(Tracked<?> node, @Nullable Tracked<?> follower) {
        Tracked<?> leader = follower == null ? null : follower.previous;
        node.next = follower;
        node.previous = leader;
        if (follower != null) {
            follower.previous = node;
        }
        if (leader == null) {
            head = node;
        } else {
            leader.next = node;
        }
    }

    private void unlink(Tracked<?> node) {
        Tracked<?> before = node.previous;
        Tracked<?> after = node.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        node.previous = null;
        node.next = null;
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
