package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.EvictionPolicy;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveOrderTest {

    private static final int ELSEWHERE = 1 << 24;

    private static TestCache cache(int capacity) {
        return new TestCache(new AdaptivePolicy(), capacity);
    }

    private static Regime regime(TestCache cache) {
        return ((AdaptiveOrder) cache.order).regime();
    }

    private static int[] zigzag(int keys, int length) {
        int[] sequence = new int[length];
        Arrays.setAll(sequence, i -> Math.abs(keys - 1 - i % (2 * keys - 2)));
        return sequence;
    }

    /// Each key is new, or one that was used not long ago.
    private static int[] recency(int depth, int length, long seed) {
        Random random = new Random(seed);
        int[] sequence = new int[length];
        int fresh = 0;
        for (int i = 0; i < length; i++) {
            int back = 1 + (int) (-Math.log(1 - random.nextDouble()) * depth);
            boolean again = i > 0 && random.nextInt(10) >= 3;
            sequence[i] = again ? sequence[Math.max(0, i - back)] : fresh++;
        }
        return sequence;
    }

    private static int[] shifted(int[] keys) {
        return Arrays.stream(keys).map(key -> key + ELSEWHERE).toArray();
    }

    @ParameterizedTest
    @CsvSource({"0.95", "1.05", "1.1", "1.5", "3", "4"})
    void replay_loop_hitsNearlyWhatIsPossible(double factor) {
        int capacity = 600;
        int keys = (int) (capacity * factor);
        int rounds = 40;

        double ratio = cache(capacity).replay(Workloads.loop(keys, keys * rounds));

        double possible =
                keys <= capacity
                        ? 100.0 * (rounds - 1) / rounds
                        : 100.0 * (capacity - 1) / (keys - 1) * (rounds - 1) / rounds;
        assertThat(ratio).isGreaterThan(possible - 1.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000})
    void replay_skewedFavourites_hitsNearlyWhatIsPossible(int keys) {
        int capacity = keys / 4;
        long seed = new Random().nextLong();
        System.out.println("favourites, seed " + seed);
        int[] sequence = Workloads.zipf(keys, 1, 40 * capacity, seed);
        TestCache cache = cache(capacity);

        cache.replay(sequence);
        double ratio = cache.replay(Workloads.zipf(keys, 1, 400_000, seed + 1));

        double best = 0;
        double all = 0;
        for (int rank = 1; rank <= keys; rank++) {
            all += 1.0 / rank;
            best += rank <= capacity ? 1.0 / rank : 0;
        }
        assertThat(ratio).as("seed %d", seed).isGreaterThan(100 * best / all - 1.8);
    }

    @Test
    void replay_scansBetweenFavourites_keepsTheFavourites() {
        double ratio = cache(1_000).replay(Workloads.wonders(2_000, 200_000, 5));

        // half of the keys come once; of the others, 1,000 of 2,000 could get 45 %
        assertThat(ratio).isGreaterThan(37);
    }

    @Test
    void replay_backAndForth_findsOutThatRecencyCounts() {
        TestCache cache = cache(500);

        double ratio = cache.replay(zigzag(1_040, 60_000));

        assertThat(regime(cache)).isEqualTo(Regime.RECENT);
        // the most that is possible is 24 %, and 2 % with favourites
        assertThat(ratio).isGreaterThan(20);
    }

    @Test
    void replay_phasesOfOppositeKinds_recoversFromEach() {
        int capacity = 700;
        int length = 30 * capacity;
        int[] recent = recency(capacity / 2, length, 9);
        double alone = cache(capacity).replay(recent);
        TestCache cache = cache(capacity);

        cache.replay(recent);
        double loop = cache.replay(shifted(Workloads.loop(capacity * 3 / 2, length)));
        double again = cache.replay(recency(capacity / 2, length, 10));

        assertThat(loop).isGreaterThan(50);
        assertThat(again).isGreaterThan(alone - 6);
    }

    @Test
    void replay_oneKey_hitsButOnce() {
        TestCache cache = cache(1);

        assertThat(cache.replay(new int[1_000])).isEqualTo(99.9);
    }

    @Test
    void replay_sameCalls_choosesTheSame() {
        int[] sequence = Workloads.zipf(5_000, 0.8, 50_000, 3);
        TestCache one = cache(400);
        TestCache other = cache(400);

        one.replay(sequence);
        other.replay(sequence);

        assertThat(one.evicted).isEqualTo(other.evicted);
    }

    @Test
    void samples_largeShard_samplesAboutAHundredOfTheRoom() {
        TestCache cache = cache(100_000);
        long sampled =
                Workloads.loop(100_000, 100_000).length
                        - Arrays.stream(Workloads.loop(100_000, 100_000))
                                .filter(key -> !cache.order.samples(TestNode.hash(key)))
                                .count();

        assertThat(sampled).isBetween(60L, 140L);
    }

    @Test
    void samples_shardThatGrows_samplesFewerOfItsKeys() {
        TestCache cache = cache(50);
        assertThat(cache.order.samples(TestNode.hash(1))).isTrue();

        cache.resize(50_000);
        cache.replay(Workloads.loop(60_000, 120_000));

        long sampled = cache.nodes.values().stream().filter(node -> node.sampled).count();
        assertThat(sampled).isLessThan(400);
    }

    @Test
    void samples_boundOfBytes_learnsHowManyEntriesThereIsRoomFor() {
        TestCache cache = cache(64 << 20);
        for (int key = 0; key < 70_000; key++) {
            cache.use(key, 1 << 16, 1);
        }

        long sampled = cache.nodes.values().stream().filter(node -> node.sampled).count();
        assertThat(cache.nodes).hasSize(1 << 10);
        assertThat(sampled).isBetween(40L, 300L);
    }

    @Test
    void replay_loopOfHeavyEntries_isAsGoodAsOfLightOnes() {
        TestCache cache = cache(1_000_000);
        int hits = 0;
        for (int key : Workloads.loop(1_500, 60_000)) {
            hits += cache.use(key, 1_000, 1) ? 1 : 0;
        }

        assertThat(100.0 * hits / 60_000).isGreaterThan(60);
    }

    @Test
    void name_ofThePolicy_isAdaptive() {
        EvictionPolicy policy = EvictionPolicy.adaptive();

        assertThat(policy.name()).isEqualTo("adaptive");
        assertThat(policy).hasToString("adaptive");
        assertThat(policy.everyHit()).isFalse();
    }
}
