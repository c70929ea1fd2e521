package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// SIEVE (Zhang et al., NSDI 2024): a hand walks over the queue from the oldest entry to the newest
/// and takes the first without hits. Unlike CLOCK it leaves those it passes where they are, so new
/// entries are tried soon and old ones that proved good are left in peace.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
final class SieveOrder extends LateOrder {

    private final NodeQueue queue = new NodeQueue();

    // where the next eviction begins; null for the oldest entry
    private @Nullable PolicyNode hand;

    SieveOrder(long capacity) {
        super(capacity);
    }

    @Override
    void enter(PolicyNode node) {
        queue.addLast(node);
    }

    @Override
    void leave(PolicyNode node) {
        if (hand == node) {
            hand = queue.after(node);
        }
        queue.remove(node);
    }

    @Override
    void reweighed(PolicyNode node, long oldWeight) {
        queue.reweighed(node, oldWeight);
    }

    @Override
    @Nullable PolicyNode choose() {
        PolicyNode node = hand == null ? queue.first() : hand;
        for (int step = 0; node != null && step < PATIENCE && node.takeHits() > 0; step++) {
            PolicyNode next = queue.after(node);
            node = next == null ? queue.first() : next;
        }
        if (node != null) {
            hand = queue.after(node);
            queue.remove(node);
        }
        return node;
    }
}
