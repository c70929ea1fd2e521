package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Does with an order what a shard of a cache does, and nothing more.
final class TestCache {

    final Map<Integer, TestNode> nodes = new HashMap<>();
    final EvictionOrder order;
    final List<Integer> evicted = new ArrayList<>();
    long capacity;
    long weight;
    private final boolean everyHit;
    private final IntUnaryOperator hash;

    TestCache(EvictionPolicy policy, long capacity) {
        this(policy, capacity, TestNode::hash);
    }

    TestCache(EvictionPolicy policy, long capacity, IntUnaryOperator hash) {
        this.order = policy.newOrder(capacity);
        this.capacity = capacity;
        this.everyHit = policy.everyHit();
        this.hash = hash;
    }

    /// Uses a key, which is added if it is not there.
    ///
    /// @return whether it was
    boolean use(int key) {
        return use(key, 1, 1);
    }

    boolean use(int key, long itsWeight, long itsCost) {
        TestNode node = nodes.get(key);
        if (node != null) {
            node.hits++;
            if (everyHit || node.sampled) {
                order.hit(node);
            }
            return true;
        }
        node = new TestNode(key, hash.applyAsInt(key));
        node.weight = itsWeight;
        node.cost = itsCost;
        node.sampled = order.samples(node.hash());
        nodes.put(key, node);
        weight += itsWeight;
        order.added(node);
        makeRoom();
        return false;
    }

    void remove(int key) {
        TestNode node = nodes.remove(key);
        if (node != null) {
            weight -= node.weight;
            order.removed(node);
        }
    }

    void reweigh(int key, long newWeight) {
        TestNode node = nodes.get(key);
        if (node != null) {
            long old = node.weight;
            node.weight = newWeight;
            weight += newWeight - old;
            order.updated(node, old);
            makeRoom();
        }
    }

    void resize(long newCapacity) {
        capacity = newCapacity;
        order.resized(newCapacity);
        makeRoom();
    }

    int evictOne() {
        PolicyNode node = order.evict();
        assertThat(node).as("of %d entries", nodes.size()).isInstanceOf(TestNode.class);
        TestNode gone = (TestNode) node;
        assertThat(nodes.remove(gone.key)).isSameAs(gone);
        weight -= gone.weight;
        evicted.add(gone.key);
        return gone.key;
    }

    private void makeRoom() {
        while (weight > capacity) {
            evictOne();
        }
    }

    /// Replays keys.
    ///
    /// @return the share of hits, in percent
    double replay(int[] keys) {
        int hits = 0;
        for (int key : keys) {
            hits += use(key) ? 1 : 0;
        }
        return 100.0 * hits / keys.length;
    }
}
