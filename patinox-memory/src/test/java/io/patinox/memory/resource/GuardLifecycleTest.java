package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardLifecycleTest {
    private final ResourceRegistry registry = ResourceRegistry.builder("life").build();
    private final AtomicInteger cleanups = new AtomicInteger();

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    private AsyncResourceGuard<String> acquire() {
        return registry.acquire("text", () -> "hello", text -> cleanups.incrementAndGet());
    }

    @Test
    void get_open_givesTheResource() {
        AsyncResourceGuard<String> guard = acquire();

        assertThat(guard.get()).isEqualTo("hello");
        assertThat(guard.isOpen()).isTrue();
        assertThat(guard.type()).isEqualTo("text");
        assertThat(guard.name()).startsWith("text@");
        assertThat(guard).hasToString("AsyncResourceGuard[" + guard.name() + ", open]");
    }

    @Test
    void use_open_givesTheResultAndTheFunctionsOwnException() throws Exception {
        AsyncResourceGuard<String> guard = acquire();

        assertThat(guard.<Integer, RuntimeException>use(String::length)).isEqualTo(5);
        assertThatThrownBy(() ->
                        guard.<Object, IOException>use(text -> {
                            throw new IOException(text);
                        }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("hello");
        assertThat(guard.isOpen()).isTrue();
    }

    @Test
    void close_twice_cleansOnce() {
        AsyncResourceGuard<String> guard = acquire();

        guard.close();
        guard.close();

        assertThat(cleanups).hasValue(1);
        assertThat(guard.isOpen()).isFalse();
        assertThat(guard).hasToString("AsyncResourceGuard[" + guard.name() + "]");
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
    }

    @Test
    void close_onTheCaller_runsTheCleanupThere() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        registry.acquire("text", () -> "", text -> ran.set(Thread.currentThread())).close();

        assertThat(ran).hasValue(Thread.currentThread());
    }

    @Test
    void everyCall_afterClose_throwsResourceClosed() {
        AsyncResourceGuard<String> guard = acquire();
        guard.close();

        List<Runnable> calls = List.of(guard::get, guard::detach, () -> guard.use(text -> text));
        for (Runnable call : calls) {
            ResourceClosedException e =
                    catchThrowableOfType(ResourceClosedException.class, call::run);
            assertThat(e.resource()).isEqualTo(guard.name());
            assertThat(e.state()).isEqualTo("closed");
        }
    }

    @Test
    void detach_open_givesTheResourceAndCleansNothing() {
        AsyncResourceGuard<String> guard = acquire();

        assertThat(guard.detach()).isEqualTo("hello");
        guard.close();
        registry.close();

        assertThat(cleanups).hasValue(0);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 0, 0, 1, 0));
        assertThat(guard.cleanup()).isCompletedWithValue(CleanupOutcome.DETACHED);
        assertThat(guard.close(Duration.ofSeconds(1))).isEqualTo(CleanupOutcome.DETACHED);
        assertThatThrownBy(guard::detach)
                .isInstanceOf(ResourceClosedException.class)
                .hasMessageContaining("detached");
    }

    @Test
    void cleanup_open_runsOnAVirtualThreadOfTheRegistry() throws Exception {
        AtomicReference<Thread> ran = new AtomicReference<>();
        AsyncResourceGuard<String> guard =
                registry.acquire("text", () -> "", text -> ran.set(Thread.currentThread()));

        assertThat(guard.cleanup().get(10, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(ran.get().isVirtual()).isTrue();
        assertThat(ran.get().getName()).isEqualTo("patinox-life-cleanup");
        assertThat(guard.cleanup()).isCompletedWithValue(CleanupOutcome.CLEANED);
    }

    @Test
    void cleanup_futureOfOneCaller_doesNotHurtTheOthers() throws Exception {
        AsyncResourceGuard<String> guard = acquire();
        CompletableFuture<CleanupOutcome> first = guard.cleanup();
        CompletableFuture<CleanupOutcome> second = guard.cleanup();

        first.obtrudeValue(CleanupOutcome.ABANDONED);

        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
    }

    @Test
    void close_cleanupThrows_throwsTheSameEachTime() {
        IOException failure = new IOException("disk gone");
        AsyncResourceGuard<String> guard =
                registry.acquire(
                        "text",
                        () -> "",
                        text -> {
                            throw failure;
                        });

        for (int i = 0; i < 3; i++) {
            CleanupFailedException e =
                    catchThrowableOfType(CleanupFailedException.class, guard::close);
            assertThat(e).hasCause(failure);
            assertThat(e.attempts()).isEqualTo(1);
            assertThat(e.resource()).isEqualTo(guard.name());
        }
        assertThat(guard.close(Duration.ofSeconds(1))).isEqualTo(CleanupOutcome.FAILED);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 1, 0, 0, 0));
    }

    @Test
    void close_cleanupThrowsError_throwsItAsItIs() {
        AssertionError failure = new AssertionError("broken");
        AsyncResourceGuard<String> guard =
                registry.acquire(
                        "text",
                        () -> "",
                        text -> {
                            throw failure;
                        });

        assertThatThrownBy(guard::close).isSameAs(failure);
        assertThatThrownBy(guard::close)
                .isInstanceOf(CleanupFailedException.class)
                .hasCause(failure);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 1, 0, 0, 0));
    }

    @Test
    void close_insideItsOwnCleanup_returns() {
        AtomicReference<AsyncResourceGuard<String>> self = new AtomicReference<>();
        AtomicReference<Throwable> timed = new AtomicReference<>();
        AsyncResourceGuard<String> guard =
                registry.acquire(
                        "text",
                        () -> "",
                        text -> {
                            self.get().close();
                            try {
                                self.get().close(Duration.ofSeconds(60));
                            } catch (ResourceClosedException e) {
                                timed.set(e);
                            }
                            cleanups.incrementAndGet();
                        });
        self.set(guard);

        guard.close();

        assertThat(cleanups).hasValue(1);
        assertThat(timed.get()).hasMessageContaining("being cleaned up by this thread");
    }

    @Test
    void close_interruptedBefore_cleansWithoutTheInterruptAndKeepsTheFlag() {
        AtomicReference<Boolean> seen = new AtomicReference<>();
        AsyncResourceGuard<String> guard =
                registry.acquire(
                        "text", () -> "", text -> seen.set(Thread.currentThread().isInterrupted()));

        Thread.currentThread().interrupt();
        guard.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).hasValue(false);
    }

    @Test
    void close_cleanupThrowsInterrupted_setsTheFlag() {
        AsyncResourceGuard<String> guard =
                registry.acquire(
                        "text",
                        () -> "",
                        text -> {
                            throw new InterruptedException("stop");
                        });

        assertThatThrownBy(guard::close)
                .isInstanceOf(CleanupFailedException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void acquire_supplierThrows_wrapsTheCauseAndRegistersNothing() {
        IOException failure = new IOException("no such file");

        assertThatThrownBy(() ->
                        registry.acquire(
                                "text",
                                () -> {
                                    throw failure;
                                },
                                text -> cleanups.incrementAndGet()))
                .isInstanceOf(ResourceAcquireException.class)
                .hasCause(failure);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(0, 0, 0, 0, 0, 0));
        assertThat(cleanups).hasValue(0);
    }

    @Test
    void acquire_supplierThrowsError_throwsItAsItIs() {
        AssertionError failure = new AssertionError();

        assertThatThrownBy(() ->
                        registry.acquire(
                                "text",
                                () -> {
                                    throw failure;
                                },
                                text -> {}))
                .isSameAs(failure);
    }

    @Test
    void acquire_supplierInterrupted_keepsTheFlag() {
        ResourceInterruptedException e =
                catchThrowableOfType(
                        ResourceInterruptedException.class,
                        () ->
                                registry.acquire(
                                        "text",
                                        () -> {
                                            throw new InterruptedException();
                                        },
                                        text -> {}));

        assertThat(e.operation()).isEqualTo("acquire");
        assertThat(e.resource()).isEqualTo("text");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without checks may do
    void acquire_supplierReturnsNull_isAnAcquireFailure() {
        assertThatThrownBy(() -> registry.acquire("text", () -> null, text -> {}))
                .isInstanceOf(ResourceAcquireException.class)
                .hasRootCauseMessage("the supplier returned null");
    }

    @Test
    void acquire_registryClosed_refusesWithoutCallingTheSupplier() {
        registry.close();
        List<String> supplied = new ArrayList<>();

        assertThatThrownBy(() -> registry.acquire("text", () -> supplied.add("x"), text -> {}))
                .isInstanceOf(RegistryClosedException.class);
        assertThat(supplied).isEmpty();
    }

    @Test
    void acquire_registryClosedBySupplier_cleansTheFreshResourceAndRefuses() {
        assertThatThrownBy(() ->
                        registry.acquire(
                                "text",
                                () -> {
                                    registry.close();
                                    return "late";
                                },
                                text -> {
                                    cleanups.incrementAndGet();
                                    throw new IOException("twice bad");
                                }))
                .isInstanceOf(RegistryClosedException.class)
                .satisfies(e ->
                        assertThat(e.getSuppressed())
                                .singleElement()
                                .isInstanceOf(IOException.class));
        assertThat(cleanups).hasValue(1);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 1, 0, 0, 0));
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without checks may do
    void arguments_null_areNamed() {
        assertThatThrownBy(() -> registry.acquire(null, () -> "", text -> {}))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("type");
        assertThatThrownBy(() -> registry.acquire("t", null, text -> {}))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("supplier");
        assertThatThrownBy(() -> registry.acquire("t", () -> "", null))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("cleanup");
        assertThatThrownBy(() -> acquire().use(null))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("function");
        assertThatThrownBy(() -> registry.acquire("no spaces", () -> "", text -> {}))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("type");
    }
}
