package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Another policy, of whose entries it is known which it knows.
final class KnowingPolicy implements EvictionPolicy {

    private final EvictionPolicy policy;
    final List<Knowing> orders = new ArrayList<>();

    KnowingPolicy(EvictionPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public boolean everyHit() {
        return policy.everyHit();
    }

    @Override
    public EvictionOrder newOrder(long capacity) {
        Knowing order = new Knowing(policy.newOrder(capacity));
        orders.add(order);
        return order;
    }

    /// One order, with what it knows.
    static final class Knowing implements EvictionOrder {
        private final EvictionOrder order;
        final Set<PolicyNode> known = Collections.newSetFromMap(new IdentityHashMap<>());
        int wrong;

        Knowing(EvictionOrder order) {
            this.order = order;
        }

        @Override
        public void added(PolicyNode node) {
            wrong += known.add(node) ? 0 : 1;
            order.added(node);
        }

        @Override
        public void hit(PolicyNode node) {
            wrong += known.contains(node) ? 0 : 1;
            order.hit(node);
        }

        @Override
        public void updated(PolicyNode node, long oldWeight) {
            wrong += known.contains(node) ? 0 : 1;
            order.updated(node, oldWeight);
        }

        @Override
        public void removed(PolicyNode node) {
            wrong += known.remove(node) ? 0 : 1;
            order.removed(node);
        }

        @Override
        public @Nullable PolicyNode evict() {
            PolicyNode node = order.evict();
            if (node != null) {
                wrong += known.remove(node) ? 0 : 1;
            }
            return node;
        }

        @Override
        public void resized(long capacity) {
            order.resized(capacity);
        }

        @Override
        public boolean samples(int hash) {
            return order.samples(hash);
        }

        @Override
        public long rank(PolicyNode node) {
            return order.rank(node);
        }
    }
}
