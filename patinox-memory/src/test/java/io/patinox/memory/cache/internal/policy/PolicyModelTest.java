package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patinox.memory.cache.EvictionPolicy;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Orders against the textbook: hit by hit where a hit counter tells all that the textbook knows,
/// otherwise by the hit ratio.
class PolicyModelTest {

    static final List<Arguments> EXACT =
            List.of(
                    exact(EvictionPolicy.lru(), TextbookModels.Lru::new),
                    exact(EvictionPolicy.fifo(), TextbookModels.Fifo::new),
                    exact(EvictionPolicy.ttl(), TextbookModels.Fifo::new),
                    exact(EvictionPolicy.clock(), TextbookModels.Clock::new),
                    exact(EvictionPolicy.sieve(), TextbookModels.Sieve::new));

    private static Arguments exact(EvictionPolicy policy, IntFunction<TextbookModels> model) {
        return Arguments.of(policy, model);
    }

    @ParameterizedTest
    @FieldSource("EXACT")
    void order_anyRequests_hitsExactlyAsTheTextbook(
            EvictionPolicy policy, IntFunction<TextbookModels> model) {
        long seed = new Random().nextLong();
        System.out.println(policy + ", seed " + seed);
        for (int capacity : new int[] {1, 2, 3, 10, 100, 300}) {
            TestCache cache = new TestCache(policy, capacity);
            TextbookModels expected = model.apply(capacity);
            int[] keys = Workloads.zipf(4 * capacity, 0.8, 20_000, seed);
            for (int i = 0; i < keys.length; i++) {
                assertThat(cache.use(keys[i]))
                        .as("request %d of %s at %d, seed %d", i, policy, capacity, seed)
                        .isEqualTo(expected.use(keys[i]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 1_000})
    void s3Fifo_zipf_hitsAsOftenAsThePaper(int capacity) {
        int[] keys = Workloads.zipf(10 * capacity, 1.0, 200_000, 5);

        double ours = new TestCache(EvictionPolicy.s3Fifo(), capacity).replay(keys);
        double paper = new TextbookModels.S3Fifo(capacity, 0.9).replay(keys);

        assertThat(ours).isCloseTo(paper, within(0.5));
    }

    @Test
    void s3Fifo_ghosts_areWorthTheirRoom() {
        int[] keys = Workloads.zipf(20_000, 0.8, 400_000, 5);

        double ours = new TestCache(EvictionPolicy.s3Fifo(), 2_000).replay(keys);
        double paper = new TextbookModels.S3Fifo(2_000, 0.9).replay(keys);
        double fewGhosts = new TextbookModels.S3Fifo(2_000, 0.02).replay(keys);

        assertThat(ours).isCloseTo(paper, within(0.5));
        assertThat(ours).as("than with a few of the ghosts").isGreaterThan(fewGhosts + 0.7);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 100})
    void lfu_zipf_hitsAsOftenAsTheTextbook(int capacity) {
        // shorter than the first halving
        int[] keys = Workloads.zipf(5 * capacity, 1.0, 12 * capacity, 7);

        double ours = new TestCache(EvictionPolicy.lfu(), capacity).replay(keys);
        double textbook = new TextbookModels.Lfu(capacity).replay(keys);

        assertThat(ours).isCloseTo(textbook, within(3.0));
    }
}
