package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CacheLoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StaleWindowsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();

    private CacheBuilder<String, Integer> builder() {
        return Cache.<String, Integer>builder().ticker(time).alarms(time).expireAfterWrite(MINUTE);
    }

    private int count(String key) throws IOException {
        int call = calls.incrementAndGet();
        if (broken.get()) {
            throw new IOException("gone");
        }
        return call;
    }

    private static long staleServed(Cache<?, ?> cache) {
        return cache.metrics().counters().get("cache.stale.served");
    }

    @Test
    void staleWhileRevalidate_withinTheWindow_servesTheOldValueAndReloads() {
        try (LoadingCache<String, Integer> cache =
                builder().staleWhileRevalidate(HOUR).build(this::count)) {
            cache.get("a");
            time.advance(Duration.ofMinutes(30));
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(staleServed(cache)).isEqualTo(1);
            await().until(() -> cache.get("a") == 2);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void staleWhileRevalidate_afterTheWindow_loadsAnew() {
        try (LoadingCache<String, Integer> cache =
                builder().staleWhileRevalidate(HOUR).build(this::count)) {
            cache.get("a");
            time.advance(HOUR.plus(MINUTE));
            assertThat(cache.getIfPresent("a")).isNull();
            assertThat(cache.get("a")).isEqualTo(2);
            assertThat(staleServed(cache)).isZero();
        }
    }

    @Test
    void staleIfError_loadFails_servesTheOldValueUntilTheNextAttempt() {
        try (LoadingCache<String, Integer> cache =
                builder().staleIfError(HOUR).build(this::count)) {
            cache.get("a");
            time.advance(MINUTE);
            assertThat(cache.getIfPresent("a")).isNull();
            broken.set(true);
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(calls).hasValue(2);
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(cache.getIfPresent("a")).isEqualTo(1);
            assertThat(calls).hasValue(2);
            assertThat(staleServed(cache)).isEqualTo(3);
            time.advance(Duration.ofSeconds(1));
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(calls).hasValue(3);
            broken.set(false);
            time.advance(MINUTE);
            assertThat(cache.get("a")).isEqualTo(4);
            assertThat(cache.size()).isEqualTo(1);
            assertThat(cache.statistics().loadFailures()).isEqualTo(2);
        }
    }

    @Test
    void staleIfError_afterTheWindow_throws() {
        try (LoadingCache<String, Integer> cache =
                builder().staleIfError(HOUR).build(this::count)) {
            cache.get("a");
            broken.set(true);
            time.advance(HOUR.plus(MINUTE));
            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheLoadException.class);
            await().until(() -> cache.size() == 0);
        }
    }

    @Test
    void staleIfError_loadSucceeds_replacesTheOldEntry() {
        try (LoadingCache<String, Integer> cache =
                builder().staleIfError(HOUR).build(this::count)) {
            cache.get("a");
            time.advance(MINUTE);
            assertThat(cache.get("a")).isEqualTo(2);
            assertThat(cache.size()).isEqualTo(1);
            assertThat(cache.statistics().removals()).containsEntry(RemovalCause.EXPIRED, 1L);
        }
    }

    @Test
    void staleIfError_invalidated_hasNothingToServe() {
        try (LoadingCache<String, Integer> cache =
                builder().staleIfError(HOUR).build(this::count)) {
            cache.get("a");
            time.advance(MINUTE);
            cache.invalidate("a");
            broken.set(true);
            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheLoadException.class);
        }
    }

    @Test
    void staleIfError_writtenWhileLoading_servesNothingOld() {
        try (LoadingCache<String, Integer> cache =
                builder().staleIfError(HOUR).build(this::count)) {
            cache.get("a");
            time.advance(MINUTE);
            broken.set(true);
            assertThatThrownBy(() ->
                            cache.get(
                                    "a",
                                    key -> {
                                        CompletableFuture.runAsync(() -> cache.put("a", 9)).join();
                                        throw new IllegalStateException("gone");
                                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(cache.get("a")).isEqualTo(9);
        }
    }

    @Test
    void bothWindows_sourceIsDown_serveTheOldValueToTheEndOfTheLonger() {
        try (LoadingCache<String, Integer> cache =
                builder().staleWhileRevalidate(MINUTE).staleIfError(HOUR).build(this::count)) {
            cache.get("a");
            broken.set(true);
            for (int minute = 1; minute < 60; minute++) {
                time.advance(MINUTE);
                assertThat(cache.get("a")).isEqualTo(1);
            }
            time.advance(Duration.ofMinutes(2));
            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheLoadException.class);
        }
    }

    @Test
    void windows_entryWithoutAnEnd_areOfNoMatter() {
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .ticker(time)
                        .expiry((key, value) -> null)
                        .staleIfError(HOUR)
                        .staleWhileRevalidate(HOUR)
                        .build(this::count)) {
            cache.get("a");
            time.advance(Duration.ofDays(1000));
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(calls).hasValue(1);
        }
    }
}
