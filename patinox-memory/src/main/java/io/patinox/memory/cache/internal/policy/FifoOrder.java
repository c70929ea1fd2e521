package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// First in, first out. With `rewritten`, an entry whose value is replaced counts as new, so the
/// one that was written first goes: the order in which equal lifetimes end.
final class FifoOrder implements EvictionOrder {

    private final NodeQueue queue = new NodeQueue();
    private final boolean rewritten;

    FifoOrder(boolean rewritten) {
        this.rewritten = rewritten;
    }

    @Override
    public void added(PolicyNode node) {
        queue.addLast(node);
    }

    @Override
    public void updated(PolicyNode node, long oldWeight) {
        queue.reweighed(node, oldWeight);
        if (rewritten) {
            queue.moveLast(node);
        }
    }

    @Override
    public void removed(PolicyNode node) {
        queue.remove(node);
    }

    @Override
    public @Nullable PolicyNode evict() {
        return queue.isEmpty() ? null : queue.removeFirst();
    }
}
