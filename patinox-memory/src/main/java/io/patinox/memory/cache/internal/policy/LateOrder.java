package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// An order in which the newest entry takes its place only when the next one comes.
///
/// The textbook makes room first and then inserts; a cache inserts first and then makes room. A
/// newcomer has no hits yet, so a policy that looks for entries without hits would find just that
/// one, and never let anybody in. Here the newcomer stands outside until the next one comes, and
/// goes only if nobody else is left, or if it could not stay anyway.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
abstract class LateOrder implements EvictionOrder {

    /// How many nodes an eviction looks at before it takes one whatever its hits.
    static final int PATIENCE = 1024;

    private long capacity;
    private @Nullable PolicyNode newest;

    LateOrder(long capacity) {
        this.capacity = capacity;
    }

    /// Returns how much there is room for.
    final long capacity() {
        return capacity;
    }

    /// Returns the entry that has no place yet, or null.
    final @Nullable PolicyNode newest() {
        return newest;
    }

    /// Gives an entry its place.
    abstract void enter(PolicyNode node);

    /// Takes away an entry that has a place.
    abstract void leave(PolicyNode node);

    /// Notes that an entry that has a place weighs something else.
    abstract void reweighed(PolicyNode node, long oldWeight);

    /// Chooses an entry that has a place, and takes it away; null if none has one.
    abstract @Nullable PolicyNode choose();

    @Override
    public final void added(PolicyNode node) {
        PolicyNode former = newest;
        newest = node;
        if (former != null) {
            enter(former);
        }
    }

    @Override
    public final void updated(PolicyNode node, long oldWeight) {
        if (node != newest) {
            reweighed(node, oldWeight);
        }
    }

    @Override
    public final void removed(PolicyNode node) {
        if (node == newest) {
            newest = null;
        } else {
            leave(node);
        }
    }

    @Override
    public final @Nullable PolicyNode evict() {
        PolicyNode last = newest;
        PolicyNode chosen = choose();
        if (chosen == null) {
            newest = null;
            return last;
        }
        return chosen;
    }

    @Override
    public void resized(long newCapacity) {
        capacity = newCapacity;
    }
}
