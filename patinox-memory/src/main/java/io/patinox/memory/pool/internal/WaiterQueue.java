package io.patinox.memory.pool.internal;

import org.jspecify.annotations.Nullable;

/// The waiters in the order of their tickets: a doubly linked list, so that one who gives up leaves
/// from the middle in constant time. Guarded by the engine's lock.
final class WaiterQueue {
    private @Nullable Waiter head;
    private @Nullable Waiter tail;
    private long nextTicket = 1;
    private int size;

    /// Appends a waiter and gives it the next ticket.
    void append(Waiter waiter) {
        waiter.ticket = nextTicket++;
        insertAfter(tail, waiter);
    }

    /// Puts a waiter back to where its ticket belongs, which is at or near the head.
    void restore(Waiter waiter) {
        Waiter before = null;
        Waiter at = head;
        while (at != null && at.ticket < waiter.ticket) {
            before = at;
            at = at.next;
        }
        insertAfter(before, waiter);
    }

    void remove(Waiter waiter) {
        Waiter before = waiter.previous;
        Waiter after = waiter.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
        waiter.previous = null;
        waiter.next = null;
        waiter.queued = false;
        size--;
    }

    @Nullable Waiter head() {
        return head;
    }

    int size() {
        return size;
    }

    private void insertAfter(@Nullable Waiter before, Waiter waiter) {
        Waiter after = before == null ? head : before.next;
        waiter.previous = before;
        waiter.next = after;
        if (before == null) {
            head = waiter;
        } else {
            before.next = waiter;
        }
        if (after == null) {
            tail = waiter;
        } else {
            after.previous = waiter;
        }
        waiter.queued = true;
        size++;
    }
}
