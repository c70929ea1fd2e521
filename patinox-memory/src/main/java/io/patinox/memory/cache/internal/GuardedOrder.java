package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// Calls the order of a policy, which may be a user's, so that nothing it throws gets into a cache
/// in the middle of a change. It is remembered, and reported by who has no lock.
final class GuardedOrder {

    private final EvictionOrder order;
    private @Nullable Throwable failure;

    GuardedOrder(EvictionOrder order) {
        this.order = order;
    }

    void added(PolicyNode node) {
        try {
            order.added(node);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    boolean samples(int hash) {
        try {
            return order.samples(hash);
        } catch (Throwable thrown) {
            failure = thrown;
            return false;
        }
    }

    void hit(PolicyNode node) {
        try {
            order.hit(node);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    void updated(PolicyNode node, long oldWeight) {
        try {
            order.updated(node, oldWeight);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    void removed(PolicyNode node) {
        try {
            order.removed(node);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    @Nullable PolicyNode evict() {
        try {
            return order.evict();
        } catch (Throwable thrown) {
            failure = thrown;
            return null;
        }
    }

    void resized(long capacity) {
        try {
            order.resized(capacity);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    long rank(PolicyNode node) {
        try {
            return order.rank(node);
        } catch (Throwable thrown) {
            failure = thrown;
            return 0;
        }
    }

    /// {@return what the order threw since this was last asked, or null}
    @Nullable Throwable takeFailure() {
        Throwable taken = failure;
        failure = null;
        return taken;
    }
}
