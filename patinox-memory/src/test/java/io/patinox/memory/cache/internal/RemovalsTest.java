package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.cache.RemovalListener;
import io.patinox.memory.monitor.Monitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemovalsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final CacheReports reports = new CacheReports("prices", Monitor.noop());
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final RemovalListener<String, Integer> listener =
            (key, value, cause) -> told.add(key + value + cause);

    private Removals<String, Integer> removals(
            RemovalListener<String, Integer> listener, @Nullable Executor executor) {
        return new Removals<>(listener, executor, reports);
    }

    private static void removed(Removals<String, Integer> removals, String key, int value) {
        removals.add(key, value, RemovalCause.SIZE);
        removals.deliver();
    }

    @Test
    void deliver_several_tellsAllInOrderOnAVirtualThread() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Removals<String, Integer> removals =
                removals(
                        (key, value, cause) -> {
                            thread.set(Thread.currentThread());
                            listener.removed(key, value, cause);
                        },
                        null);

        removals.add("a", 1, RemovalCause.EXPLICIT);
        removals.add("b", 2, RemovalCause.EXPIRED);
        removals.deliver();

        assertThat(removals.awaitQuiet(LONG)).isTrue();
        assertThat(told).containsExactly("a1EXPLICIT", "b2EXPIRED");
        assertThat(thread.get().isVirtual()).isTrue();
        assertThat(thread.get().getName()).isEqualTo("patinox-cache-prices-removals");
        assertThat(removals.waiting()).isZero();
    }

    @Test
    void add_alone_callsNobody() {
        Removals<String, Integer> removals = removals(listener, Runnable::run);

        removals.add("a", 1, RemovalCause.SIZE);

        assertThat(told).isEmpty();
        assertThat(removals.waiting()).isOne();
        removals.deliver();
        assertThat(told).containsExactly("a1SIZE");
    }

    @Test
    void deliver_listenerThrows_isCountedAndGoesOn() throws Exception {
        Removals<String, Integer> removals =
                removals(
                        (key, value, cause) -> {
                            if (value == 1) {
                                throw new IllegalStateException("no");
                            }
                            if (value == 2) {
                                Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                                throw new StackOverflowError();
                            }
                            listener.removed(key, value, cause);
                        },
                        null);

        removed(removals, "a", 1);
        removed(removals, "b", 2);
        removed(removals, "c", 3);

        assertThat(removals.awaitQuiet(LONG)).isTrue();
        assertThat(told).containsExactly("c3SIZE");
        assertThat(reports.callbackFailures()).isEqualTo(2);
    }

    @Test
    void deliver_executorRejects_fallsBackToAVirtualThread() throws Exception {
        Removals<String, Integer> removals =
                removals(
                        listener,
                        task -> {
                            throw new RejectedExecutionException("full");
                        });

        removed(removals, "a", 1);

        assertThat(removals.awaitQuiet(LONG)).isTrue();
        assertThat(told).containsExactly("a1SIZE");
        assertThat(reports.callbackFailures()).isOne();
    }

    @Test
    void deliver_executorThrowsAnError_throwsItAndTriesAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Removals<String, Integer> removals =
                removals(
                        listener,
                        task -> {
                            if (broken.get()) {
                                throw new OutOfMemoryError("a made-up one");
                            }
                            task.run();
                        });

        removals.add("a", 1, RemovalCause.SIZE);
        assertThatThrownBy(removals::deliver).isInstanceOf(OutOfMemoryError.class);
        broken.set(false);
        removed(removals, "b", 2);

        assertThat(told).containsExactly("a1SIZE", "b2SIZE");
    }

    @Test
    void awaitQuiet_executorLosesTheTask_deliversItself() throws Exception {
        List<Runnable> lost = new ArrayList<>();
        Removals<String, Integer> removals = removals(listener, lost::add);

        removed(removals, "a", 1);
        removed(removals, "b", 2);

        assertThat(lost).hasSize(1);
        assertThat(removals.awaitQuiet(LONG)).isTrue();
        lost.getFirst().run();
        assertThat(told).containsExactly("a1SIZE", "b2SIZE");
    }

    @Test
    void deliver_listenerRemovesMore_tellsThatToo() {
        AtomicReference<Removals<String, Integer>> itself = new AtomicReference<>();
        Removals<String, Integer> removals =
                removals(
                        (key, value, cause) -> {
                            listener.removed(key, value, cause);
                            if (value < 5_000) {
                                removed(itself.get(), key, value + 1);
                            }
                        },
                        Runnable::run);
        itself.set(removals);

        removed(removals, "a", 1);

        assertThat(told).hasSize(5_000);
    }

    @Test
    void awaitQuiet_listenerBlocks_saysSoAndAbandonCountsTheRest() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Removals<String, Integer> removals =
                removals(
                        (_, _, _) -> {
                            inside.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.set(true);
                            }
                        },
                        null);
        removed(removals, "a", 1);
        removed(removals, "b", 2);
        removed(removals, "c", 3);
        inside.await();

        assertThat(removals.awaitQuiet(Duration.ofMillis(1))).isFalse();
        assertThat(removals.waiting()).isEqualTo(3);
        assertThat(removals.abandon()).isEqualTo(2);

        assertThat(removals.awaitQuiet(LONG)).isTrue();
        assertThat(interrupted).isTrue();
        removed(removals, "d", 4);
        assertThat(removals.waiting()).isZero();
    }

    @Test
    void awaitQuiet_byTheListener_doesNotWaitForItself() throws Exception {
        AtomicReference<Removals<String, Integer>> itself = new AtomicReference<>();
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        Removals<String, Integer> removals =
                removals(
                        (key, value, cause) -> {
                            try {
                                answers.add(itself.get().awaitQuiet(Duration.ofDays(1)));
                            } catch (InterruptedException e) {
                                answers.add(false);
                            }
                            listener.removed(key, value, cause);
                        },
                        null);
        itself.set(removals);

        removals.add("a", 1, RemovalCause.SIZE);
        removed(removals, "b", 2);

        assertThat(removals.awaitQuiet(LONG)).isTrue();
        assertThat(answers).containsExactly(true, true);
        assertThat(told).containsExactly("a1SIZE", "b2SIZE");
    }

    @Test
    void awaitQuiet_interrupted_throws() {
        Removals<String, Integer> removals = removals(listener, null);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> removals.awaitQuiet(LONG))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void deliver_listenerLeavesItsThreadInterrupted_theNextIsNot() throws Exception {
        List<Boolean> flags = new CopyOnWriteArrayList<>();
        Removals<String, Integer> removals =
                removals(
                        (_, _, _) -> {
                            flags.add(Thread.currentThread().isInterrupted());
                            Thread.currentThread().interrupt();
                        },
                        null);

        removals.add("a", 1, RemovalCause.SIZE);
        removed(removals, "b", 2);

        assertThat(removals.awaitQuiet(LONG)).isTrue();
        assertThat(flags).containsExactly(false, false);
    }

    @Test
    void deliver_manyThreads_tellsEachOnceInItsOrderAndOneAtATime() throws Exception {
        Map<String, Integer> last = new ConcurrentHashMap<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger count = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        Removals<String, Integer> removals =
                removals(
                        (key, value, _) -> {
                            if (inside.incrementAndGet() != 1) {
                                wrong.incrementAndGet();
                            }
                            Integer before = last.put(key, value);
                            if (value != (before == null ? 0 : before + 1)) {
                                wrong.incrementAndGet();
                            }
                            count.incrementAndGet();
                            inside.decrementAndGet();
                        },
                        null);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String key = "k" + t;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            removed(removals, key, i);
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        await().atMost(LONG).until(() -> removals.waiting() == 0);
        assertThat(count).hasValue(80_000);
        assertThat(wrong).hasValue(0);
    }
}
