package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// Calls the order of a policy, which may be a user's, so that nothing it throws gets into a cache
/// in the middle of a change. It is remembered, and reported by who has no lock.
final class GuardedOrder {

    private final EvictionOrder order;
    private final Troubles troubles;

    GuardedOrder(EvictionOrder order, Troubles troubles) {
        this.order = order;
        this.troubles = troubles;
    }

    void added(PolicyNode node) {
        try {
            order.added(node);
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
        }
    }

    boolean samples(int hash) {
        try {
            return order.samples(hash);
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
            return false;
        }
    }

    void hit(PolicyNode node) {
        try {
            order.hit(node);
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
        }
    }

    void updated(PolicyNode node, long oldWeight) {
        try {
            order.updated(node, oldWeight);
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
        }
    }

    void removed(PolicyNode node) {
        try {
            order.removed(node);
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
        }
    }

    @Nullable PolicyNode evict() {
        try {
            return order.evict();
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
            return null;
        }
    }

    void resized(long capacity) {
        try {
            order.resized(capacity);
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
        }
    }

    long rank(PolicyNode node) {
        try {
            return order.rank(node);
        } catch (Throwable thrown) {
            troubles.add("policy", thrown);
            return 0;
        }
    }
}
