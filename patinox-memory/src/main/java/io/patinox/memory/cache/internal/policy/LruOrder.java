package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// Least recently used, exactly: the entry goes whose last hit, or whose coming, is longest ago.
final class LruOrder implements EvictionOrder {

    private final NodeQueue queue = new NodeQueue();

    @Override
    public void added(PolicyNode node) {
        queue.addLast(node);
    }

    @Override
    public void hit(PolicyNode node) {
        queue.moveLast(node);
    }

    @Override
    public void updated(PolicyNode node, long oldWeight) {
        queue.reweighed(node, oldWeight);
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
