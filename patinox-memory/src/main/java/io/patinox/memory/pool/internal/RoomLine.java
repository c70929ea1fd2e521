package io.patinox.memory.pool.internal;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys that wait for room under the total limit of a keyed pool, in the order in which they
/// take turns. Guarded by the lock of its [TotalLimit].
final class RoomLine {
    /*
     * Three queues. Keys that have nothing come before keys that only want more, since those are
     * served by what they have. Keys whose attempts fail stand apart, so that a limit on them holds
     * up nobody else; between them and the keys that have nothing, the older ticket decides.
     *
     * A key that no longer wants anything is not taken out but passed over when it gets to the
     * head; one whose standing has changed meanwhile is put into the right queue then.
     */
    enum Standing {
        /// It has nothing.
        BARE,
        /// Its last attempt to create failed.
        FAILING,
        /// It has something and wants more.
        GROWING
    }

    private final Map<Standing, ArrayDeque<KeyShare<?, ?>>> queues = new EnumMap<>(Standing.class);
    private long tickets;
    private int size;

    RoomLine() {
        for (Standing standing : Standing.values()) {
            queues.put(standing, new ArrayDeque<>());
        }
    }

    /// Puts a key at the end, unless it stands in line.
    void enter(KeyShare<?, ?> share) {
        if (!share.inLine) {
            share.inLine = true;
            share.ticket = ++tickets;
            queue(share.standing()).add(share);
            size++;
        }
    }

    /// {@return the key whose turn it is, which stays where it is; null when there is none}
    ///
    /// @param failingToo whether it may be one whose attempts fail
    @Nullable KeyShare<?, ?> front(boolean failingToo) {
        KeyShare<?, ?> bare = head(Standing.BARE);
        KeyShare<?, ?> failing = failingToo ? head(Standing.FAILING) : null;
        if (bare == null && failing == null) {
            return head(Standing.GROWING);
        }
        return bare == null || (failing != null && failing.ticket < bare.ticket) ? failing : bare;
    }

    /// Takes the key out that [#front] returned.
    void leave(KeyShare<?, ?> front) {
        for (ArrayDeque<KeyShare<?, ?>> queue : queues.values()) {
            if (queue.peek() == front) {
                remove(queue);
                return;
            }
        }
    }

    /// Puts the key that [#front] returned behind its like.
    void stepBack(KeyShare<?, ?> front) {
        leave(front);
        enter(front);
    }

    int size() {
        return size;
    }

    private @Nullable KeyShare<?, ?> head(Standing standing) {
        ArrayDeque<KeyShare<?, ?>> queue = queue(standing);
        for (KeyShare<?, ?> head = queue.peek(); head != null; head = queue.peek()) {
            if (!head.wants()) {
                remove(queue);
            } else if (head.standing() != standing) {
                remove(queue);
                enter(head);
            } else {
                return head;
            }
        }
        return null;
    }

    private void remove(ArrayDeque<KeyShare<?, ?>> queue) {
        KeyShare<?, ?> head = queue.poll();
        if (head != null) {
            head.inLine = false;
            size--;
        }
    }

    private ArrayDeque<KeyShare<?, ?>> queue(Standing standing) {
        ArrayDeque<KeyShare<?, ?>> queue = queues.get(standing);
        if (queue == null) {
            throw new IllegalStateException("no queue for " + standing);
        }
        return queue;
    }
}
