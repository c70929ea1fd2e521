package io.patinox.memory.resource.internal;

import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.internal.Backoff;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Whether a failed cleanup is tried again, and when.
///
/// The error decides: its [RecoveryStrategy] says that trying again may succeed, how often and
/// after what time. What cannot say anything, such as a plain IOException, is tried again only if
/// the cleanup was declared idempotent. An `Error`, an interruption and a [PatinoxException] that
/// says [RecoveryStrategy.Fail] never are.
final class Retries {
    /// Not again.
    static final long NEVER = -1;

    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int CAUSES_MAX = 100;

    private Retries() {}

    /// {@return the nanoseconds until the next attempt, or [#NEVER]}
    ///
    /// @param attempts how many have failed
    /// @param max how many more than the first the registry allows
    static long delayNanos(Throwable thrown, int attempts, boolean idempotent, int max) {
        int allowed;
        Duration after;
        if (RecoveryStrategy.of(thrown) instanceof RecoveryStrategy.Retry retry) {
            allowed = retry.onlyIfIdempotent() && !idempotent ? 0 : retry.maxAttempts();
            after = retry.after();
        } else if (idempotent && unknown(thrown)) {
            allowed = max;
            after = FIRST;
        } else {
            return NEVER;
        }
        if (attempts > Math.min(allowed, max)) {
            return NEVER;
        }
        Duration first = after.isPositive() ? after : FIRST;
        Duration longest = first.compareTo(LONGEST) > 0 ? first : LONGEST;
        // at least half of the ceiling, since the error asks for a pause, and the rest by chance
        long half = Backoff.of(first, longest).ceilingNanos(attempts) / 2;
        return half + ThreadLocalRandom.current().nextLong(half + 1);
    }

    private static boolean unknown(Throwable thrown) {
        Throwable at = thrown;
        for (int i = 0; at != null && i < CAUSES_MAX; i++) {
            if (at instanceof Error || isInterruption(at) || at instanceof PatinoxException) {
                return false;
            }
            try {
                at = at.getCause();
            } catch (RuntimeException | StackOverflowError unreadable) {
                return false;
            }
        }
        return at == null;
    }

    private static boolean isInterruption(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof FileLockInterruptionException
                || (thrown instanceof InterruptedIOException
                        && !(thrown instanceof SocketTimeoutException));
    }
}
