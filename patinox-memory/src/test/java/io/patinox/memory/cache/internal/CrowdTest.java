package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Keys that all have the same hash code.
class CrowdTest {

    private static final AtomicLong COMPARISONS = new AtomicLong();

    /// A key that can be ordered.
    private record Ordered(int number) implements Comparable<Ordered> {
        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public boolean equals(Object other) {
            COMPARISONS.incrementAndGet();
            return other instanceof Ordered that && that.number == number;
        }

        @Override
        public int compareTo(Ordered other) {
            COMPARISONS.incrementAndGet();
            return Integer.compare(number, other.number);
        }
    }

    /// A key that can't.
    private record Plain(int number) {
        @Override
        public int hashCode() {
            return 7;
        }
    }

    /// A key that compares as equal to every other of its parity.
    private record Vague(int number) implements Comparable<Vague> {
        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public int compareTo(Vague other) {
            return Integer.compare(number % 2, other.number % 2);
        }
    }

    private final KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.lru());
    private final BoundedCache<Object, Integer> cache =
            Caches.build(
                    Caches.<Object, Integer>builder().policy(policy).maxEntries(100_000).shards(4));

    @Test
    void orderedKeys_manyOfOneHash_areFoundInLogarithmicTime() {
        for (int n = 0; n < 100_000; n++) {
            cache.put(new Ordered(n), n);
        }
        COMPARISONS.set(0);
        for (int n = 0; n < 1_000; n++) {
            assertThat(cache.getIfPresent(new Ordered(n * 97))).isEqualTo(n * 97);
        }
        // some more than the 17 of a balanced tree: the structure is one of chance
        assertThat(COMPARISONS.get()).isLessThan(1_000 * 150);
        assertThat(cache.size()).isEqualTo(100_000);
        cache.put(new Ordered(-1), -1);
        assertThat(cache.size()).isEqualTo(100_000);
        Checkup.of(cache, policy);
        cache.close();
    }

    @Test
    void orderedKeys_everyOperation_works() {
        for (int n = 0; n < 100; n++) {
            cache.put(new Ordered(n), n);
        }
        cache.put(new Ordered(5), 50);
        assertThat(cache.asMap().remove(new Ordered(6))).isEqualTo(6);
        assertThat(cache.asMap().merge(new Ordered(7), 1, Integer::sum)).isEqualTo(8);
        assertThat(cache.getIfPresent(new Ordered(5))).isEqualTo(50);
        assertThat(cache.getIfPresent(new Ordered(6))).isNull();
        assertThat(cache.getIfPresent(new Ordered(200))).isNull();
        Set<Object> keys = new HashSet<>(cache.asMap().keySet());
        assertThat(keys).hasSize(99);
        Checkup.of(cache, policy);
        cache.invalidateAll();
        assertThat(cache.asMap()).isEmpty();
        Checkup.of(cache, policy);
        cache.close();
    }

    @Test
    void plainKeys_tooManyOfOneHash_areEvictedAsCollisions() {
        for (int n = 0; n < 1_000; n++) {
            cache.put(new Plain(n), n);
        }
        assertThat(cache.size()).isBetween(32L, 128L);
        assertThat(cache.getIfPresent(new Plain(999))).isEqualTo(999);
        assertThat(cache.statistics().removals().get(RemovalCause.COLLISION))
                .isEqualTo(1_000 - cache.size());
        Checkup.of(cache, policy);
        cache.close();
    }

    @Test
    void keysOfSeveralTypes_ofOneHash_areAllFound() {
        for (int n = 0; n < 40; n++) {
            cache.put(new Ordered(n), n);
            cache.put(new Plain(n), n);
            cache.put(new Vague(n), n);
        }
        for (int n = 30; n < 40; n++) {
            assertThat(cache.getIfPresent(new Ordered(n))).isEqualTo(n);
            assertThat(cache.getIfPresent(new Plain(n))).isEqualTo(n);
            assertThat(cache.getIfPresent(new Vague(n))).isEqualTo(n);
        }
        Checkup.of(cache, policy);
        for (Map.Entry<Object, Integer> entry : cache.asMap().entrySet()) {
            assertThat(cache.asMap().remove(entry.getKey(), entry.getValue())).isTrue();
        }
        assertThat(cache.size()).isZero();
        cache.close();
    }

    @Test
    void growth_withACrowd_keepsIt() {
        for (int n = 0; n < 50; n++) {
            cache.put(new Ordered(n), n);
            cache.put(new Plain(n), n);
        }
        for (int n = 0; n < 5_000; n++) {
            cache.put(n, n);
        }
        for (int n = 0; n < 50; n++) {
            assertThat(cache.getIfPresent(new Ordered(n))).isEqualTo(n);
            assertThat(cache.getIfPresent(new Plain(n))).isEqualTo(n);
        }
        assertThat(new HashSet<>(cache.asMap().keySet())).hasSize(5_100);
        Checkup.of(cache, policy);
        cache.close();
    }
}
