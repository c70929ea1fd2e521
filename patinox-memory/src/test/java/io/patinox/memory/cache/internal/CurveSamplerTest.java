package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.MissRatioCurve;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveSamplerTest {

    /// An LRU cache, and how many of its reads it finds.
    private static final class Lru {
        private final Map<Integer, Boolean> map = new LinkedHashMap<>(16, 0.75f, true);
        private final int capacity;
        private int hits;
        private int reads;

        Lru(int capacity) {
            this.capacity = capacity;
        }

        void read(int key, boolean count) {
            boolean hit = map.get(key) != null;
            if (count) {
                reads++;
                hits += hit ? 1 : 0;
            }
            if (!hit) {
                map.put(key, true);
                if (map.size() > capacity) {
                    Iterator<Integer> eldest = map.keySet().iterator();
                    eldest.next();
                    eldest.remove();
                }
            }
        }

        double hitRatio() {
            return (double) hits / reads;
        }
    }

    private static int hash(int key) {
        int h = key * 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        return (h ^ (h >>> 16)) & Integer.MAX_VALUE;
    }

    static IntSupplier zipf(int keys, double exponent, Random random) {
        double[] sums = new double[keys];
        double sum = 0;
        for (int i = 0; i < keys; i++) {
            sum += 1 / Math.pow(i + 1, exponent);
            sums[i] = sum;
        }
        double all = sum;
        return () -> {
            int at = java.util.Arrays.binarySearch(sums, random.nextDouble() * all);
            return at < 0 ? -at - 1 : at;
        };
    }

    private static IntSupplier loop(int keys) {
        int[] next = {0};
        return () -> next[0]++ % keys;
    }

    private static void read(CurveSampler sampler, IntSupplier keys, int reads, List<Lru> caches) {
        for (int i = 0; i < reads; i++) {
            int key = keys.getAsInt();
            int hash = hash(key);
            if (sampler.samples(hash)) {
                sampler.access(hash);
            }
            if (i % 25_000 == 24_999) {
                sampler.tick(sampler.entries());
            }
            boolean count = i > reads / 2;
            caches.forEach(cache -> cache.read(key, count));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // keys, exponent, capacity, most points that it may be off, at any of the sizes
        "400, 0.9, 100, 0.02",
        "5000, 1.0, 500, 0.02",
        "20000, 0.8, 2000, 0.03",
        "100000, 0.99, 10000, 0.03",
        "100000, 0.7, 20000, 0.03",
    })
    void curve_zipf_isThatOfRealCaches(int keys, double exponent, int capacity, double off) {
        long seed = 42;
        CurveSampler sampler = new CurveSampler(capacity);
        List<Lru> caches = new ArrayList<>();
        for (double factor : new double[] {0.5, 1, 3}) {
            caches.add(new Lru((int) (factor * capacity)));
        }

        read(sampler, zipf(keys, exponent, new Random(seed)), 500_000, caches);

        double real = caches.get(1).hitRatio();
        MissRatioCurve curve = sampler.curve().anchored(capacity, real);
        for (Lru cache : caches) {
            assertThat(Math.abs(curve.hitRatioAt(cache.capacity) - cache.hitRatio()))
                    .as("seed %d, size %d of %d: %s", seed, cache.capacity, capacity, curve)
                    .isLessThan(off);
        }
        assertThat(curve.samples()).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @CsvSource({"300, 100", "30000, 10000", "3000, 1000"})
    void curve_loop_hasItsStep(int keys, int capacity) {
        CurveSampler sampler = new CurveSampler(capacity);

        read(sampler, loop(keys), 300_000, List.of());

        MissRatioCurve curve = sampler.curve();
        assertThat(curve.hitRatioAt(keys / 2)).isLessThan(0.05);
        assertThat(curve.hitRatioAt((int) (keys * 1.2))).isGreaterThan(0.9);
    }

    @Test
    void curve_loadChanges_follows() {
        CurveSampler sampler = new CurveSampler(1_000);
        read(sampler, loop(500), 200_000, List.of());
        assertThat(sampler.curve().hitRatioAt(600)).isGreaterThan(0.95);
        IntSupplier other = loop(2_000);

        read(sampler, () -> 1_000_000 + other.getAsInt(), 1_000_000, List.of());

        assertThat(sampler.curve().hitRatioAt(1_000)).isLessThan(0.1);
        assertThat(sampler.curve().hitRatioAt(2_500)).isGreaterThan(0.85);
    }

    @Test
    void samples_onceTheBurstIsOver_restsUntilTheTick() {
        CurveSampler sampler = new CurveSampler(100);
        for (int i = 0; i < CurveSampler.BURST; i++) {
            assertThat(sampler.samples(hash(i))).isTrue();
            sampler.access(hash(i % 50));
        }
        assertThat(sampler.samples(hash(1))).isFalse();
        long before = sampler.curve().samples();
        sampler.access(hash(1));
        assertThat(sampler.curve().samples()).isEqualTo(before);

        sampler.tick(100);

        assertThat(sampler.samples(hash(1))).isTrue();
        sampler.access(hash(1));
        assertThat(sampler.curve().samples()).isEqualTo(before);
    }

    @Test
    void reach_ofALargerCache_keepsTheCurveAndLowersTheRate() {
        CurveSampler sampler = new CurveSampler(1_000);
        read(sampler, loop(800), 200_000, List.of());
        sampler.reach(1_200);
        assertThat(sampler.curve().reach()).isEqualTo(4_000);

        sampler.reach(10_000);
        assertThat(sampler.curve().reach()).isEqualTo(40_000);
        assertThat(sampler.curve().hitRatioAt(1_200)).isGreaterThan(0.95);

        sampler.reach(100);
        assertThat(sampler.curve().reach()).isEqualTo(400);
        assertThat(sampler.curve().hitRatioAt(400)).isLessThan(0.05);
        sampler.reach(Long.MAX_VALUE);
        assertThat(sampler.curve().points()).isNotEmpty();
    }

    @Test
    void curve_nothingRead_isFlatAndSaysSo() {
        MissRatioCurve curve = new CurveSampler(1).curve();

        assertThat(curve.samples()).isZero();
        assertThat(curve.hitRatioAt(1)).isZero();
    }
}
