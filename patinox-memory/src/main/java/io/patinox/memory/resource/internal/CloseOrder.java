package io.patinox.memory.resource.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The order in which a registry that closes cleans up: owners before what they own; else by
/// priority, the most urgent first; else the newest first.
///
/// What has an owner that still lives waits until that has ended, whatever the priorities. An owner
/// existed before what it owns, so there are no cycles. Used by one thread.
final class CloseOrder {
    private final PriorityQueue<Entry> ready =
            new PriorityQueue<>(
                    Comparator.comparing((Entry e) -> e.tracked.spec().priority())
                            .thenComparing(Entry::newestFirst)
                            .thenComparingInt(Entry::position));
    private final Map<Tracked<?>, List<Entry>> owned = new HashMap<>();
    private int left;

    /// Takes the resources in the order of the list: stripe by stripe, newer ones of a stripe
    /// first.
    ///
    /// Times are coarse, and those of a stripe need not fall along its list; the list is right
    /// about what one thread acquired after what. So within a stripe a time counts as no later than
    /// those before it.
    CloseOrder(List<Tracked<?>> all) {
        int stripe = -1;
        long latest = 0;
        for (Tracked<?> tracked : all) {
            long micros = tracked.acquiredMicros();
            int itsStripe = Word.stripe(tracked.word());
            latest = stripe == itsStripe ? Math.min(latest, micros) : micros;
            stripe = itsStripe;
            Entry entry = new Entry(tracked, latest, left++);
            Tracked<?> owner = tracked.spec().owner();
            if (owner == null || owner.isFinal()) {
                ready.add(entry);
            } else {
                owned.computeIfAbsent(owner, o -> new ArrayList<>()).add(entry);
            }
        }
    }

    /// {@return how many have not been handed out}
    int left() {
        return left;
    }

    /// {@return the next, or null if all that are left wait for their owners}
    @Nullable Tracked<?> next() {
        Entry entry = ready.poll();
        if (entry == null) {
            return null;
        }
        left--;
        return entry.tracked;
    }

    /// {@return whether something waits for the end of this one}
    boolean owns(Tracked<?> tracked) {
        return owned.containsKey(tracked);
    }

    /// An owner has ended: what it owned may follow.
    void release(Tracked<?> owner) {
        List<Entry> entries = owned.remove(owner);
        if (entries != null) {
            ready.addAll(entries);
        }
    }

    /// There is no more time to wait for owners.
    void releaseAll() {
        owned.values().forEach(ready::addAll);
        owned.clear();
    }

    private record Entry(Tracked<?> tracked, long micros, int position) {
        static int newestFirst(Entry a, Entry b) {
            return Long.compare(b.micros, a.micros);
        }
    }
}
