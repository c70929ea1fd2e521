package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheLoadException;
import io.patinox.memory.error.CacheLoadTimeoutException;
import io.patinox.memory.error.CacheRecursiveException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoadTimeoutTest {

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

    private CacheBuilder<String, Integer> builder() {
        return Cache.<String, Integer>builder().loadTimeout(TIMEOUT).alarms(time);
    }

    /// Waits for an interrupt, and notes it.
    private int hang(Gate gate) throws InterruptedException {
        try {
            gate.pass();
            return 1;
        } catch (InterruptedException e) {
            interrupted.complete(true);
            throw e;
        }
    }

    @Test
    void get_loadInTime_returnsItFromAnotherThread() {
        AtomicReference<Thread> runner = new AtomicReference<>();
        try (LoadingCache<String, Integer> cache =
                builder()
                        .build(key -> {
                            runner.set(Thread.currentThread());
                            return key.length();
                        })) {
            assertThat(cache.get("abc")).isEqualTo(3);
            assertThat(runner.get()).isNotSameAs(Thread.currentThread());
            await().until(() -> time.pending() == 0);
        }
    }

    @Test
    void get_loadTakesTooLong_failsForEverybodyAndIsInterrupted() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache = builder().build(key -> hang(gate))) {
            CompletableFuture<Throwable> first =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.get("a")), THREADS);
            gate.awaitReached();
            CompletableFuture<Throwable> second =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.get("a")), THREADS);
            await().until(() -> cache.metrics().counters().get("cache.loads.joined") == 1);
            time.advance(TIMEOUT);
            assertThat(first.join())
                    .isInstanceOfSatisfying(
                            CacheLoadTimeoutException.class,
                            e -> assertThat(e.timeout()).isEqualTo(TIMEOUT));
            assertThat(second.join()).isSameAs(first.join());
            assertThat(interrupted.join()).isTrue();
            assertThat(cache.statistics().loadFailures()).isEqualTo(1);
        }
    }

    @Test
    void get_resultComesTooLate_isDropped() {
        Gate gate = new Gate();
        CountDownLatch late = new CountDownLatch(1);
        try (LoadingCache<String, Integer> cache =
                builder()
                        .build(key -> {
                            try {
                                return hang(gate);
                            } catch (InterruptedException e) {
                                late.countDown();
                                return 2;
                            }
                        })) {
            CompletableFuture<Integer> value = cache.async().get("a");
            gate.awaitReached();
            time.advance(TIMEOUT);
            assertThat(catchThrowable(value::join))
                    .hasCauseInstanceOf(CacheLoadTimeoutException.class);
            assertThat(late.getCount()).isLessThanOrEqualTo(1);
            await().until(() -> late.getCount() == 0);
            assertThat(cache.getIfPresent("a")).isNull();
            assertThat(cache.statistics().loads()).isZero();
        }
    }

    @Test
    void get_waitsForAPermitTooLong_failsToo() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                builder()
                        .maxConcurrentLoads(1)
                        .build(key -> {
                            if (key.equals("b")) {
                                throw new AssertionError("not to be loaded");
                            }
                            return hang(gate);
                        })) {
            CompletableFuture<Integer> first = cache.async().get("a");
            gate.awaitReached();
            time.advance(Duration.ofSeconds(1));
            CompletableFuture<Integer> second = cache.async().get("b");
            time.advance(TIMEOUT);
            assertThat(catchThrowable(first::join))
                    .hasCauseInstanceOf(CacheLoadTimeoutException.class);
            await().until(second::isDone);
        }
    }

    @Test
    void get_theOnlyOneWhoWaitsIsInterrupted_loadIsCalledOff() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache = builder().build(key -> hang(gate))) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread caller =
                    Thread.ofVirtual()
                            .start(() -> thrown.complete(catchThrowable(() -> cache.get("a"))));
            gate.awaitReached();
            caller.interrupt();
            assertThat(thrown.join()).isInstanceOf(CacheInterruptedException.class);
            assertThat(interrupted.join()).isTrue();
        }
    }

    @Test
    void get_ofItsOwnKeyOnTheExecutor_isRefused() {
        AtomicReference<LoadingCache<String, Integer>> self = new AtomicReference<>();
        try (LoadingCache<String, Integer> cache = builder().build(key -> self.get().get(key))) {
            self.set(cache);
            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheRecursiveException.class);
        }
    }

    @Test
    void get_executorRejects_failsWithThat() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .executor(task -> {
                            throw new RejectedExecutionException("full");
                        })
                        .build(String::length)) {
            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(RejectedExecutionException.class);
            assertThat(time.pending()).isZero();
        }
    }

    @Test
    void cancel_beforeTheExecutorBegins_loadsNothing() {
        Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        try (LoadingCache<String, Integer> cache =
                builder()
                        .executor(tasks::add)
                        .closeTimeout(Duration.ZERO)
                        .build(key -> {
                            throw new AssertionError("not to be loaded");
                        })) {
            CompletableFuture<Integer> value = cache.async().get("a");
            value.cancel(false);
            assertThat(tasks).hasSize(1);
            tasks.remove().run();
            assertThat(cache.statistics().loadFailures()).isZero();
        }
    }

    @Test
    void run_interruptedTooLate_takesTheInterruptBack() {
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Gate gate = new Gate();
        Executor same =
                task ->
                        Thread.ofVirtual()
                                .start(() -> {
                                    task.run();
                                    flag.set(Thread.currentThread().isInterrupted());
                                });
        try (LoadingCache<String, Integer> cache =
                builder()
                        .executor(same)
                        .build(key -> {
                            try {
                                gate.pass();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return 1;
                        })) {
            CompletableFuture<Integer> value = cache.async().get("a");
            gate.awaitReached();
            value.cancel(false);
            await().until(() -> flag.get() != null);
            assertThat(flag).hasValue(false);
        }
    }

    @Test
    void close_whileLoadingOnTheExecutor_interruptsAndWaits() {
        Gate gate = new Gate();
        LoadingCache<String, Integer> cache = builder().build(key -> hang(gate));
        CompletableFuture<Integer> value = cache.async().get("a");
        gate.awaitReached();
        cache.close();
        assertThat(catchThrowable(value::join)).hasCauseInstanceOf(CacheClosedException.class);
        assertThat(interrupted).isCompletedWithValue(true);
        assertThat(time.pending()).isZero();
    }

    @Test
    void close_loadDoesNotStop_returnsAfterTheTimeout() {
        Gate gate = new Gate();
        CountDownLatch stubborn = new CountDownLatch(1);
        LoadingCache<String, Integer> cache =
                builder()
                        .closeTimeout(Duration.ofMillis(1))
                        .build(key -> {
                            try {
                                return hang(gate);
                            } catch (InterruptedException e) {
                                stubborn.await();
                                return 1;
                            }
                        });
        CompletableFuture<Integer> value = cache.async().get("a");
        gate.awaitReached();
        cache.close();
        assertThat(value).isCompletedExceptionally();
        stubborn.countDown();
    }

    @Test
    void close_byALoadOfTheCache_doesNotWaitForItself() {
        AtomicReference<LoadingCache<String, Integer>> self = new AtomicReference<>();
        LoadingCache<String, Integer> cache =
                builder()
                        .build(key -> {
                            self.get().close();
                            return 1;
                        });
        self.set(cache);
        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheClosedException.class);
    }

    @Test
    void get_checkedExceptionOnTheExecutor_isWrapped() {
        try (LoadingCache<String, Integer> cache =
                builder()
                        .build(key -> {
                            throw new java.io.IOException("gone");
                        })) {
            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheLoadException.class);
        }
    }
}
