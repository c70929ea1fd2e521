package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.CleanupPriority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The cleanups that wait for their turn. Guarded by the lock of the engine.
final class CleanupLanes {
    /*
     * A lane a priority, first in first out. The most urgent lane that has something goes first,
     * but for ageing: a lane that was passed over PASSES_MAX times since it was last served goes
     * next, whatever its priority. So a flood of CRITICAL leaves one turn in PASSES_MAX + 1 to each
     * lane below, and whatever heads its lane begins after at most PASSES_MAX + 2 others (two, for
     * the other lanes that may have aged likewise). Turns are counted instead of time, because in
     * a long backlog everything is old, and a cleanup that has just become CRITICAL must not go
     * behind a million that have waited for a minute.
     *
     * A type may have a bound of its own on how many of its cleanups run at once. What comes to the
     * head while its type is at the bound steps aside, in order, and goes before the lane as soon
     * as its type has room again: it was there before all that is left in the lane.
     */
    static final int PASSES_MAX = 16;

    private final Map<CleanupPriority, Lane> byPriority = new EnumMap<>(CleanupPriority.class);
    private final List<Lane> lanes = new ArrayList<>();

    CleanupLanes() {
        for (CleanupPriority priority : CleanupPriority.values()) {
            Lane lane = new Lane();
            byPriority.put(priority, lane);
            lanes.add(lane);
        }
    }

    private Lane lane(CleanupPriority priority) {
        return Objects.requireNonNull(byPriority.get(priority));
    }

    void add(Tracked<?> tracked, CleanupPriority priority) {
        lane(priority).main.addLast(tracked);
    }

    /// Adds one that has waited before: it goes ahead of those that came since.
    void addFirst(Tracked<?> tracked, CleanupPriority priority) {
        lane(priority).main.addFirst(tracked);
    }

    int size() {
        int sum = 0;
        for (Lane lane : lanes) {
            sum += lane.size();
        }
        return sum;
    }

    /// Finds whose turn it is, and leaves it where it is.
    ///
    /// @param wanted tells which entries still count; the others are dropped
    /// @return the next one, or null if nothing can begin now
    @Nullable Tracked<?> peek(Predicate<Tracked<?>> wanted) {
        for (Lane lane : lanes) {
            if (lane.passes >= PASSES_MAX) {
                Tracked<?> aged = lane.peek(wanted);
                if (aged != null) {
                    return aged;
                }
                lane.passes = 0;
            }
        }
        for (Lane lane : lanes) {
            Tracked<?> head = lane.peek(wanted);
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    /// Takes out what [#peek] has found.
    void remove(Tracked<?> found) {
        Lane served = null;
        for (Lane lane : lanes) {
            if (served == null && lane.poll(found)) {
                served = lane;
                lane.passes = 0;
            } else if (served != null && !lane.isEmpty()) {
                lane.passes++;
            }
        }
    }

    /// The cleanups of one priority.
    private static final class Lane {
        private final ArrayDeque<Tracked<?>> main = new ArrayDeque<>();
        private final Map<Kind, ArrayDeque<Tracked<?>>> aside = new LinkedHashMap<>();
        private @Nullable ArrayDeque<Tracked<?>> from;
        private int passes;

        boolean isEmpty() {
            return main.isEmpty() && aside.isEmpty();
        }

        int size() {
            return main.size() + aside.values().stream().mapToInt(ArrayDeque::size).sum();
        }

        @Nullable Tracked<?> peek(Predicate<Tracked<?>> wanted) {
            for (var i = aside.entrySet().iterator(); i.hasNext(); ) {
                var entry = i.next();
                if (entry.getKey().mayRun()) {
                    Tracked<?> head = head(entry.getValue(), wanted);
                    if (head != null) {
                        from = entry.getValue();
                        return head;
                    }
                    i.remove();
                }
            }
            Tracked<?> head;
            while ((head = head(main, wanted)) != null) {
                Kind kind = head.spec().kind();
                if (kind.mayRun()) {
                    from = main;
                    return head;
                }
                aside.computeIfAbsent(kind, k -> new ArrayDeque<>()).addLast(head);
                main.pollFirst();
            }
            from = null;
            return null;
        }

        private static @Nullable Tracked<?> head(
                ArrayDeque<Tracked<?>> queue, Predicate<Tracked<?>> wanted) {
            Tracked<?> head;
            while ((head = queue.peekFirst()) != null && !wanted.test(head)) {
                queue.pollFirst();
            }
            return head;
        }

        boolean poll(Tracked<?> found) {
            ArrayDeque<Tracked<?>> queue = from;
            from = null;
            if (queue == null || !found.equals(queue.peekFirst())) {
                return false;
            }
            queue.pollFirst();
            return true;
        }
    }
}
