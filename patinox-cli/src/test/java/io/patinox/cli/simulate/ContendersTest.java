package io.patinox.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContendersTest {

    private static Trace trace(int... keys) {
        TraceBuilder builder = new TraceBuilder(Long.MAX_VALUE);
        Arrays.stream(keys).forEach(key -> builder.add((long) key));
        return builder.build("test");
    }

    /// The most hits by trying everything: which of the set to give up, or to keep out.
    private static int most(int[] keys, int now, long kept, int size) {
        if (now == keys.length) {
            return 0;
        }
        long bit = 1L << keys[now];
        if ((kept & bit) != 0) {
            return 1 + most(keys, now + 1, kept, size);
        }
        if (Long.bitCount(kept) < size) {
            return most(keys, now + 1, kept | bit, size);
        }
        int best = most(keys, now + 1, kept, size);
        for (long rest = kept; rest != 0; rest &= rest - 1) {
            long other = kept & ~Long.lowestOneBit(rest) | bit;
            best = Math.max(best, most(keys, now + 1, other, size));
        }
        return best;
    }

    @Test
    void optimum_smallTraces_isTheBestOfAllWays() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            int[] keys = random.ints(10, 0, 6).toArray();
            int size = 1 + random.nextInt(3);
            assertThat(new Optimum().hits(trace(keys), size))
                    .as("%s at %d, seed %d", Arrays.toString(keys), size, seed)
                    .isEqualTo(most(keys, 0, 0, size));
        }
    }

    @Test
    void optimum_longTrace_isAboveEverybody() {
        int[] keys = new Random(3).ints(50_000, 0, 3_000).map(k -> k * k / 3_000).toArray();
        Trace trace = trace(keys);
        long optimum = new Optimum().hits(trace, 200);
        for (Contender contender : Contenders.usual()) {
            assertThat(contender.hits(trace, 200))
                    .as(contender.name())
                    .isPositive()
                    .isLessThanOrEqualTo(optimum);
        }
    }

    @Test
    void contenders_roomForAll_missOnlyFirstRequests() {
        Trace trace = trace(1, 2, 3, 1, 2, 3, 3);
        for (Contender contender : Contenders.usual()) {
            assertThat(contender.hits(trace, 3)).as(contender.name()).isEqualTo(4);
        }
    }

    @Test
    void named_list_keepsItsOrderAndHasEachOnce() {
        assertThat(Contenders.named("sieve, LRU,belady,optimal,caffeine,ttl"))
                .extracting(Contender::name)
                .containsExactly("sieve", "lru", "optimal", "caffeine", "ttl");
        assertThat(Contenders.usual()).extracting(Contender::name).doesNotContain("ttl");
    }

    @Test
    void named_unknown_suggestsTheNearest() {
        assertThatThrownBy(() -> Contenders.named("lru,cafeine"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("'cafeine' is no policy (did you mean caffeine?); choose")
                .hasMessageContaining("lru, lfu");
        assertThatThrownBy(() -> Contenders.named("zzzzzz"))
                .hasMessageStartingWith("'zzzzzz' is no policy; choose among ")
                .hasMessageEndingWith(", gdsf, caffeine, optimal");
        assertThatThrownBy(() -> Contenders.named("")).hasMessageStartingWith("'' is no policy");
    }

    @Test
    void shard_policyThatEvictsNobody_isTold() {
        EvictionPolicy broken =
                new EvictionPolicy() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public EvictionOrder newOrder(long capacity) {
                        return new EvictionOrder() {
                            @Override
                            public void added(PolicyNode node) {}

                            @Override
                            public void removed(PolicyNode node) {}

                            @Override
                            public PolicyNode evict() {
                                return null;
                            }
                        };
                    }
                };
        assertThatThrownBy(() -> new SimulatedShard(broken).hits(trace(1, 2), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("policy broken evicted null, which is no entry");
    }
}
