package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheTagsTest {

    private static CacheBuilder<String, String> builder() {
        return Cache.<String, String>builder().tags((_, value) -> Set.of(value.split(",")));
    }

    @Test
    void invalidateTag_ofSome_removesThoseOnlyAndSaysWhy() {
        try (Cache<String, String> cache = builder().build()) {
            cache.put("a", "x,y");
            cache.put("b", "y");
            cache.put("c", "z");

            assertThat(cache.invalidateTag("y")).isEqualTo(2);
            assertThat(cache.invalidateTag("y")).isZero();
            assertThat(cache.invalidateTag("unknown")).isZero();

            assertThat(cache.asMap()).containsOnlyKeys("c");
            assertThat(cache.statistics().removals()).containsEntry(RemovalCause.INVALIDATED, 2L);
        }
    }

    @Test
    void invalidateTag_valueWasReplaced_goesByTheTagsOfTheNewOne() {
        try (Cache<String, String> cache = builder().build()) {
            cache.put("a", "x");
            cache.put("a", "y");
            assertThat(cache.entry("a").tags()).containsExactly("y");

            assertThat(cache.invalidateTag("x")).isZero();
            assertThat(cache.invalidateTag("y")).isOne();
            cache.asMap().merge("a", "z", (_, fresh) -> fresh);
            assertThat(cache.invalidateTag("z")).isOne();
        }
    }

    @Test
    void invalidateTag_ofWhatLeft_removesNothing() {
        try (Cache<String, String> cache = builder().maxEntries(2).build()) {
            for (int i = 0; i < 100; i++) {
                cache.put("k" + i, "t");
            }
            cache.invalidate("k99");
            long left = cache.size();

            assertThat(cache.invalidateTag("t")).isEqualTo(left);
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void invalidateTag_cacheWithoutTags_isRefused() {
        try (Cache<String, String> cache = Cache.<String, String>builder().build()) {
            assertThatThrownBy(() -> cache.invalidateTag("x"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("entryOptions(true)");
        }
    }

    @Test
    void invalidateTag_whileOthersWrite_leavesIndexAndCacheInStep() throws Exception {
        long seed = System.nanoTime();
        try (Cache<String, String> cache =
                builder().maxEntries(200).expireAfterWrite(Duration.ofMillis(50)).build()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                threads.add(
                        Thread.startVirtualThread(() -> {
                            Random random = new Random(seed + number);
                            for (int i = 0; i < 20_000; i++) {
                                String key = "k" + random.nextInt(400);
                                String tag = "t" + random.nextInt(5);
                                switch (random.nextInt(10)) {
                                    case 0 -> cache.invalidateTag(tag);
                                    case 1 -> cache.invalidate(key);
                                    default -> cache.put(key, tag);
                                }
                            }
                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (int tag = 0; tag < 5; tag++) {
                cache.invalidateTag("t" + tag);
            }

            cache.cleanUp();

            assertThat(cache.size()).as("seed %d", seed).isZero();
        }
    }
}
