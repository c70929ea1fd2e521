package io.patinox.memory.pool.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/// The largest of the counts that were noted within a time. For one thread.
final class WorkingSet {
    /// A count is kept only while it is larger than all later ones, so there are no more than there
    /// are different counts, and the first is the largest.
    private final Deque<Noted> noted = new ArrayDeque<>();

    private record Noted(long atNanos, int count) {}

    /// Notes a count.
    ///
    /// @param now the time
    /// @param count what was counted
    /// @param windowNanos how far back counts matter
    /// @return the largest that matters
    int peak(long now, int count, long windowNanos) {
        while (!noted.isEmpty() && noted.getLast().count <= count) {
            noted.removeLast();
        }
        noted.addLast(new Noted(now, count));
        while (now - noted.getFirst().atNanos >= windowNanos && noted.size() > 1) {
            noted.removeFirst();
        }
        return noted.getFirst().count;
    }
}
