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
        waiter.previous = tail;
        waiter.next = null;
        if (tail == null) {
            head = waiter;
        } else {
            tail.next = waiter;
        }
        tail = waiter;
        waiter.queued = true;
        size++;
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

    boolean isHead(Waiter waiter) {
        return waiter.queued && waiter.previous == null;
    }

    @Nullable Waiter head() {
        return head;
    }

    int size() {
        return size;
    }
}
