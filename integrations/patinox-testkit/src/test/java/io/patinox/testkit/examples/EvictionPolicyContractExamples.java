package io.patinox.testkit.examples;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import io.patinox.testkit.EvictionPolicyContract;
import org.junit.jupiter.api.Nested;

class EvictionPolicyContractExamples {

    // @start region="contract"
    @Nested
    class YoungestFirstTest implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return new YoungestFirst();
        }
    }

    // @end region="contract"

    // @start region="policy"
    static final class YoungestFirst implements EvictionPolicy {
        @Override
        public String name() {
            return "youngest-first";
        }

        @Override
        public EvictionOrder newOrder(long capacity) {
            return new EvictionOrder() {
                private final NodeQueue queue = new NodeQueue();

                @Override
                public void added(PolicyNode node) {
                    queue.addFirst(node);
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
                public PolicyNode evict() {
                    return queue.isEmpty() ? null : queue.removeFirst();
                }
            };
        }
    }
    // @end region="policy"
}
