package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// To be replaced.
public final class SecondChance implements EvictionPolicy {
    /// Creates it.
    public SecondChance() {}

    @Override
    public String name() {
        return "second-chance";
    }

    @Override
    public EvictionOrder newOrder(long capacity) {
        NodeQueue queue = new NodeQueue();
        return new EvictionOrder() {
            @Override
            public void added(PolicyNode node) {
                queue.addLast(node);
            }

            @Override
            public void removed(PolicyNode node) {
                queue.remove(node);
            }

            @Override
            public @Nullable PolicyNode evict() {
                for (int n = queue.size(); n > 0; n--) {
                    PolicyNode first = queue.removeFirst();
                    if (first.takeHits() == 0) {
                        return first;
                    }
                    queue.addLast(first);
                }
                return queue.isEmpty() ? null : queue.removeFirst();
            }
        };
    }
}
