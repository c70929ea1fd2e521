package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentOrderTest {

    /// A policy of one regime.
    private record Fixed(Regime regime) implements EvictionPolicy {

        @Override
        public String name() {
            return regime.name();
        }

        @Override
        public EvictionOrder newOrder(long capacity) {
            return new SegmentOrder(capacity, regime);
        }
    }

    /// An entry that counts how often an order looks at it.
    private static final class Watched implements PolicyNode {
        private final TestNode node;
        private final int[] looks;

        Watched(int key, int[] looks) {
            this.node = TestNode.of(key);
            this.looks = looks;
        }

        @Override
        public int hash() {
            return node.hash();
        }

        @Override
        public int hits() {
            return 1;
        }

        @Override
        public int takeHits() {
            looks[0]++;
            return 1;
        }

        @Override
        public long weight() {
            return 1;
        }

        @Override
        public short mark() {
            return node.mark();
        }

        @Override
        public void mark(short mark) {
            node.mark(mark);
        }

        @Override
        public PolicyNode before() {
            return node.before();
        }

        @Override
        public void before(PolicyNode before) {
            node.before(before);
        }

        @Override
        public PolicyNode after() {
            return node.after();
        }

        @Override
        public void after(PolicyNode after) {
            node.after(after);
        }
    }

    private static TestCache cache(Regime regime, int capacity) {
        return new TestCache(new Fixed(regime), capacity);
    }

    private static Set<PolicyNode> known(TestCache cache) {
        Set<PolicyNode> known = new HashSet<>();
        ((SegmentOrder) cache.order).forEach(node -> assertThat(known.add(node)).isTrue());
        return known;
    }

    @ParameterizedTest
    @EnumSource(Regime.class)
    void order_randomOperationsAndRegimes_knowsExactlyWhatIsThere(Regime regime) {
        long seed = new Random().nextLong();
        System.out.println(regime + ", seed " + seed);
        Random random = new Random(seed);
        for (int capacity = 1; capacity <= 10; capacity++) {
            TestCache cache = cache(regime, capacity);
            for (int i = 0; i < 4_000; i++) {
                int key = random.nextInt(1 + random.nextInt(3 * capacity));
                switch (random.nextInt(12)) {
                    case 0 -> cache.remove(key);
                    case 1 -> cache.reweigh(key, random.nextInt(4));
                    case 2 -> cache.resize(1 + random.nextInt(2 * capacity));
                    case 3 ->
                            ((SegmentOrder) cache.order).regime(Regime.values()[random.nextInt(5)]);
                    default -> cache.use(key, random.nextInt(4), 1);
                }
                assertThat(known(cache))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(Set.copyOf(cache.nodes.values()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Regime.class)
    void evict_everyEntryHitAllTheTime_looksAtABoundedNumber(Regime regime) {
        int[] looks = new int[1];
        SegmentOrder order = new SegmentOrder(10_000, regime);
        for (int key = 0; key < 10_000; key++) {
            order.added(new Watched(key, looks));
        }
        for (int key = 10_000; key < 30_000; key++) {
            looks[0] = 0;
            order.added(new Watched(key, looks));
            assertThat(order.evict()).isNotNull();
            assertThat(looks[0]).isLessThan(600);
        }
    }

    @Test
    void regime_changedWhileFull_movesTheQueuesStepByStep() {
        TestCache cache = cache(Regime.RECENT, 1_000);
        cache.replay(Workloads.loop(3_000, 9_000));
        SegmentOrder order = (SegmentOrder) cache.order;

        order.regime(Regime.STEADY);
        double ratio = cache.replay(Workloads.loop(3_000, 60_000));

        assertThat(order.regime()).isEqualTo(Regime.STEADY);
        assertThat(ratio).isGreaterThan(28);
    }

    @Test
    void evict_entriesOfAPhaseThatIsOver_areReplaced() {
        TestCache cache = cache(Regime.RETURNING, 500);
        cache.replay(Workloads.loop(450, 20_000));

        int[] later = Workloads.loop(450, 9_000);
        for (int i = 0; i < later.length; i++) {
            later[i] += 1_000_000;
        }
        double ratio = cache.replay(later);

        assertThat(ratio).isGreaterThan(75);
    }

    @Test
    void rank_entryOfTheMainQueue_isHigherThanOneOnTrial() {
        TestCache cache = cache(Regime.STEADY, 1_000);
        cache.replay(Workloads.loop(900, 2_700));
        cache.replay(Workloads.loop(2_000, 2_000));
        cache.use(9_999);
        long kept = cache.nodes.values().stream().mapToLong(cache.order::rank).max().orElse(0);

        TestNode fresh = cache.nodes.get(9_999);

        assertThat(fresh).isNotNull();
        assertThat(cache.order.rank(fresh)).isLessThan(kept);
    }

    @Test
    void ghosts_full_areTwoForEachEntry() {
        Ghosts ghosts = new Ghosts();
        assertThat(ghosts.slots()).isZero();
        assertThat(ghosts.take(7)).isEqualTo(Ghosts.NONE);

        ghosts.reserve(1_000);
        for (int key = 0; key < 1_000; key++) {
            ghosts.put(TestNode.hash(key), key);
        }

        assertThat(ghosts.slots()).isEqualTo(2_000);
        int remembered = 0;
        for (int key = 0; key < 1_000; key++) {
            int time = ghosts.take(TestNode.hash(key));
            assertThat(time).isIn(key, Ghosts.NONE);
            remembered += time == key ? 1 : 0;
        }
        assertThat(remembered).isGreaterThan(950);
        assertThat(ghosts.take(TestNode.hash(1))).isEqualTo(Ghosts.NONE);
    }

    @Test
    void ghosts_strangers_areHardlyEverTakenForGhosts() {
        Ghosts ghosts = new Ghosts();
        ghosts.reserve(10_000);
        for (int key = 0; key < 10_000; key++) {
            ghosts.put(TestNode.hash(key), 1);
        }

        int mistaken = 0;
        for (int key = 10_000; key < 210_000; key++) {
            mistaken += ghosts.take(TestNode.hash(key)) == Ghosts.NONE ? 0 : 1;
        }

        assertThat(mistaken).isLessThan(10);
    }

    @Test
    void ghosts_bucketOfOneHash_losesItsOldest() {
        Ghosts ghosts = new Ghosts();
        ghosts.reserve(4);
        for (int time = 1; time <= 9; time++) {
            ghosts.put(5, time);
        }

        assertThat(ghosts.take(5)).isEqualTo(2);
    }

    @Test
    void turnovers_time_hasSixtyFourStepsATurnoverAndWraps() {
        Turnovers time = new Turnovers();
        time.room(6_400);
        for (int n = 0; n < 6_400; n++) {
            time.tick();
        }
        int then = time.now();
        assertThat(then).isEqualTo(64);
        assertThat(time.steps()).isEqualTo(64);

        for (int n = 0; n < 15 * 6_400; n++) {
            time.tick();
        }

        assertThat(time.now()).isZero();
        assertThat(time.age(then)).isEqualTo(960);
    }

    @Test
    void marks_extremes_areKeptApart() {
        TestNode node = TestNode.of(1);

        Marks.set(node, true, 3, 1_023);

        assertThat(Marks.isMain(node)).isTrue();
        assertThat(Marks.credit(node)).isEqualTo(3);
        assertThat(Marks.time(node)).isEqualTo(1_023);
    }
}
