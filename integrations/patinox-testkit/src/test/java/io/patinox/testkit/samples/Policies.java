package io.patinox.testkit.samples;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import io.patinox.testkit.EvictionPolicyContract;

/// Policies that break the contract, each in its way.
public final class Policies {

    private Policies() {}

    /// A queue that a sample spoils. Policies are their own orders, which is wrong by itself.
    abstract static class Queue implements EvictionPolicy, EvictionOrder {
        final NodeQueue queue = new NodeQueue();

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public EvictionOrder newOrder(long capacity) {
            try {
                return getClass().getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void added(PolicyNode node) {
            queue.addLast(node);
        }

        @Override
        public void removed(PolicyNode node) {
            queue.remove(node);
        }

        @Override
        public PolicyNode evict() {
            return queue.isEmpty() ? null : queue.removeFirst();
        }
    }

    static final class Named extends Queue {
        @Override
        public String name() {
            return "not a name";
        }
    }

    public static final class BadName implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return new Named();
        }
    }

    static final class Single extends Queue {
        @Override
        public EvictionOrder newOrder(long capacity) {
            return this;
        }
    }

    public static final class SharesItsOrder implements EvictionPolicyContract {
        private final EvictionPolicy policy = new Single();

        @Override
        public EvictionPolicy policy() {
            return policy;
        }
    }

    static final class Lossy extends Queue {
        @Override
        public void added(PolicyNode node) {
            if (node.hash() % 7 != 0) {
                queue.addLast(node);
            }
        }

        @Override
        public void removed(PolicyNode node) {
            if (node.hash() % 7 != 0) {
                queue.remove(node);
            }
        }
    }

    public static final class LosesEntries implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return new Lossy();
        }
    }

    static final class Deaf extends Queue {
        @Override
        public void removed(PolicyNode node) {}
    }

    public static final class IgnoresRemovals implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return new Deaf();
        }
    }

    static final class Thrower extends Queue {
        @Override
        public void resized(long capacity) {
            throw new IllegalStateException("no");
        }
    }

    public static final class ThrowsWhenResized implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return new Thrower();
        }

        @Override
        public long seed() {
            return 77;
        }
    }

    static final class Walker extends Queue {
        @Override
        public PolicyNode evict() {
            PolicyNode first = queue.first();
            for (PolicyNode node = first; node != null; node = queue.after(node)) {
                node.hits();
            }
            return super.evict();
        }
    }

    public static final class WalksOverAll implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return new Walker();
        }
    }

    static final class Spinner extends Queue {
        @Override
        public PolicyNode evict() {
            while (!queue.isEmpty()) {
                queue.first().hits();
            }
            return null;
        }
    }

    public static final class NeverEnds implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return new Spinner();
        }
    }
}
