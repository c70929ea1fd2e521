package io.patinox.memory.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.RecoveryStrategy.Fail;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CauseChainTest {

    private static final RecoveryStrategy RETRY = MemoryErrorCode.POOL_ACQUIRE_TIMEOUT.strategy();

    private static PatinoxException retryable(@Nullable Throwable cause) {
        return new PoolAcquireTimeoutException("orders", Duration.ofMillis(5), 1, 1, 1, cause);
    }

    static List<Throwable> unrecoverable() {
        return List.of(
                new OutOfMemoryError("no"),
                new StackOverflowError(),
                new AssertionError("no"),
                new InterruptedException(),
                new ClosedByInterruptException(),
                new FileLockInterruptionException(),
                new InterruptedIOException("stopped"));
    }

    @Test
    void of_nothingKnown_isFail() {
        assertThat(RecoveryStrategy.of(null)).isInstanceOf(Fail.class);
        assertThat(RecoveryStrategy.of(new IllegalStateException())).isInstanceOf(Fail.class);
        assertThat(RecoveryStrategy.of(new IOException(new IllegalStateException())))
                .isEqualTo(RecoveryStrategy.of(null));
    }

    @ParameterizedTest
    @MethodSource("unrecoverable")
    void of_errorOrInterruptionAnywhere_isFail(Throwable end) {
        Throwable middle = new IOException(end);

        assertThat(RecoveryStrategy.of(end)).isInstanceOf(Fail.class);
        assertThat(RecoveryStrategy.of(retryable(end))).isInstanceOf(Fail.class);
        assertThat(retryable(middle).strategy()).isInstanceOf(Fail.class);
        assertThat(RecoveryStrategy.of(new RuntimeException(retryable(middle))))
                .isInstanceOf(Fail.class);
    }

    @Test
    void of_errorAroundAFailure_isFail() {
        assertThat(RecoveryStrategy.of(new AssertionError(retryable(null))))
                .isEqualTo(new Fail("an Error is in the chain of causes"));
        assertThat(RecoveryStrategy.of(new InterruptedException().initCause(retryable(null))))
                .isEqualTo(new Fail("the thread was interrupted: somebody wants it to stop"));
    }

    @Test
    void of_socketTimeout_isNoInterruption() {
        assertThat(RecoveryStrategy.of(retryable(new SocketTimeoutException("slow"))))
                .isEqualTo(RETRY);
    }

    @Test
    void of_suppressed_doesNotCount() {
        PatinoxException failure = retryable(null);
        failure.addSuppressed(new OutOfMemoryError());
        failure.addSuppressed(new PoolClosedException("orders"));
        IllegalStateException unknown = new IllegalStateException();
        unknown.addSuppressed(retryable(null));

        assertThat(failure.strategy()).isEqualTo(RETRY);
        assertThat(RecoveryStrategy.of(unknown)).isInstanceOf(Fail.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
    void of_cycleOfAnyLength_isReadOnceAround(int length) {
        for (int entry = 0; entry < 12; entry++) {
            for (int known = 0; known < length; known++) {
                assertThat(RecoveryStrategy.of(cycle(length, entry, known, null))).isEqualTo(RETRY);
            }
            Throwable error = cycle(length, entry, -1, new OutOfMemoryError());
            assertThat(RecoveryStrategy.of(error)).isInstanceOf(Fail.class);
            assertThat(RecoveryStrategy.of(cycle(length, entry, -1, null)))
                    .isEqualTo(RecoveryStrategy.of(null));
        }
    }

    /// Builds a ring with some links before it, and a known failure or an Error inside it.
    private static Throwable cycle(int length, int entry, int known, @Nullable Error error) {
        List<Link> ring = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            ring.add(new Link());
        }
        for (int i = 0; i < length; i++) {
            Throwable next = ring.get((i + 1) % length);
            if (i == known) {
                next = retryable(next);
            }
            ring.get(i).cause = error != null && i == length - 1 ? error : next;
        }
        Throwable first = ring.get(0);
        for (int i = 0; i < entry; i++) {
            Link before = new Link();
            before.cause = first;
            first = before;
        }
        return first;
    }

    @Test
    void of_longestReadableChain_isReadToItsEnd() {
        assertThat(RecoveryStrategy.of(chain(CauseChain.LONGEST - 1))).isEqualTo(RETRY);
    }

    @Test
    void of_longerChain_isFail() {
        assertThat(RecoveryStrategy.of(chain(CauseChain.LONGEST)))
                .isEqualTo(new Fail("the chain of causes cannot be read to its end"));
        assertThat(RecoveryStrategy.of(chain(1_000_000))).isInstanceOf(Fail.class);
    }

    private static Throwable chain(int links) {
        Throwable first = retryable(null);
        for (int i = 0; i < links; i++) {
            Link before = new Link();
            before.cause = first;
            first = before;
        }
        return first;
    }

    @Test
    void of_causesMadeUpAtEveryCall_isFail() {
        Throwable endless =
                new RuntimeException() {
                    @Override
                    public Throwable getCause() {
                        return new IOException("one more", this);
                    }
                };

        assertThat(RecoveryStrategy.of(retryable(endless))).isInstanceOf(Fail.class);
    }

    @Test
    void of_causeThatCannotBeRead_isFail() {
        Throwable broken =
                new RuntimeException() {
                    @Override
                    public Throwable getCause() {
                        throw new IllegalStateException("no");
                    }
                };

        assertThat(RecoveryStrategy.of(retryable(broken)))
                .isEqualTo(new Fail("the chain of causes cannot be read to its end"));
    }

    @Test
    void of_linksThatCallThemselvesEqual_areAllRead() {
        EqualToAll first = new EqualToAll(new EqualToAll(new EqualToAll(retryable(null))));

        assertThat(RecoveryStrategy.of(first)).isEqualTo(RETRY);
    }

    private static final class Link extends Exception {

        private static final long serialVersionUID = 1L;

        private @Nullable Throwable cause;

        Link() {
            super("link", null, false, false);
        }

        @Override
        public synchronized @Nullable Throwable getCause() {
            return cause;
        }
    }

    private static final class EqualToAll extends Exception {

        private static final long serialVersionUID = 1L;

        EqualToAll(Throwable cause) {
            super(cause);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
