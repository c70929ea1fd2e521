package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CloseRacesTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 100;

    private final Gate gate = new Gate();
    private final ResourceRegistry registry = ResourceRegistry.builder("races").build();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void closeAll() {
        gate.close();
        threads.shutdownNow();
        registry.close();
    }

    private <T> List<Future<T>> atOnce(List<Callable<T>> tasks) {
        CyclicBarrier barrier = new CyclicBarrier(tasks.size());
        List<Future<T>> results = new ArrayList<>();
        for (Callable<T> task : tasks) {
            results.add(
                    threads.submit(() -> {
                        barrier.await(20, TimeUnit.SECONDS);
                        return task.call();
                    }));
        }
        return results;
    }

    @Test
    void close_from64Threads_cleansOnceBeforeAnyReturns() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger cleanups = new AtomicInteger();
            AsyncResourceGuard<Object> guard =
                    registry.acquire("r", Object::new, r -> cleanups.incrementAndGet());
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tasks.add(() -> {
                    guard.close();
                    return cleanups.get();
                });
            }
            for (Future<Integer> seen : atOnce(tasks)) {
                assertThat(seen.get()).isEqualTo(1);
            }
        }
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(ROUNDS, ROUNDS, 0, 0, 0, 0));
    }

    @Test
    void close_from64ThreadsWithAFailure_allSeeTheSameCause() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            IllegalStateException failure = new IllegalStateException("round " + round);
            AsyncResourceGuard<Object> guard =
                    registry.acquire(
                            "r",
                            Object::new,
                            r -> {
                                throw failure;
                            });
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tasks.add(() -> {
                    guard.close();
                    return null;
                });
            }
            for (Future<Void> closed : atOnce(tasks)) {
                assertThatThrownBy(closed::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(CleanupFailedException.class)
                        .cause()
                        .isSameAs(failure);
            }
        }
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(ROUNDS, 0, ROUNDS, 0, 0, 0));
    }

    @Test
    void allWaysToClose_atOnce_endInOneOutcome() throws Exception {
        long detached = 0;
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger cleanups = new AtomicInteger();
            AtomicInteger detaches = new AtomicInteger();
            AsyncResourceGuard<Object> guard =
                    registry.acquire("r", Object::new, r -> cleanups.incrementAndGet());
            List<Callable<CleanupOutcome>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(() -> {
                    guard.close();
                    return guard.cleanup().get();
                });
                tasks.add(() -> guard.cleanup().get(20, TimeUnit.SECONDS));
                tasks.add(() -> guard.close(Duration.ofSeconds(20)));
                tasks.add(() -> {
                    try {
                        guard.detach();
                        detaches.incrementAndGet();
                    } catch (ResourceClosedException e) {
                        // somebody else was first
                    }
                    return guard.cleanup().get(20, TimeUnit.SECONDS);
                });
            }
            List<CleanupOutcome> outcomes = new ArrayList<>();
            for (Future<CleanupOutcome> outcome : atOnce(tasks)) {
                outcomes.add(outcome.get());
            }
            assertThat(outcomes).hasSize(16).containsOnly(outcomes.getFirst());
            assertThat(cleanups.get() + detaches.get()).isEqualTo(1);
            detached += detaches.get();
        }
        assertThat(registry.balance())
                .isEqualTo(new ResourceBalance(ROUNDS, ROUNDS - detached, 0, 0, detached, 0));
    }

    @Test
    void close_interruptedWhileItRunsElsewhere_throwsAndKeepsTheFlag() throws Exception {
        AsyncResourceGuard<Object> guard = registry.acquire("r", Object::new, gate);
        guard.cleanup();
        gate.awaitEntered();
        for (Runnable close :
                List.<Runnable>of(guard::close, () -> guard.close(Duration.ofSeconds(30)))) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread waiter =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    close.run();
                                } catch (ResourceInterruptedException e) {
                                    thrown.set(e);
                                }
                                flag.set(Thread.currentThread().isInterrupted());
                            });
            waiter.interrupt();
            waiter.join();
            assertThat(thrown.get()).hasMessageContaining("close");
            assertThat(flag).hasValue(true);
        }
        gate.close();
        assertThat(guard.cleanup().get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
    }

    @Test
    void closeWithin_ranElsewhereTooLong_throwsTimeoutAndChangesNothing() throws Exception {
        AsyncResourceGuard<Object> guard = registry.acquire("r", Object::new, gate);
        guard.cleanup();
        gate.awaitEntered();

        assertThatThrownBy(() -> guard.close(Duration.ofMillis(20)))
                .isInstanceOf(CleanupTimeoutException.class)
                .hasMessageContaining("20 ms");
        gate.close();
        assertThat(guard.close(Duration.ofSeconds(20))).isEqualTo(CleanupOutcome.CLEANED);
    }

    @Test
    void close_queuedBehindOthers_runsItOnTheCallerInsteadOfWaiting() throws Exception {
        try (ResourceRegistry narrow =
                ResourceRegistry.builder("narrow").cleanupConcurrency(1).build()) {
            narrow.acquire("blocker", Object::new, gate).cleanup();
            gate.awaitEntered();
            AtomicReference<Thread> ran = new AtomicReference<>();
            AsyncResourceGuard<Object> guard =
                    narrow.acquire("r", Object::new, r -> ran.set(Thread.currentThread()));
            var future = guard.cleanup();

            guard.close();

            assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
            assertThat(ran.get()).isNotNull();
            gate.close();
        }
    }
}
