package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// CLOCK (Corbató, 1968), as the queue it is equal to: the oldest entry goes, unless it was hit;
/// then it loses its hits and counts as new.
final class ClockOrder extends LateOrder {

    private final NodeQueue queue = new NodeQueue();

    ClockOrder(long capacity) {
        super(capacity);
    }

    @Override
    void enter(PolicyNode node) {
        queue.addLast(node);
    }

    @Override
    void leave(PolicyNode node) {
        queue.remove(node);
    }

    @Override
    void reweighed(PolicyNode node, long oldWeight) {
        queue.reweighed(node, oldWeight);
    }

    @Override
    @Nullable PolicyNode choose() {
        for (int step = 0; step < PATIENCE; step++) {
            PolicyNode node = queue.first();
            if (node == null) {
                return null;
            }
            if (node.takeHits() == 0) {
                break;
            }
            queue.moveLast(node);
        }
        return queue.removeFirst();
    }
}
