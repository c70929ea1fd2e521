package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.error.InvalidOptionException;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What all policies have in common; random operations check every answer.
class PolicyContractTest {

    static List<EvictionPolicy> policies() {
        return Policies.ALL;
    }

    private static void randomOperations(
            EvictionPolicy policy, long capacity, long heaviest, IntUnaryOperator hash) {
        long seed = new Random().nextLong();
        System.out.println(policy + " of " + capacity + ", seed " + seed);
        Random random = new Random(seed);
        TestCache cache = new TestCache(policy, capacity, hash);
        int keys = (int) Math.min(2_000, 3 * capacity + 5);
        for (int i = 0; i < 30_000; i++) {
            int key = random.nextInt(1 + random.nextInt(keys));
            switch (random.nextInt(20)) {
                case 0 -> cache.remove(key);
                case 1 -> cache.reweigh(key, random.nextLong(heaviest + 1));
                case 2 -> cache.resize(1 + random.nextLong(2 * capacity));
                default ->
                        cache.use(
                                key, random.nextLong(heaviest + 1), 1 + random.nextLong(1L << 40));
            }
            TestNode some = cache.nodes.get(key);
            if (some != null) {
                cache.order.rank(some);
            }
        }
        while (!cache.nodes.isEmpty()) {
            cache.evictOne();
        }
        assertThat(cache.order.evict()).as("seed %d", seed).isNull();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void order_randomOperations_knowsExactlyWhatIsThere(EvictionPolicy policy) {
        randomOperations(policy, 100, 1, TestNode::hash);
        randomOperations(policy, 1_000, 30, TestNode::hash);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void order_leastCapacities_knowsExactlyWhatIsThere(EvictionPolicy policy) {
        randomOperations(policy, 1, 1, TestNode::hash);
        randomOperations(policy, 2, 2, TestNode::hash);
        randomOperations(policy, 3, 5, TestNode::hash);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void order_equalHashes_knowsExactlyWhatIsThere(EvictionPolicy policy) {
        randomOperations(policy, 200, 3, key -> 7);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void evict_everyEntryHitForEver_endsAllTheSame(EvictionPolicy policy) {
        TestCache cache = new TestCache(policy, 5_000);
        cache.replay(Workloads.loop(5_000, 20_000));

        cache.use(-1);

        assertThat(cache.nodes).hasSize(5_000);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void newOrder_noCapacity_isRefused(EvictionPolicy policy) {
        assertThatThrownBy(() -> policy.newOrder(0))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("'capacity' must be 1 to");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void byName_howeverWritten_isFound(EvictionPolicy policy) {
        assertThat(EvictionPolicy.byName(policy.name()))
                .isSameAs(policy)
                .hasToString(policy.name());
        assertThat(EvictionPolicy.byName(policy.name().toUpperCase(java.util.Locale.ROOT)))
                .isSameAs(policy);
    }

    @Test
    void byName_hyphensAndUnderscores_dontCount() {
        assertThat(EvictionPolicy.byName("S3FIFO")).isSameAs(EvictionPolicy.s3Fifo());
        assertThat(EvictionPolicy.byName("w_tiny-lfu")).isSameAs(EvictionPolicy.wTinyLfu());
    }

    @Test
    void byName_misspelt_namesTheNearest() {
        assertThatThrownBy(() -> EvictionPolicy.byName("seive"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("one of adaptive, lru, lfu")
                .hasMessageContaining("did you mean sieve?");
        assertThatThrownBy(() -> EvictionPolicy.byName("s3-fif"))
                .hasMessageContaining("did you mean s3-fifo?");
        assertThatThrownBy(() -> EvictionPolicy.byName("xyz"))
                .hasMessageContaining("choose one of them");
        assertThatThrownBy(() -> EvictionPolicy.byName(""))
                .hasMessageContaining("choose one of them");
        assertThatThrownBy(() -> Policies.byName(null)).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void factories_each_returnThePolicyOfTheirName() {
        assertThat(
                        List.of(
                                EvictionPolicy.lru(),
                                EvictionPolicy.lfu(),
                                EvictionPolicy.fifo(),
                                EvictionPolicy.ttl(),
                                EvictionPolicy.clock(),
                                EvictionPolicy.sieve(),
                                EvictionPolicy.s3Fifo(),
                                EvictionPolicy.wTinyLfu(),
                                EvictionPolicy.lirs(),
                                EvictionPolicy.gdsf()))
                .extracting(EvictionPolicy::name)
                .isSubsetOf(EvictionPolicy.names());
        assertThat(EvictionPolicy.lru().everyHit()).isTrue();
        assertThat(EvictionPolicy.sieve().everyHit()).isFalse();
    }
}
