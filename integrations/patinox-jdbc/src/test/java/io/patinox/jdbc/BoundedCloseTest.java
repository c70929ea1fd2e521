package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class BoundedCloseTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch aborted = new CountDownLatch(1);
    private final List<Throwable> closeFailures = new ArrayList<>();
    private boolean hangs;
    private boolean closedByAbort = true;
    private RuntimeException abortFailure;

    private final Connection connection =
            (Connection)
                    Proxy.newProxyInstance(
                            Connection.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (_, method, _) -> answer(method.getName()));

    private Object answer(String call) throws Throwable {
        calls.add(call);
        switch (call) {
            case "close" -> {
                if (hangs) {
                    aborted.await();
                }
                if (!closeFailures.isEmpty()) {
                    throw closeFailures.removeFirst();
                }
            }
            case "abort" -> {
                aborted.countDown();
                if (abortFailure != null) {
                    throw abortFailure;
                }
            }
            default -> {
                return closedByAbort;
            }
        }
        return null;
    }

    @Test
    void close_works_isAllThatIsDone() throws Exception {
        BoundedClose.of(connection, LONG);
        assertThat(calls).containsExactly("close");
    }

    @Test
    void close_hangs_isAborted() {
        hangs = true;
        assertThatThrownBy(() -> BoundedClose.of(connection, Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class);
        assertThat(calls).startsWith("close", "abort");
    }

    @Test
    void close_interrupted_isAborted() throws Exception {
        hangs = true;
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread closer =
                Thread.startVirtualThread(() -> {
                    try {
                        Thread.currentThread().interrupt();
                        BoundedClose.of(connection, LONG);
                    } catch (Exception e) {
                        thrown.set(e);
                    }
                });
        closer.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(calls).contains("abort");
    }

    @Test
    void close_failsAndAbortWorks_isNotTriedAgain() {
        SQLException failure = new SQLException("no", "08006");
        closeFailures.add(failure);
        assertThatThrownBy(() -> BoundedClose.of(connection, LONG)).isSameAs(failure);
        assertThat(calls).containsExactly("close", "abort", "isClosed");
    }

    @Test
    void close_failsAndAbortDoesNothing_isTriedAgain() {
        SQLException failure = new SQLException("no", "08006");
        closeFailures.add(failure);
        closedByAbort = false;
        assertThatThrownBy(() -> BoundedClose.of(connection, LONG)).isSameAs(failure);
        assertThat(calls).containsExactly("close", "abort", "isClosed", "close");
    }

    @Test
    void close_failsTwiceAndAbortFails_theFirstFailureIsTold() {
        IllegalStateException failure = new IllegalStateException("first");
        closeFailures.addAll(List.of(failure, new SQLException("second")));
        closedByAbort = false;
        abortFailure = new IllegalArgumentException("abort");
        assertThatThrownBy(() -> BoundedClose.of(connection, LONG)).isSameAs(failure);
        assertThat(calls).containsExactly("close", "abort", "isClosed", "close");
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("abort", "second");
    }

    @Test
    void close_throwsAnError_isTold() {
        LinkageError error = new LinkageError();
        closeFailures.add(error);
        assertThatThrownBy(() -> BoundedClose.of(connection, LONG)).isSameAs(error);
    }

    @Test
    void suppress_itself_isLeftOut() {
        SQLException failure = new SQLException("a");
        BoundedClose.suppress(failure, failure);
        assertThat(failure.getSuppressed()).isEmpty();
        SQLException other = new SQLException("b");
        BoundedClose.suppress(failure, other);
        assertThat(failure.getSuppressed()).containsExactly(other);
    }
}
