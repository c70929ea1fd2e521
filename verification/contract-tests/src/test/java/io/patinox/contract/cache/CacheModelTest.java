package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.Cache;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a cache that is large enough answers as a map would, whatever it is asked, also when
/// others use it for other keys at the same time, and also while its table grows.
///
/// The documented run has ten million operations (`-Dpatinox.operations=10000000`); the seed of a
/// failed run stands in the failure.
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CacheModelTest {

    private static final int OPERATIONS = Integer.getInteger("patinox.operations", 200_000);
    private static final int THREADS = 4;
    private static final int KEYS = 2_000;
    private static final int CAPACITY = 1 << 16;

    /// The cache of one phase, which grows from nothing.
    private static final int PHASE = 50_000;

    @Test
    void cache_anyOperationsOfOneThread_answersAsAMap() {
        run((cache, seed) -> new Player(cache, 0, new Random(seed)).play(PHASE), OPERATIONS);
    }

    @Test
    void cache_threadsWithKeysOfTheirOwn_answersEachAsAMap() {
        run(
                (cache, seed) -> {
                    Threads threads = new Threads(Threads.Kind.PLATFORM);
                    threads.start(
                            THREADS,
                            me ->
                                    new Player(cache, me, new Random(seed + me))
                                            .play(PHASE / THREADS));
                    join(threads);
                },
                OPERATIONS);
    }

    @Test
    void counters_severalThreads_loseNoIncrement() {
        int increments = OPERATIONS / THREADS;
        run(
                (cache, seed) -> {
                    Threads threads = new Threads(Threads.Kind.PLATFORM);
                    threads.start(
                            THREADS,
                            me -> {
                                Random random = new Random(seed + me);
                                for (int i = 0; i < increments; i++) {
                                    increment(cache.asMap(), random);
                                }
                            });
                    join(threads);
                    long sum = cache.asMap().values().stream().mapToLong(Long::longValue).sum();
                    assertThat(sum).isEqualTo((long) THREADS * increments);
                },
                1);
    }

    private static void increment(ConcurrentMap<Integer, Long> map, Random random) {
        Integer key = random.nextInt(16);
        switch (random.nextInt(3)) {
            case 0 -> map.merge(key, 1L, Long::sum);
            case 1 -> map.compute(key, (_, old) -> old == null ? 1L : old + 1);
            default -> {
                while (true) {
                    Long old = map.get(key);
                    if (old == null
                            ? map.putIfAbsent(key, 1L) == null
                            : map.replace(key, old, old + 1)) {
                        return;
                    }
                }
            }
        }
    }

    private interface Phase {
        void run(Cache<Integer, Long> cache, long seed);
    }

    private static void run(Phase phase, int operations) {
        for (int done = 0; done < operations; done += PHASE) {
            long seed = ThreadLocalRandom.current().nextLong();
            try (Cache<Integer, Long> cache =
                    Cache.<Integer, Long>builder().maxEntries(CAPACITY).build()) {
                phase.run(cache, seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void join(Threads threads) {
        try {
            threads.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A thread with keys of its own, and a map that says what the cache must hold for them.
    private static final class Player {

        private final Cache<Integer, Long> cache;
        private final ConcurrentMap<Integer, Long> map;
        private final Map<Integer, Long> model = new HashMap<>();
        private final int me;
        private final Random random;

        Player(Cache<Integer, Long> cache, int me, Random random) {
            this.cache = cache;
            this.map = cache.asMap();
            this.me = me;
            this.random = random;
        }

        void play(int operations) {
            for (int i = 0; i < operations; i++) {
                step();
            }
            model.forEach((key, value) -> assertThat(cache.peek(key)).isEqualTo(value));
            long mine = map.keySet().stream().filter(key -> key % THREADS == me).count();
            assertThat(mine).isEqualTo(model.size());
        }

        private void step() {
            Integer key = random.nextInt(KEYS) * THREADS + me;
            Long value = random.nextLong(4);
            Object expected;
            Object actual;
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> {
                    expected = model.get(key);
                    actual = cache.getIfPresent(key);
                }
                case 3, 4 -> {
                    expected = model.put(key, value);
                    actual = map.put(key, value);
                }
                case 5 -> {
                    expected = model.computeIfAbsent(key, _ -> value);
                    actual = cache.get(key, _ -> value);
                }
                case 6 -> {
                    expected = model.putIfAbsent(key, value);
                    actual = map.putIfAbsent(key, value);
                }
                case 7 -> {
                    expected = model.remove(key);
                    actual = map.remove(key);
                }
                case 8 -> {
                    expected = model.remove(key, value);
                    actual = map.remove(key, value);
                }
                case 9 -> {
                    expected = model.replace(key, value);
                    actual = map.replace(key, value);
                }
                case 10 -> {
                    expected = model.replace(key, 1L, value);
                    actual = map.replace(key, 1L, value);
                }
                case 11 -> {
                    expected = model.compute(key, (_, old) -> computed(old, value));
                    actual = map.compute(key, (_, old) -> computed(old, value));
                }
                case 12 -> {
                    expected = model.computeIfPresent(key, (_, old) -> computed(old, value));
                    actual = map.computeIfPresent(key, (_, old) -> computed(old, value));
                }
                case 13 -> {
                    expected = model.merge(key, value, Player::computed);
                    actual = map.merge(key, value, Player::computed);
                }
                case 14 -> {
                    expected = model.containsKey(key);
                    actual = map.containsKey(key);
                }
                default -> {
                    expected = model.remove(key);
                    actual = expected;
                    cache.invalidate(key);
                }
            }
            if (!Objects.equals(expected, actual)) {
                throw new AssertionError(
                        "key " + key + ": expected " + expected + ", was " + actual);
            }
        }

        @SuppressWarnings("NullAway")
        private static Long computed(Long old, Long value) {
            return old == null ? value : old.equals(value) ? null : old + value;
        }
    }
}
