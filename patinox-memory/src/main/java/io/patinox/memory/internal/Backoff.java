package io.patinox.memory.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after the n-th failure in a row: exponential with full jitter.
///
/// The ceiling doubles with every failure up to a maximum, and the delay is drawn evenly between
/// zero and the ceiling, so clients that failed together do not come back together. Immutable.
public final class Backoff {

    private final long initialNanos;
    private final long maxNanos;

    private Backoff(long initialNanos, long maxNanos) {
        this.initialNanos = initialNanos;
        this.maxNanos = maxNanos;
    }

    /// Creates a back-off.
    ///
    /// @param initial the ceiling after the first failure, more than zero
    /// @param max the largest ceiling, at least `initial`; from 292 years on it is cut there
    /// @return the back-off
    public static Backoff of(Duration initial, Duration max) {
        if (!initial.isPositive() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "initial must be positive and at most max, but they are "
                            + initial
                            + " and "
                            + max);
        }
        return new Backoff(saturatedNanos(initial), saturatedNanos(max));
    }

    /// Returns the largest delay after `attempt` failures in a row.
    ///
    /// @param attempt how many attempts have failed, at least 1
    /// @return the ceiling in nanoseconds
    public long ceilingNanos(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, but is " + attempt);
        }
        int doublings = attempt - 1;
        // shifting further would push the highest set bit into the sign
        if (doublings >= Long.numberOfLeadingZeros(initialNanos)) {
            return maxNanos;
        }
        return Math.min(maxNanos, initialNanos << doublings);
    }

    /// Draws the delay after `attempt` failures in a row.
    ///
    /// @param attempt how many attempts have failed, at least 1
    /// @param random where the jitter comes from
    /// @return the delay in nanoseconds, from 0 to [#ceilingNanos(int)]
    public long delayNanos(int attempt, RandomGenerator random) {
        return random.nextLong(ceilingNanos(attempt) + 1);
    }

    private static long saturatedNanos(Duration duration) {
        // one less than the largest long, so that a ceiling plus one is still a bound
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE - 1)) >= 0
                ? Long.MAX_VALUE - 1
                : duration.toNanos();
    }
}
