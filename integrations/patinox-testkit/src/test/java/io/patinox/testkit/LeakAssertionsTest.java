package io.patinox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a guard that nothing refers to passes; one that its own cleanup refers to does not.
@Timeout(60)
class LeakAssertionsTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<String> cleaned = new CopyOnWriteArrayList<>();
    private final ResourceRegistry registry = ResourceRegistry.builder("assertions").build();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void guard_nothingRefersToIt_passes() throws Exception {
        LeakAssertions.assertCollectable(
                () -> registry.acquire("text", () -> "text", cleaned::add));

        assertThat(registry.balance().acquired()).isEqualTo(1);
    }

    @Test
    void guard_itsCleanupRefersToIt_failsAndCloses() {
        assertThatThrownBy(() -> LeakAssertions.assertCollectable(this::selfReferring, SHORT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of type 'text' is still reachable 50 ms after")
                .hasMessageContaining("cleanup");
        assertThat(cleaned).containsExactly("text");
        assertThat(registry.balance().open()).isZero();
    }

    private AsyncResourceGuard<String> selfReferring() {
        AtomicReference<AsyncResourceGuard<String>> self = new AtomicReference<>();
        self.set(
                registry.acquire(
                        "text",
                        () -> "text",
                        text -> {
                            assertThat(self.get()).isNotNull();
                            cleaned.add(text);
                        }));
        return self.get();
    }

    @Test
    void object_somethingKeepsIt_fails() {
        Object kept = new Object();

        assertThatThrownBy(() -> LeakAssertions.assertCollectable(() -> kept, SHORT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("an object of class java.lang.Object is still reachable");
        assertThat(kept).isNotNull();
    }

    @Test
    void object_closingFails_isSuppressed() {
        AutoCloseable kept =
                () -> {
                    throw new IOException("stuck");
                };

        assertThatThrownBy(() -> LeakAssertions.assertCollectable(() -> kept, SHORT))
                .isInstanceOf(AssertionError.class)
                .satisfies(failure ->
                        assertThat(failure.getSuppressed())
                                .singleElement()
                                .isInstanceOf(IOException.class));
        assertThat(kept).isNotNull();
    }

    @Test
    void acquisition_failing_failsWithThat() {
        IOException refused = new IOException("refused");

        assertThatThrownBy(() ->
                        LeakAssertions.assertCollectable(() -> {
                            throw refused;
                        }))
                .isSameAs(refused);
    }

    @Test
    void arguments_outOfRange_areRefused() {
        assertThatThrownBy(() -> LeakAssertions.assertCollectable(Object::new, Duration.ZERO))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("patience");
        assertThatThrownBy(() -> LeakAssertions.assertCollectable(() -> null))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void thread_interrupted_staysSo() {
        Object kept = new Object();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> LeakAssertions.assertCollectable(() -> kept))
                .isInstanceOf(AssertionError.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(kept).isNotNull();
    }
}
