package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.junit.jupiter.api.Test;

/// A policy of one's own, as the documentation shows it.
class EvictionPolicyExamples {

    // @start region="policy"
    /// Two queues: an entry that was hit on trial is kept, and goes only when nobody is on trial.
    static final class TrialPolicy implements EvictionPolicy {
        @Override
        public String name() {
            return "trial";
        }

        @Override
        public EvictionOrder newOrder(long capacity) {
            return new TrialOrder();
        }
    }

    static final class TrialOrder implements EvictionOrder {
        private static final short KEPT = 1; // a new node has mark 0

        private final NodeQueue trial = new NodeQueue();
        private final NodeQueue kept = new NodeQueue();

        @Override
        public void added(PolicyNode node) {
            trial.addLast(node);
        }

        @Override
        public void updated(PolicyNode node, long oldWeight) {
            queue(node).reweighed(node, oldWeight);
        }

        @Override
        public void removed(PolicyNode node) {
            queue(node).remove(node);
        }

        @Override
        public PolicyNode evict() {
            while (!trial.isEmpty()) {
                PolicyNode node = trial.removeFirst();
                if (node.takeHits() == 0) {
                    return node;
                }
                node.mark(KEPT);
                kept.addLast(node);
            }
            return kept.isEmpty() ? null : kept.removeFirst();
        }

        private NodeQueue queue(PolicyNode node) {
            return node.mark() == KEPT ? kept : trial;
        }
    }

    // @end

    @Test
    void trial_policy_makesOrders() {
        EvictionPolicy policy = new TrialPolicy();

        EvictionOrder order = policy.newOrder(10);

        assertThat(policy.name()).isEqualTo("trial");
        assertThat(order.evict()).as("of an order that knows nobody").isNull();
    }

    @Test
    void names_ofTheHouse_lead() {
        // @start region="by-name"
        EvictionPolicy policy = EvictionPolicy.byName("s3-fifo");
        // @end
        assertThat(policy).isSameAs(EvictionPolicy.s3Fifo());
        assertThat(EvictionPolicy.names()).contains("lru", "s3-fifo", "gdsf");
    }
}
