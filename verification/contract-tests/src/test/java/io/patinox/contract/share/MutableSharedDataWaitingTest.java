package io.patinox.contract.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.share.Threads.Kind;
import io.patinox.memory.error.ShareInterruptedException;
import io.patinox.memory.error.ShareTimeoutException;
import io.patinox.memory.share.MutableSharedData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Those who wait for the lock: bounded, in turn, interruptible, on both kinds of threads.
@Timeout(60)
class MutableSharedDataWaitingTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Texts texts = new Texts();
    private final MutableSharedData<List<String>> data =
            MutableSharedData.builder(Texts.list("a")).inPlace(texts).lockTimeout(SHORT).build();

    /// Keeps data locked by a write until it is let go.
    private static final class Holder {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);

        Holder(Threads threads, MutableSharedData<?> data) {
            threads.start(() -> hold(data));
            Threads.await(inside);
        }

        private <T> void hold(MutableSharedData<T> data) {
            data.write(payload -> {
                inside.countDown();
                Threads.await(leave);
                return payload;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCall_writerInside_timesOut(Kind kind) {
        Threads threads = new Threads(kind);
        Holder holder = new Holder(threads, data);
        AtomicInteger calls = new AtomicInteger();

        threads.start(() -> {
            assertThat(data.tryRead(SHORT, view -> calls.incrementAndGet())).isEmpty();
            assertThat(
                            data.tryWrite(
                                    Duration.ZERO,
                                    payload -> {
                                        calls.incrementAndGet();
                                        return payload;
                                    }))
                    .isFalse();
            assertTimeout(() -> data.read(view -> calls.incrementAndGet()), "read");
            assertTimeout(() -> data.mutate(view -> calls.incrementAndGet()), "mutate");
            assertTimeout(data::get, "snapshot");
            assertThat(data.version()).isEqualTo(1);
            assertThat(data.health().reasons()).isEmpty();
            assertThat(data.metrics().counters()).containsEntry("share.timeouts", 5L);
            holder.leave.countDown();
        });
        threads.join();
        assertThat(calls).hasValue(0);
        assertThat(data.tryRead(Duration.ofSeconds(10), List::size)).contains(1);
    }

    private static void assertTimeout(Runnable call, String name) {
        assertThatThrownBy(call::run)
                .isInstanceOf(ShareTimeoutException.class)
                .hasMessageContaining(name + " found the data locked for 20 ms");
    }

    @ParameterizedTest
    @EnumSource
    void read_writerInsideSnapshots_doesNotWait(Kind kind) {
        MutableSharedData<String> text = MutableSharedData.builder("a").lockTimeout(SHORT).build();
        Threads threads = new Threads(kind);
        Holder holder = new Holder(threads, text);
        threads.start(() -> {
            assertThat(text.get()).isEqualTo("a");
            assertThat(text.<Integer>read(String::length)).isEqualTo(1);
            assertThat(text.snapshot().version()).isEqualTo(1);
            assertThat(text.tryRead(Duration.ZERO, String::length)).contains(1);
            assertThat(text.tryWrite(SHORT, old -> "b")).isFalse();
            assertTimeout(() -> text.write(old -> "b"), "write");
            holder.leave.countDown();
        });
        threads.join();
    }

    @ParameterizedTest
    @EnumSource
    void everyCall_interruptedWhileItWaits_saysSo(Kind kind) {
        MutableSharedData<List<String>> patient = MutableSharedData.inPlace(Texts.list("a"), texts);
        Threads threads = new Threads(kind);
        Holder holder = new Holder(threads, patient);
        List<Runnable> calls =
                List.of(
                        () -> patient.read(List::size),
                        () -> patient.tryRead(Duration.ofDays(1), List::size),
                        patient::snapshot,
                        () -> patient.mutate(payload -> payload.add("b")),
                        () -> patient.tryWrite(Duration.ofDays(1), payload -> payload),
                        () -> patient.watch().await(1, Duration.ofDays(1)));
        Threads waiting = new Threads(kind);
        for (Runnable call : calls) {
            Thread thread =
                    waiting.start(() -> {
                        assertThatThrownBy(call::run).isInstanceOf(ShareInterruptedException.class);
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
            Threads.awaitParked(thread);
            thread.interrupt();
        }
        waiting.join();
        holder.leave.countDown();
        threads.join();
        assertThat(patient.get()).containsExactly("a");
    }

    @Test
    void everyCall_interruptedButFree_isDone() {
        Thread.currentThread().interrupt();
        data.mutate(payload -> payload.add("b"));
        assertThat(data.<Integer>read(List::size)).isEqualTo(2);
        assertThat(Thread.interrupted()).as("the flag stays").isTrue();
    }

    /// Readers that overlap without a gap: with a lock that lets readers pass a waiting writer it
    /// would never come in.
    @ParameterizedTest
    @EnumSource
    void write_readersWithoutAGap_comesIn(Kind kind) {
        MutableSharedData<List<String>> busy = MutableSharedData.inPlace(Texts.list("a"), texts);
        Threads threads = new Threads(kind);
        AtomicBoolean written = new AtomicBoolean();
        CyclicBarrier relay = new CyclicBarrier(2);
        // each of two readers leaves only when the other one is inside, or can't come in
        threads.start(
                2,
                me -> {
                    while (!written.get()) {
                        busy.<Boolean>read(view -> meet(relay));
                    }
                });
        Thread writer =
                threads.start(() -> {
                    busy.mutate(payload -> payload.add("b"));
                    written.set(true);
                });
        threads.join();
        assertThat(writer.isAlive()).isFalse();
        assertThat(busy.get()).containsExactly("a", "b");
    }

    private static boolean meet(CyclicBarrier relay) {
        try {
            relay.await(50, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (java.util.concurrent.BrokenBarrierException
                | java.util.concurrent.TimeoutException e) {
            relay.reset();
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void read_readerInside_doesNotWait(Kind kind) {
        Threads threads = new Threads(kind);
        CyclicBarrier both = new CyclicBarrier(2);
        threads.start(
                2,
                me ->
                        data.<Integer>read(view -> {
                            try {
                                return both.await(10, TimeUnit.SECONDS);
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        }));
        threads.join();
    }

    /// One computes a derived value and waits for the data; another one has the data and asks for
    /// the derived value. They must not wait for each other.
    @ParameterizedTest
    @EnumSource
    void map_askedWithinARead_doesNotDeadlock(Kind kind) {
        MutableSharedData<List<String>> list = MutableSharedData.inPlace(Texts.list("a"), texts);
        var size = list.map(List::size);
        Threads threads = new Threads(kind);
        for (int round = 0; round < 200; round++) {
            CyclicBarrier start = new CyclicBarrier(3);
            threads.start(() -> meet(start, () -> list.<Integer>read(view -> size.get())));
            threads.start(() -> meet(start, size::get));
            threads.start(() -> meet(start, () -> list.mutate(payload -> payload.add("b"))));
            threads.join();
        }
        assertThat(size.get()).isEqualTo(201);
    }

    private static void meet(CyclicBarrier start, Runnable body) {
        try {
            start.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        body.run();
    }

    @ParameterizedTest
    @EnumSource
    void await_newerButLocked_keepsToItsTime(Kind kind) {
        data.mutate(payload -> payload.add("b"));
        Threads threads = new Threads(kind);
        Holder holder = new Holder(threads, data);
        assertThat(data.watch().await(1, Duration.ZERO)).isEmpty();
        assertThat(data.watch().await(1, SHORT)).isEmpty();
        holder.leave.countDown();
        threads.join();
        assertThat(data.watch().await(1, SHORT).orElseThrow().version()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void write_many_losesNone(Kind kind) {
        MutableSharedData<Integer> number = MutableSharedData.of(0);
        MutableSharedData<List<String>> list = MutableSharedData.inPlace(Texts.list(), texts);
        Threads threads = new Threads(kind);
        int each = 500;
        threads.start(
                8,
                me -> {
                    long last = 0;
                    for (int i = 0; i < each; i++) {
                        long mine = number.write(n -> n + 1);
                        assertThat(mine).isGreaterThan(last);
                        last = mine;
                        list.mutate(payload -> payload.add("x"));
                        assertThat(number.snapshot().version()).isGreaterThanOrEqualTo(mine);
                        assertThat(number.get()).isGreaterThanOrEqualTo((int) mine - 1);
                    }
                });
        threads.join();
        assertThat(number.get()).isEqualTo(8 * each);
        assertThat(number.version()).isEqualTo(8 * each + 1);
        assertThat(list.get()).hasSize(8 * each);
    }
}
