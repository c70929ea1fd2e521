package io.patinox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// The tests that every [EvictionPolicy] must pass. A test class implements it and names the
/// policy; JUnit runs what stands here, beside the tests of the class's own.
///
/// {@snippet
///  file="io/patinox/testkit/examples/EvictionPolicyContractExamples.java" region="contract"}
///
/// Orders get random calls as a cache makes them: entries come, are hit, change their weight, leave
/// by themselves, and the room grows and shrinks. After each call it must be true that
///
/// - every entry that came leaves once: by `evict()`, or because it was removed;
/// - `evict()` returns an entry that is there, and null only if there is none;
/// - no call throws, and none goes on for ever;
/// - calls take a bounded number of steps on average. A step is a call to a node.
///
/// A failure names the seed; [#seed()] repeats it. *Threads.* As JUnit calls it.
public interface EvictionPolicyContract {

    /// Returns the policy to test.
    ///
    /// @return the policy; asked for once a test
    EvictionPolicy policy();

    /// Returns where random numbers begin. Override it to repeat a failure.
    ///
    /// @return by default another one for each test
    default long seed() {
        return System.nanoTime();
    }

    /// Checks that the name suits reports.
    @Test
    default void name_always_suitsReports() {
        String name = policy().name();
        assertTrue(
                name.matches("[A-Za-z0-9._:-]{1,100}"),
                "the name '%s' must be 1 to 100 of A-Z a-z 0-9 . _ - :".formatted(name));
    }

    /// Checks that shards don't share an order.
    @Test
    default void newOrder_twice_makesTwo() {
        EvictionPolicy policy = policy();
        EvictionOrder first = policy.newOrder(10);
        assertNotNull(first, "newOrder returned null");
        assertNotSame(first, policy.newOrder(10), "two shards would share an order");
    }

    /// Checks that a new order knows nobody.
    @Test
    default void evict_newOrder_isNull() {
        assertEquals(null, policy().newOrder(10).evict(), "evict() of an order that knows nobody");
    }

    /// Checks orders of entries of equal weight.
    @Test
    default void order_entriesOfWeightOne_keepsItsContract() {
        run(100, 1, ContractNode::spread);
        run(1_000, 1, ContractNode::spread);
    }

    /// Checks orders of entries whose weights differ, some beyond what there is room for.
    @Test
    default void order_differentWeights_keepsItsContract() {
        run(500, 40, ContractNode::spread);
        run(100, 150, ContractNode::spread);
    }

    /// Checks orders for one, two and three entries.
    @Test
    default void order_leastCapacities_keepsItsContract() {
        for (int capacity = 1; capacity <= 3; capacity++) {
            run(capacity, 1, ContractNode::spread);
            run(capacity, 4, ContractNode::spread);
        }
    }

    /// Checks orders for more than there will ever be.
    @Test
    default void order_endlessCapacity_keepsItsContract() {
        ContractRun run = new ContractRun(policy(), Long.MAX_VALUE, seed(), ContractNode::spread);
        run.randomCalls(2_000, Long.MAX_VALUE / 10_000, false);
        run.drain();
    }

    /// Checks orders of entries whose keys all have the same hash.
    @Test
    default void order_equalHashes_keepsItsContract() {
        run(300, 3, key -> 42);
    }

    /// Checks orders in which everybody has hits whenever somebody must go.
    @Test
    default void evict_everybodyHit_stillChooses() {
        ContractRun run = new ContractRun(policy(), 2_000, seed(), ContractNode::spread);
        run.hitAllBetween(2_200);
        run.drain();
    }

    /// Checks that an eviction does not walk over all entries.
    @Test
    default void evict_nobodyHit_takesFewSteps() {
        ContractRun run = new ContractRun(policy(), 2_000, seed(), ContractNode::spread);
        run.newcomers(6_000);
        run.drain();
    }

    private void run(long capacity, long heaviest, IntUnaryOperator hash) {
        ContractRun run = new ContractRun(policy(), capacity, seed(), hash);
        run.randomCalls(20_000, heaviest, true);
        run.drain();
        // who was drained starts anew
        run.randomCalls(1_000, heaviest, true);
        run.drain();
    }
}
