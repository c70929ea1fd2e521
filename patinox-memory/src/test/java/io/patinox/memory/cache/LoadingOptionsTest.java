package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.cache.internal.Alarms;
import io.patinox.memory.error.InvalidOptionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LoadingOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static CacheBuilder<String, Integer> builder() {
        return Cache.builder();
    }

    @Test
    void options_outOfRange_areRefusedByName() {
        record Wrong(String option, Consumer<CacheBuilder<String, Integer>> set) {}
        List<Wrong> all =
                List.of(
                        new Wrong("loadTimeout", b -> b.loadTimeout(Duration.ofNanos(1))),
                        new Wrong("maxConcurrentLoads", b -> b.maxConcurrentLoads(0)),
                        new Wrong("maxBatchSize", b -> b.maxBatchSize(0)),
                        new Wrong("window", b -> b.coalesce(Duration.ZERO, 1)),
                        new Wrong("maxBatch", b -> b.coalesce(SECOND, 0)),
                        new Wrong(
                                "refreshAfterWrite", b -> b.refreshAfterWrite(Duration.ofNanos(1))),
                        new Wrong("earlyRefresh", b -> b.earlyRefresh(-1)),
                        new Wrong("earlyRefresh", b -> b.earlyRefresh(Double.NaN)),
                        new Wrong("earlyRefresh", b -> b.earlyRefresh(101)),
                        new Wrong(
                                "staleWhileRevalidate",
                                b -> b.staleWhileRevalidate(SECOND.negated())),
                        new Wrong("staleIfError", b -> b.staleIfError(Duration.ofDays(40_000))),
                        new Wrong("cacheNulls", b -> b.cacheNulls(Duration.ofNanos(1))),
                        new Wrong("cacheExceptions", b -> b.cacheExceptions(Duration.ZERO)));
        for (Wrong wrong : all) {
            assertThatThrownBy(() -> wrong.set.accept(builder()))
                    .as(wrong.option)
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining(wrong.option);
        }
    }

    @Test
    void options_zero_meanOff() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .loadTimeout(Duration.ZERO)
                        .refreshAfterWrite(Duration.ZERO)
                        .staleWhileRevalidate(Duration.ZERO)
                        .staleIfError(Duration.ZERO)
                        .cacheNulls(Duration.ZERO)
                        .earlyRefresh(0)
                        .build(String::length)) {
            assertThat(cache.get("abc")).isEqualTo(3);
        }
    }

    @Test
    void build_loaderOptionsWithoutALoader_areRefused() {
        assertThatThrownBy(() -> builder().refreshAfterWrite(SECOND).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("refreshAfterWrite");
        assertThatThrownBy(() -> builder().refresh((key, value) -> SECOND).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("refreshAfterWrite");
        assertThatThrownBy(() ->
                        builder().expireAfterWrite(SECOND).staleWhileRevalidate(SECOND).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("staleWhileRevalidate");
        assertThatThrownBy(() -> builder().coalesce(SECOND, 5).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("coalesce");
    }

    @Test
    void build_windowsWithoutLifetimes_areRefused() {
        assertThatThrownBy(() -> builder().staleWhileRevalidate(SECOND).build(String::length))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("staleWhileRevalidate");
        assertThatThrownBy(() -> builder().staleIfError(SECOND).build(String::length))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("staleIfError");
        assertThatThrownBy(() -> builder().earlyRefresh(1).build(String::length))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("earlyRefresh");
    }

    @Test
    void plainCache_loadOptions_holdForFunctionsToo() {
        ManualTime time = new ManualTime();
        try (Cache<String, Integer> cache =
                builder()
                        .ticker(time)
                        .cacheNulls(SECOND)
                        .loadTimeout(SECOND)
                        .alarms(time)
                        .build()) {
            assertThat(cache.get("a", key -> null)).isNull();
            assertThat(cache.get("a", key -> 1)).isNull();
            time.advance(SECOND);
            assertThat(cache.get("a", key -> 1)).isEqualTo(1);
        }
    }

    @Test
    void shared_alarms_areCalledAndCanBeCalledOff() throws Exception {
        CountDownLatch rung = new CountDownLatch(1);
        Alarms alarms = Alarms.shared();
        alarms.after(Duration.ofDays(1).toNanos(), rung::countDown).run();
        assertThat(rung.getCount()).isEqualTo(1);
        alarms.after(1, rung::countDown);
        assertThat(rung.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
