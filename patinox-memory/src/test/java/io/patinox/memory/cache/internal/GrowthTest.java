package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.EvictionPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The table while it grows.
class GrowthTest {

    private static final int KEYS = 60_000;

    private final KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.fifo());

    private BoundedCache<Integer, Integer> cache() {
        return Caches.build(
                Caches.<Integer, Integer>builder().policy(policy).maxEntries(KEYS).shards(8));
    }

    @Test
    void growth_underReaders_hidesNoKey() throws Exception {
        BoundedCache<Integer, Integer> cache = cache();
        for (int key = 0; key < 100; key++) {
            cache.put(key, key);
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong lost = new AtomicLong();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                for (int key = 0; key < 100; key++) {
                                    Integer found = cache.getIfPresent(key);
                                    lost.addAndGet(found != null && found == key ? 0 : 1);
                                }
                            }
                        });
        for (int key = 100; key < KEYS; key++) {
            cache.put(key, key);
        }
        done.set(true);
        reader.join();

        assertThat(lost).hasValue(0);
        assertThat(cache.bins.length).isGreaterThanOrEqualTo(KEYS);
        Checkup.of(cache, policy);
        cache.close();
    }

    @Test
    void iteration_whileTheTableGrows_showsEachKeyOnce() {
        BoundedCache<Integer, Integer> cache = cache();
        for (int key = 0; key < 1_000; key++) {
            cache.put(key, key);
        }
        List<Integer> shown = new ArrayList<>();
        int next = 1_000;
        for (Map.Entry<Integer, Integer> entry : cache.asMap().entrySet()) {
            shown.add(entry.getKey());
            for (int n = 0; n < 20 && next < 30_000; n++) {
                cache.put(next, next++);
            }
        }
        Set<Integer> once = new HashSet<>(shown);
        assertThat(once).hasSize(shown.size());
        for (int key = 0; key < 1_000; key++) {
            assertThat(once.contains(key)).as("key %s", key).isTrue();
        }
        cache.close();
    }

    @Test
    void growth_byManyWriters_losesNothing() throws Exception {
        BoundedCache<Integer, Integer> cache = cache();
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int from = t;
            writers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int key = from; key < 40_000; key += 4) {
                                    cache.put(key, key);
                                }
                            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(cache.size()).isEqualTo(40_000);
        Checkup.of(cache, policy);
        cache.close();
    }
}
