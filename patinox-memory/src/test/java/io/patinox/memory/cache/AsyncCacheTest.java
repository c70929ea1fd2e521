package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.CacheLoadTimeoutException;
import io.patinox.memory.error.CacheRecursiveException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AsyncCacheTest {

    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private final Gate gate = new Gate();
    private final AtomicInteger calls = new AtomicInteger();

    private int hang(String key) throws InterruptedException {
        calls.incrementAndGet();
        try {
            gate.pass();
            return key.length();
        } catch (InterruptedException e) {
            interrupted.complete(true);
            throw e;
        }
    }

    @Test
    void get_missingKey_loadsOnTheExecutor() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            CompletableFuture<Integer> first = cache.get("abc");
            CompletableFuture<Integer> second = cache.getIfPresent("abc");
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            gate.open();
            assertThat(first.join()).isEqualTo(3);
            assertThat(second.join()).isEqualTo(3);
            assertThat(calls).hasValue(1);
            assertThat(cache.get("abc")).isCompletedWithValue(3);
            assertThat(cache.getIfPresent("abc")).isCompletedWithValue(3);
            assertThat(cache.getIfPresent("other")).isNull();
            assertThat(cache.synchronous().get("abc")).isEqualTo(3);
            assertThat(cache.get("abc", key -> 0)).isCompletedWithValue(3);
        }
    }

    @Test
    void cancel_byOne_takesNothingFromTheOther() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            CompletableFuture<Integer> first = cache.get("a");
            CompletableFuture<Integer> second = cache.get("a");
            gate.awaitReached();
            first.cancel(true);
            gate.open();
            assertThat(second.join()).isEqualTo(1);
            assertThat(interrupted).isNotDone();
        }
    }

    @Test
    void cancel_byTheLast_interruptsTheLoad() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            CompletableFuture<Integer> first = cache.get("a");
            CompletableFuture<Integer> second = cache.get("a");
            gate.awaitReached();
            first.cancel(true);
            second.completeExceptionally(new IllegalStateException("timed out"));
            assertThat(interrupted.join()).isTrue();
            CompletableFuture<Integer> third = cache.get("a");
            gate.open();
            assertThat(third.join()).isEqualTo(1);
            assertThat(calls).hasValue(2);
            assertThat(cache.synchronous().statistics().loadFailures()).isZero();
        }
    }

    @Test
    void cancel_whileWaitingForAPermit_neverLoads() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().maxConcurrentLoads(1).buildAsync(this::hang)) {
            CompletableFuture<Integer> first = cache.get("a");
            gate.awaitReached();
            CompletableFuture<Integer> second = cache.get("b");
            CompletableFuture<Integer> third = cache.get("c");
            second.cancel(true);
            gate.open();
            assertThat(first.join()).isEqualTo(1);
            assertThat(third.join()).isEqualTo(1);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void get_withAFunction_runsIt() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            assertThat(cache.get("a", key -> 9).join()).isEqualTo(9);
            assertThat(cache.get("b", key -> null).join()).isNull();
            assertThat(cache.synchronous().getIfPresent("a")).isEqualTo(9);
        }
    }

    @Test
    void getAsync_futureOfAnother_isCachedWhenItIsThere() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            CompletableFuture<Integer> coming = new CompletableFuture<>();
            CompletableFuture<Integer> value = cache.getAsync("a", (key, executor) -> coming);
            CompletableFuture<Integer> joined =
                    cache.getAsync("a", (key, executor) -> new CompletableFuture<>());
            assertThat(cache.synchronous().getIfPresent("a")).isNull();
            coming.complete(4);
            assertThat(value.join()).isEqualTo(4);
            assertThat(joined.join()).isEqualTo(4);
            assertThat(cache.synchronous().getIfPresent("a")).isEqualTo(4);
            assertThat(cache.getAsync("a", (key, executor) -> coming)).isCompletedWithValue(4);
        }
    }

    @Test
    void getAsync_functionOrFutureFails_cachesNothing() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            assertThatThrownBy(() ->
                            cache.<Integer>getAsync(
                                            "a",
                                            (key, executor) -> {
                                                throw new ArithmeticException();
                                            })
                                    .join())
                    .hasCauseInstanceOf(ArithmeticException.class);
            CompletableFuture<Integer> coming = new CompletableFuture<>();
            CompletableFuture<Integer> value = cache.getAsync("a", (key, executor) -> coming);
            coming.completeExceptionally(new IllegalStateException());
            assertThatThrownBy(value::join).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(cache.synchronous().size()).isZero();
        }
    }

    @Test
    void getAsync_cancelledByAll_cancelsTheFuture() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            CompletableFuture<Integer> coming = new CompletableFuture<>();
            cache.getAsync("a", (key, executor) -> coming).cancel(true);
            assertThat(coming).isCancelled();
        }
    }

    @Test
    void getAsync_takesTooLong_fails() {
        ManualTime time = new ManualTime();
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .alarms(time)
                        .loadTimeout(Duration.ofSeconds(1))
                        .buildAsync(this::hang)) {
            CompletableFuture<Integer> coming = new CompletableFuture<>();
            CompletableFuture<Integer> value = cache.getAsync("a", (key, executor) -> coming);
            time.advance(Duration.ofSeconds(1));
            assertThatThrownBy(value::join).hasCauseInstanceOf(CacheLoadTimeoutException.class);
            assertThat(coming).isCancelled();
        }
    }

    @Test
    void put_future_replacesWhatIsThereAndCountsAsALoad() {
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(this::hang)) {
            cache.synchronous().put("a", 1);
            CompletableFuture<Integer> coming = new CompletableFuture<>();
            cache.put("a", coming);
            assertThat(cache.synchronous().getIfPresent("a")).isNull();
            CompletableFuture<Integer> joined = cache.get("a");
            coming.complete(2);
            assertThat(joined.join()).isEqualTo(2);
            assertThat(cache.synchronous().getIfPresent("a")).isEqualTo(2);
            cache.put("a", CompletableFuture.failedFuture(new IllegalStateException()));
            assertThat(cache.synchronous().getIfPresent("a")).isNull();
        }
    }

    @Test
    void get_ofItsOwnKeyWithinTheLoad_fails() {
        AtomicReference<AsyncCache<String, Integer>> self = new AtomicReference<>();
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder().buildAsync(key -> self.get().get(key).join())) {
            self.set(cache);
            assertThatThrownBy(() -> cache.get("a").join())
                    .hasRootCauseInstanceOf(CacheRecursiveException.class);
        }
    }

    @Test
    void close_whileLoading_failsFutures() {
        AsyncCache<String, Integer> cache = Cache.<String, Integer>builder().buildAsync(this::hang);
        CompletableFuture<Integer> value = cache.get("a");
        CompletableFuture<Integer> coming = new CompletableFuture<>();
        CompletableFuture<Integer> adopted = cache.getAsync("b", (key, executor) -> coming);
        gate.awaitReached();
        cache.close();
        assertThatThrownBy(value::join).hasCauseInstanceOf(CacheClosedException.class);
        assertThatThrownBy(adopted::join).hasCauseInstanceOf(CacheClosedException.class);
        assertThat(coming).isCancelled();
        await().until(interrupted::isDone);
    }
}
