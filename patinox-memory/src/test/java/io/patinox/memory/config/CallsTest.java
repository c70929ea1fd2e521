package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.config.Calls.CallFailed;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final Calls calls = new Calls("test", TimeUnit.SECONDS.toNanos(30));
    private final Calls hasty = new Calls("test", TimeUnit.MILLISECONDS.toNanos(10));

    @AfterEach
    void clear() {
        assertThat(Thread.interrupted()).isFalse();
        calls.close();
        hasty.close();
    }

    private static String uninterruptibly(CountDownLatch latch, String result) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                // goes on, as bad code does
                continue;
            }
        }
        return result;
    }

    @Test
    void call_returning_givesItsResult() throws CallFailed {
        assertThat(calls.run(() -> Thread.currentThread().isDaemon(), _ -> {})).isTrue();
        assertThat(calls.isInside()).isFalse();
        assertThat(calls.run(calls::isInside, _ -> {})).isTrue();
        assertThat(calls.abandoned()).isZero();
    }

    @Test
    void call_throwing_failsWithItsCause() {
        IOException failure = new IOException("no");

        assertThatThrownBy(() ->
                        calls.run(
                                () -> {
                                    throw failure;
                                },
                                _ -> {}))
                .isInstanceOf(CallFailed.class)
                .hasCause(failure)
                .satisfies(e -> assertThat(((CallFailed) e).isLate()).isFalse());
    }

    @Test
    void call_takingTooLong_isGivenUpAndItsResultUndone() {
        CountDownLatch release = new CountDownLatch(1);
        List<String> undone = new CopyOnWriteArrayList<>();

        assertThatThrownBy(() -> hasty.run(() -> uninterruptibly(release, "x"), undone::add))
                .isInstanceOf(CallFailed.class)
                .satisfies(e -> assertThat(((CallFailed) e).isLate()).isTrue());
        assertThat(hasty.abandoned()).isEqualTo(1);
        release.countDown();

        await().until(() -> undone.contains("x"));
    }

    @Test
    void call_endingAfterItWasGivenUp_isNotTheOneThatRuns() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> inside = new CompletableFuture<>();
        assertThatThrownBy(() ->
                        hasty.run(
                                () -> {
                                    uninterruptibly(release, "x");
                                    // another call may have begun
                                    return inside.complete(hasty.isInside());
                                },
                                _ -> {}))
                .isInstanceOf(CallFailed.class);
        assertThat(hasty.run(hasty::isInside, _ -> {})).isTrue();
        release.countDown();

        assertThat(inside).succeedsWithin(java.time.Duration.ofSeconds(30)).isEqualTo(false);
    }

    @Test
    void interrupt_ofWhoWaits_givesTheCallUp() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() ->
                        calls.run(
                                () -> {
                                    never.await();
                                    return "x";
                                },
                                _ -> {}))
                .isInstanceOf(CallFailed.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void callThatMustRun_interrupted_runsToItsEnd() throws CallFailed {
        AtomicBoolean done = new AtomicBoolean();
        Thread.currentThread().interrupt();

        calls.runAnyhow(() -> {
            done.set(true);
            return true;
        });

        assertThat(done).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void callThatMustRun_interruptedMeanwhile_runsToItsEnd() throws CallFailed {
        Thread waiting = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();

        calls.runAnyhow(() -> {
            waiting.interrupt();
            done.set(true);
            return true;
        });

        assertThat(done).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }
}
