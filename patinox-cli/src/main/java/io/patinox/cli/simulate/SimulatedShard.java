package io.patinox.cli.simulate;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;

/// Replays a trace against an order, as the one shard of a cache would call it.
///
/// @param policy makes the order
record SimulatedShard(EvictionPolicy policy) implements Contender {

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public long hits(Trace trace, int size) {
        EvictionOrder order = policy.newOrder(size);
        boolean everyHit = policy.everyHit();
        SimulatedNode[] nodes = new SimulatedNode[trace.distinct()];
        int resident = 0;
        long hits = 0;
        for (int key : trace.keys()) {
            SimulatedNode node = nodes[key];
            if (node == null) {
                node = new SimulatedNode(key);
                nodes[key] = node;
            }
            if (node.resident) {
                hits++;
                node.hits++;
                if (everyHit || node.sampled) {
                    order.hit(node);
                }
                continue;
            }
            node.resident = true;
            node.hits = 0;
            node.mark((short) 0);
            node.sampled = order.samples(node.hash());
            order.added(node);
            for (resident++; resident > size; resident--) {
                evict(order).resident = false;
            }
        }
        return hits;
    }

    private SimulatedNode evict(EvictionOrder order) {
        PolicyNode node = order.evict();
        if (node instanceof SimulatedNode ours && ours.resident) {
            return ours;
        }
        throw new IllegalStateException(
                "policy %s evicted %s, which is no entry".formatted(name(), node));
    }
}
