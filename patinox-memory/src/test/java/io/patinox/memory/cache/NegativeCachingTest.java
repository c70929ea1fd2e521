package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NegativeCachingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<@Nullable Integer> source = new AtomicReference<>();

    private CacheBuilder<String, Integer> builder() {
        return Cache.<String, Integer>builder().ticker(time).cacheNulls(MINUTE);
    }

    private @Nullable Integer read(String key) {
        calls.incrementAndGet();
        return source.get();
    }

    @Test
    void get_noValue_isRememberedAndInvisible() {
        try (LoadingCache<String, Integer> cache = builder().build(this::read)) {
            assertThat(cache.get("a")).isNull();
            assertThat(cache.get("a")).isNull();
            assertThat(cache.getAll(List.of("a"))).isEmpty();
            assertThat(cache.async().get("a").join()).isNull();
            assertThat(calls).hasValue(1);
            assertThat(cache.size()).isZero();
            assertThat(cache.asMap()).isEmpty();
            assertThat(cache.asMap().containsKey("a")).isFalse();
            assertThat(cache.metrics().counters()).containsEntry("cache.absence.hits", 3L);
            time.advance(MINUTE);
            source.set(1);
            assertThat(cache.get("a")).isEqualTo(1);
        }
    }

    @Test
    void get_writtenOrInvalidatedMeanwhile_forgetsTheAbsence() {
        try (LoadingCache<String, Integer> cache = builder().build(this::read)) {
            cache.get("a");
            cache.put("a", 5);
            assertThat(cache.get("a")).isEqualTo(5);
            cache.invalidate("a");
            assertThat(cache.get("a")).isNull();
            assertThat(calls).hasValue(2);
            source.set(7);
            cache.invalidate("a");
            assertThat(cache.get("a")).isEqualTo(7);
            source.set(null);
            cache.get("b");
            source.set(8);
            cache.invalidateAll();
            assertThat(cache.get("b")).isEqualTo(8);
            cache.invalidate("b");
            source.set(null);
            cache.get("b");
            assertThat(cache.asMap().computeIfAbsent("b", key -> 9)).isEqualTo(9);
            assertThat(cache.get("b")).isEqualTo(9);
        }
    }

    @Test
    void refresh_ofAnAbsentKey_loadsAnew() {
        try (LoadingCache<String, Integer> cache = builder().build(this::read)) {
            cache.get("a");
            cache.get("b");
            source.set(3);
            assertThat(cache.refresh("a").join()).isEqualTo(3);
            assertThat(cache.refreshAll(Set.of("b")).join()).isEqualTo(Map.of("b", 3));
        }
    }

    @Test
    void refresh_valueIsGone_remembersThat() {
        source.set(1);
        try (LoadingCache<String, Integer> cache = builder().build(this::read)) {
            cache.get("a");
            source.set(null);
            assertThat(cache.refresh("a").join()).isNull();
            assertThat(cache.get("a")).isNull();
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void get_invalidatedWhileLoading_isNotRemembered() {
        try (LoadingCache<String, Integer> cache = builder().build(this::read)) {
            Integer value =
                    cache.get(
                            "a",
                            key -> {
                                CompletableFuture.runAsync(() -> cache.invalidate("a")).join();
                                return null;
                            });
            assertThat(value).isNull();
            source.set(4);
            assertThat(cache.get("a")).isEqualTo(4);
        }
    }

    @Test
    void get_manyAbsentKeys_remembersTheNewest() {
        try (LoadingCache<String, Integer> cache = builder().maxEntries(10).build(this::read)) {
            for (int i = 0; i < 65; i++) {
                cache.get("k" + i);
            }
            cache.get("k64");
            cache.get("k1");
            assertThat(calls).hasValue(65);
            cache.get("k0");
            assertThat(calls).hasValue(66);
        }
    }

    @Test
    void cleanUp_absencesAreOver_removesThem() {
        try (LoadingCache<String, Integer> cache = builder().build(this::read)) {
            cache.get("a");
            time.advance(MINUTE);
            cache.cleanUp();
            cache.get("a");
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void get_failureIsCached_throwsTheSameWithoutLoading() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .cacheExceptions(MINUTE)
                        .build(key -> {
                            calls.incrementAndGet();
                            throw new IOException("gone");
                        })) {
            Throwable first = catchThrowable(() -> cache.get("a"));
            assertThat(catchThrowable(() -> cache.get("a"))).isSameAs(first);
            assertThat(calls).hasValue(1);
            time.advance(MINUTE);
            assertThat(catchThrowable(() -> cache.get("a"))).isNotSameAs(first);
        }
    }

    @Test
    void get_functionChooses_onlyThoseAreCached() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (LoadingCache<String, Integer> cache =
                builder()
                        .cacheExceptions(thrown -> thrown instanceof IOException ? MINUTE : null)
                        .build(key -> {
                            calls.incrementAndGet();
                            Throwable next = Objects.requireNonNull(failure.get());
                            if (next instanceof Error error) {
                                throw error;
                            }
                            throw (Exception) next;
                        })) {
            failure.set(new OutOfMemoryError("test"));
            catchThrowable(() -> cache.get("a"));
            failure.set(new IllegalStateException());
            catchThrowable(() -> cache.get("a"));
            failure.set(new IOException());
            catchThrowable(() -> cache.get("a"));
            catchThrowable(() -> cache.get("a"));
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void get_errorWithAFixedTime_isNotCached() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .cacheExceptions(MINUTE)
                        .build(key -> {
                            calls.incrementAndGet();
                            throw new OutOfMemoryError("test");
                        })) {
            catchThrowable(() -> cache.get("a"));
            catchThrowable(() -> cache.get("a"));
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void get_functionThrows_isSuppressed() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .cacheExceptions(thrown -> {
                            throw new ArithmeticException();
                        })
                        .build(key -> {
                            throw new IllegalStateException();
                        })) {
            assertThat(catchThrowable(() -> cache.get("a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasSuppressedException(new ArithmeticException());
        }
    }
}
