package io.patinox.memory.error;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a caller can sensibly do about a failure.
///
/// A strategy is advice with data. The library never acts on it: Failsafe, Resilience4j or ten
/// lines of plain Java do.
///
/// {@snippet file="io/patinox/memory/examples/ErrorExamples.java" region="act"}
///
/// Strategies are immutable and compare by value. The set is closed: a `switch` over the four
/// records is complete.
public sealed interface RecoveryStrategy {

    /// Trying again may succeed.
    ///
    /// @param after how long to wait first, from 0 to 365 days
    /// @param maxAttempts how many further attempts make sense, from 1 to 1,000
    /// @param onlyIfIdempotent whether the failed call may have taken effect, so that only one that
    ///   may run twice can be tried again
    record Retry(Duration after, int maxAttempts, boolean onlyIfIdempotent)
            implements RecoveryStrategy {
        /// Checks the ranges.
        public Retry {
            Options.inRange("after", after, Duration.ZERO, Duration.ofDays(365));
            Options.inRange("maxAttempts", maxAttempts, 1, 1_000);
        }
    }

    /// Trying again is of no use, but there is another way.
    ///
    /// @param hint the other way, in words
    record Fallback(String hint) implements RecoveryStrategy {
        /// Checks that there is a hint.
        public Fallback {
            Options.text("hint", hint);
        }
    }

    /// The other side is in trouble: further calls make it worse for a while.
    ///
    /// @param openFor how long to leave it alone, more than 0 and at most 365 days
    record CircuitBreak(Duration openFor) implements RecoveryStrategy {
        /// Checks the range.
        public CircuitBreak {
            Options.inRange("openFor", openFor, Duration.ofNanos(1), Duration.ofDays(365));
        }

        /// Returns when the other side may be called again.
        ///
        /// @param now when the failure was seen
        /// @return `now` plus [#openFor()], at most [Instant#MAX]
        public Instant until(Instant now) {
            try {
                return now.plus(openFor);
            } catch (DateTimeException e) {
                return Instant.MAX;
            }
        }
    }

    /// Nothing helps at run time: report it and give up.
    ///
    /// @param reason why, in words
    record Fail(String reason) implements RecoveryStrategy {
        /// Checks that there is a reason.
        public Fail {
            Options.text("reason", reason);
        }
    }

    /// Returns the strategy for any failure, however it is wrapped.
    ///
    /// The chain of causes is read once, through `CompletionException`, `ExecutionException` and
    /// every other wrapper:
    ///
    /// 1. an `Error` or an interruption anywhere in it means [Fail];
    /// 2. so does a [PatinoxException] whose own code says so: nothing around or below it can turn
    ///    its [Fail] into anything else;
    /// 3. else the code of the innermost [PatinoxException] decides; if that is a
    ///    [wrapper][ErrorCode#wrapper()], its cause is unknown, which means [Fail];
    /// 4. a chain without any is unknown, which means [Fail].
    ///
    /// Suppressed exceptions don't count. A cyclic chain is read once around. A chain whose causes
    /// cannot be read, or that has more than 10,000 links, means [Fail].
    ///
    /// @param failure the failure, or null for an unknown one
    /// @return the strategy
    static RecoveryStrategy of(@Nullable Throwable failure) {
        return CauseChain.strategyOf(failure);
    }
}
