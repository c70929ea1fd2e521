package io.patinox.contract.cache;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A policy that lets another decide, and sees whether the cache keeps its side of the contract:
/// every node is added once and leaves once, and nobody calls an order while somebody else does.
final class WatchedPolicy implements EvictionPolicy {

    private final EvictionPolicy policy;
    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();

    WatchedPolicy(EvictionPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public EvictionOrder newOrder(long capacity) {
        Order order = new Order(policy.newOrder(capacity));
        orders.add(order);
        return order;
    }

    @Override
    public boolean everyHit() {
        return policy.everyHit();
    }

    /// Returns what was wrong.
    List<String> breaches() {
        return breaches;
    }

    /// Returns how many nodes the orders know.
    int known() {
        return orders.stream().mapToInt(order -> order.known.size()).sum();
    }

    private final class Order implements EvictionOrder {

        private final EvictionOrder order;
        private final Set<PolicyNode> known = Collections.newSetFromMap(new IdentityHashMap<>());
        private @Nullable Thread caller;

        Order(EvictionOrder order) {
            this.order = order;
        }

        private void breach(String what) {
            breaches.add(what);
        }

        private void enter() {
            if (caller != null && caller != Thread.currentThread()) {
                breach("called by two threads at once");
            }
            caller = Thread.currentThread();
        }

        private void leave() {
            caller = null;
        }

        @Override
        public void added(PolicyNode node) {
            enter();
            if (!known.add(node)) {
                breach("added twice");
            }
            if (node.mark() != 0 || node.before() != null || node.after() != null) {
                breach("added with the notes of another life");
            }
            order.added(node);
            leave();
        }

        @Override
        public void hit(PolicyNode node) {
            enter();
            if (!known.contains(node)) {
                breach("hit, but not known");
            }
            order.hit(node);
            leave();
        }

        @Override
        public void updated(PolicyNode node, long oldWeight) {
            enter();
            if (!known.contains(node)) {
                breach("updated, but not known");
            }
            order.updated(node, oldWeight);
            leave();
        }

        @Override
        public void removed(PolicyNode node) {
            enter();
            if (!known.remove(node)) {
                breach("removed, but not known");
            }
            order.removed(node);
            leave();
        }

        @Override
        public @Nullable PolicyNode evict() {
            enter();
            PolicyNode node = order.evict();
            if (node != null && !known.remove(node)) {
                breach("the policy evicts what it does not know");
            }
            if (node == null && !known.isEmpty()) {
                breach("the policy evicts nothing, but knows " + known.size());
            }
            leave();
            return node;
        }

        @Override
        public void resized(long capacity) {
            enter();
            order.resized(capacity);
            leave();
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
