package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CacheClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefreshTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();

    private CacheBuilder<String, Integer> builder() {
        return Cache.<String, Integer>builder().ticker(time).alarms(time);
    }

    private int count(String key) throws IOException {
        int call = calls.incrementAndGet();
        if (broken.get()) {
            throw new IOException("gone");
        }
        return call;
    }

    private static long counter(Cache<?, ?> cache, String name) {
        return cache.metrics().counters().getOrDefault(name, -1L);
    }

    @Test
    void get_afterTheInterval_servesTheOldValueAndReloadsOnce() {
        try (LoadingCache<String, Integer> cache =
                builder().refreshAfterWrite(MINUTE).build(this::count)) {
            assertThat(cache.get("a")).isEqualTo(1);
            time.advance(Duration.ofSeconds(59));
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(calls).hasValue(1);
            time.advance(Duration.ofSeconds(1));
            assertThat(cache.get("a")).isEqualTo(1);
            await().until(() -> cache.get("a") == 2);
            assertThat(calls).hasValue(2);
            assertThat(counter(cache, "cache.refreshes")).isEqualTo(1);
            time.advance(MINUTE);
            assertThat(cache.get("a")).isEqualTo(2);
            await().until(() -> cache.get("a") == 3);
        }
    }

    @Test
    void get_whileReloading_startsNoSecondReload() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                builder()
                        .refreshAfterWrite(MINUTE)
                        .build(key -> {
                            if (calls.incrementAndGet() > 1) {
                                gate.pass();
                            }
                            return calls.get();
                        })) {
            cache.get("a");
            time.advance(MINUTE);
            cache.get("a");
            gate.awaitReached();
            for (int i = 0; i < 10; i++) {
                assertThat(cache.get("a")).isEqualTo(1);
            }
            CompletableFuture<Integer> joined = cache.refresh("a");
            gate.open();
            assertThat(joined.join()).isEqualTo(2);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void get_reloadFails_keepsTheOldValueAndPutsTheNextOff() {
        try (LoadingCache<String, Integer> cache =
                builder().refreshAfterWrite(MINUTE).build(this::count)) {
            cache.get("a");
            broken.set(true);
            time.advance(MINUTE);
            assertThat(cache.get("a")).isEqualTo(1);
            await().until(() -> counter(cache, "cache.refreshes.failed") == 1);
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(calls).hasValue(2);
            broken.set(false);
            time.advance(Duration.ofSeconds(1));
            cache.get("a");
            await().until(() -> cache.get("a") == 3);
        }
    }

    @Test
    void refresh_functionSaysTheInterval_itCounts() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .refreshAfterWrite(MINUTE)
                        .refresh((key, value) -> key.equals("soon") ? Duration.ofSeconds(1) : null)
                        .build(this::count)) {
            cache.get("soon");
            cache.get("late");
            time.advance(Duration.ofSeconds(1));
            cache.get("soon");
            cache.get("late");
            await().until(() -> cache.get("soon") == 3);
            assertThat(cache.get("late")).isEqualTo(2);
        }
    }

    @Test
    void refresh_writtenMeanwhile_isDropped() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                builder().refreshAfterWrite(MINUTE).build(reloadingAt(gate))) {
            cache.put("a", 1);
            CompletableFuture<Integer> refreshed = cache.refresh("a");
            gate.awaitReached();
            // the same value again is a new value
            cache.put("a", 1);
            CompletableFuture<Integer> second = cache.refresh("a");
            gate.open();
            assertThat(refreshed.join()).isEqualTo(2);
            assertThat(second.join()).isEqualTo(2);
            assertThat(counter(cache, "cache.refreshes")).isEqualTo(1);
        }
    }

    private static CacheLoader<String, Integer> reloadingAt(Gate gate) {
        return new CacheLoader<>() {
            @Override
            public Integer load(String key) {
                return 0;
            }

            @Override
            public @Nullable Integer reload(String key, Integer old) throws Exception {
                gate.pass();
                return old + 1;
            }
        };
    }

    @Test
    void refresh_removedMeanwhile_staysRemoved() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache = builder().build(reloadingAt(gate))) {
            cache.put("a", 1);
            CompletableFuture<Integer> refreshed = cache.refresh("a");
            gate.awaitReached();
            cache.invalidate("a");
            gate.open();
            assertThat(refreshed.join()).isEqualTo(2);
            assertThat(cache.getIfPresent("a")).isNull();
        }
    }

    @Test
    void refresh_plainEntryWrittenMeanwhile_isDropped() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache = builder().build(reloadingAt(gate))) {
            cache.put("a", 1);
            CompletableFuture<Integer> refreshed = cache.refresh("a");
            gate.awaitReached();
            cache.put("a", 5);
            gate.open();
            assertThat(refreshed.join()).isEqualTo(2);
            assertThat(cache.getIfPresent("a")).isEqualTo(5);
        }
    }

    @Test
    void refresh_reloadReturnsNull_removesTheEntry() {
        CacheLoader<String, Integer> loader =
                new CacheLoader<>() {
                    @Override
                    public Integer load(String key) {
                        return 1;
                    }

                    @Override
                    public @Nullable Integer reload(String key, Integer old) {
                        return null;
                    }
                };
        try (LoadingCache<String, Integer> cache = builder().build(loader)) {
            cache.put("a", 1);
            assertThat(cache.refresh("a").join()).isNull();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void refresh_absentKey_loadsIt() {
        try (LoadingCache<String, Integer> cache = builder().build(this::count)) {
            assertThat(cache.refresh("a").join()).isEqualTo(1);
            assertThat(cache.getIfPresent("a")).isEqualTo(1);
        }
    }

    @Test
    void earlyRefresh_slowLoadNearItsEnd_reloadsBeforeItExpires() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .expireAfterWrite(MINUTE)
                        .earlyRefresh(100)
                        .build(key -> {
                            time.advance(Duration.ofSeconds(10));
                            return calls.incrementAndGet();
                        })) {
            cache.get("a");
            time.advance(Duration.ofSeconds(59));
            // the lot misses with a chance of one in a thousand
            await().until(() -> {
                Integer value = cache.getIfPresent("a");
                return value == null || value > 1;
            });
            assertThat(cache.getIfPresent("a")).isGreaterThan(1);
        }
    }

    @Test
    void earlyRefresh_farFromItsEnd_doesNothing() {
        try (LoadingCache<String, Integer> cache =
                builder().expireAfterWrite(MINUTE).earlyRefresh(1).build(this::count)) {
            cache.get("a");
            time.advance(Duration.ofSeconds(30));
            cache.get("a");
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void close_whileReloading_failsTheFuture() {
        Gate gate = new Gate();
        LoadingCache<String, Integer> cache = builder().build(reloadingAt(gate));
        cache.put("a", 1);
        CompletableFuture<Integer> refreshed = cache.refresh("a");
        gate.awaitReached();
        cache.close();
        assertThatThrownBy(refreshed::join).hasCauseInstanceOf(CacheClosedException.class);
    }

    @Test
    void refreshAhead_withoutAnyRead_reloadsByTheClock() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .expireAfterWrite(MINUTE.multipliedBy(10))
                        .refreshAfterWrite(MINUTE)
                        .refreshAhead(true)
                        .build(this::count)) {
            assertThat(cache.get("a")).isEqualTo(1);
            time.advance(MINUTE.plusMillis(20));
            await().until(() -> Integer.valueOf(2).equals(cache.peek("a")));
            time.advance(MINUTE.plusMillis(20));
            await().until(() -> Integer.valueOf(3).equals(cache.peek("a")));
            broken.set(true);
            time.advance(MINUTE.plusMillis(20));
            await().until(() -> calls.get() == 4);
            await().until(() -> {
                time.advance(Duration.ofSeconds(1));
                return calls.get() > 4;
            });
            assertThat(cache.peek("a")).isEqualTo(3);
            broken.set(false);
            await().until(() -> {
                time.advance(Duration.ofSeconds(1));
                Integer now = cache.peek("a");
                return now != null && now > 3;
            });
        }
    }

    @Test
    void refreshAhead_withoutATime_isRefused() {
        assertThatThrownBy(() ->
                        builder().refreshAfterWrite(MINUTE).refreshAhead(true).build(this::count))
                .hasMessageContaining("refreshAhead");
        assertThatThrownBy(() ->
                        builder().expireAfterWrite(MINUTE).refreshAhead(true).build(this::count))
                .hasMessageContaining("refreshAhead");
    }
}
