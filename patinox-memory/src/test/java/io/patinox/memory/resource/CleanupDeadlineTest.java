package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.CleanupTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CleanupDeadlineTest {
    private final Gate gate = new Gate();
    private final ResourceRegistry registry =
            ResourceRegistry.builder("deadlines").cleanupConcurrency(1).build();

    @AfterEach
    void closeRegistry() {
        gate.close();
        registry.close();
    }

    @Test
    void close_deadlineMissedByADeafCleanup_isAbandoned() {
        AsyncResourceGuard<Object> guard = registry.acquire("r", Object::new, gate::cleanDeaf);

        assertThat(guard.close(Duration.ofMillis(20))).isEqualTo(CleanupOutcome.ABANDONED);
        CleanupTimeoutException e =
                catchThrowableOfType(CleanupTimeoutException.class, guard::close);
        assertThat(e.deadline()).isEqualTo(Duration.ofMillis(20));
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 0, 1, 0, 0));
    }

    @Test
    void close_deadlineMissedByAnInterruptibleCleanup_isFailedForTheTimeout() {
        AsyncResourceGuard<Object> guard = registry.acquire("r", Object::new, gate);

        assertThat(guard.close(Duration.ofMillis(500))).isEqualTo(CleanupOutcome.FAILED);
        assertThatThrownBy(guard::close)
                .isInstanceOf(CleanupFailedException.class)
                .cause()
                .isInstanceOf(CleanupTimeoutException.class)
                .satisfies(e ->
                        assertThat(e.getSuppressed())
                                .singleElement()
                                .isInstanceOf(InterruptedException.class));
    }

    @Test
    void close_withinTheDeadline_runsOnAVirtualThread() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        AsyncResourceGuard<Object> guard =
                registry.acquire("r", Object::new, r -> ran.set(Thread.currentThread()));

        assertThat(guard.close(Duration.ofSeconds(20))).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(ran.get().isVirtual()).isTrue();
        assertThat(guard.close(Duration.ofSeconds(20))).isEqualTo(CleanupOutcome.CLEANED);
    }

    @Test
    void close_engineFull_doesNotQueue() {
        registry.acquire("blocker", Object::new, gate).cleanup();
        gate.awaitEntered();
        AtomicInteger ran = new AtomicInteger();
        AsyncResourceGuard<Object> guard =
                registry.acquire("r", Object::new, r -> ran.incrementAndGet());
        guard.cleanup();

        assertThat(guard.close(Duration.ofSeconds(20))).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(ran).hasValue(1);
    }

    @Test
    void abandoned_permit_goesToTheNext() throws Exception {
        List<Gate> deaf = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Gate one = new Gate();
            deaf.add(one);
            registry.request("deaf", Object::new, one::cleanDeaf)
                    .deadline(Duration.ofMillis(10))
                    .acquire()
                    .cleanup();
        }
        CompletableFuture<CleanupOutcome> good =
                registry.acquire("good", Object::new, r -> {}).cleanup();

        assertThat(good.get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
        deaf.forEach(Gate::close);
    }

    @Test
    void cleanup_waitsForAnotherBehindTheOnlyPermit_isNotADeadlock() throws Exception {
        AsyncResourceGuard<Object> inner = registry.acquire("inner", Object::new, r -> {});
        AsyncResourceGuard<Object> outer =
                registry.acquire(
                        "outer", Object::new, r -> inner.cleanup().get(20, TimeUnit.SECONDS));

        assertThat(outer.cleanup().get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(2, 2, 0, 0, 0, 0));
    }

    @Test
    void cleanup_closesAnotherAndItself_isNotADeadlock() throws Exception {
        AtomicReference<AsyncResourceGuard<Object>> self = new AtomicReference<>();
        AsyncResourceGuard<Object> inner = registry.acquire("inner", Object::new, r -> {});
        self.set(
                registry.acquire(
                        "outer",
                        Object::new,
                        r -> {
                            inner.close();
                            self.get().close();
                        }));

        assertThat(self.get().cleanup().get(20, TimeUnit.SECONDS))
                .isEqualTo(CleanupOutcome.CLEANED);
        assertThat(inner.isOpen()).isFalse();
    }

    @Test
    void cleanup_throwsWhatCannotBeDescribed_failsLikeAnyOther() throws Exception {
        AsyncResourceGuard<Object> guard =
                registry.acquire(
                        "r",
                        Object::new,
                        r -> {
                            throw new Unspeakable();
                        });

        assertThat(guard.cleanup().get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.FAILED);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 1, 0, 0, 0));
        assertThat(registry.metrics().counters()).containsEntry("resource.internal.failures", 1L);
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void future_callbackThatBlocks_holdsUpNothing() throws Exception {
        AsyncResourceGuard<Object> guard = registry.acquire("r", Object::new, r -> {});
        // the cleanup waits for its callback, which would run here if it came too late
        CountDownLatch attached = new CountDownLatch(1);
        AsyncResourceGuard<Object> slow =
                registry.acquire("slow", Object::new, r -> attached.await());
        CompletableFuture<CleanupOutcome> end = slow.cleanup();
        end.thenRun(() -> gate.cleanDeaf(end));
        attached.countDown();
        gate.awaitEntered();

        assertThat(guard.cleanup().get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(registry.close(Duration.ofSeconds(20)).complete()).isTrue();
    }

    @Test
    void interrupt_atTheDeadline_hitsNoOtherCleanup() throws Exception {
        for (int i = 0; i < 20; i++) {
            registry.request("slow", Object::new, new Gate())
                    .deadline(Duration.ofMillis(1))
                    .acquire()
                    .cleanup();
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            registry.acquire(
                            "next",
                            Object::new,
                            r -> interrupted.set(Thread.currentThread().isInterrupted()))
                    .cleanup()
                    .get(20, TimeUnit.SECONDS);
            assertThat(interrupted).hasValue(false);
        }
    }
}
