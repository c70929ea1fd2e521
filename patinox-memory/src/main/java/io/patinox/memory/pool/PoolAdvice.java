package io.patinox.memory.pool;

import io.patinox.memory.error.Options;
import java.time.Duration;

/// What a pool's own metrics say about its size. Given by [Pool#advice()] and [PoolAdvisor].
///
/// {@snippet file="io/patinox/memory/examples/PoolExamples.java" region="advice"}
///
/// @param verdict whether the size fits the load
/// @param recommendedSize the `maxSize` that would; the present one where nothing speaks for
///   another
/// @param load the figures that this rests on
/// @param sentence the same in words, with the figures that decided
public record PoolAdvice(Verdict verdict, int recommendedSize, Load load, String sentence) {

    /// Checks that everything is there.
    public PoolAdvice {
        Options.required("verdict", verdict);
        Options.inRange("recommendedSize", recommendedSize, 1, Integer.MAX_VALUE);
        Options.required("load", load);
        Options.text("sentence", sentence);
    }

    /// Whether the size fits the load.
    public enum Verdict {
        /// There were too few acquires to say anything.
        TOO_LITTLE_TRAFFIC,
        /// Hardly anybody waits, and there isn't much more than that takes.
        RIGHT_SIZE,
        /// Borrowers wait for each other. More objects would serve them.
        TOO_SMALL,
        /// Half the size would do.
        TOO_LARGE,
        /// Borrowers wait, but for the back end: creating fails or is slow, or objects are held for
        /// much longer than they used to be. More objects would not help.
        LIMITED_BY_BACK_END
    }

    /// What the pool did in a window of time.
    ///
    /// @param window how long it was
    /// @param maxSize how many objects there may be
    /// @param size how many there were at the end
    /// @param acquires how many leases were asked for, whatever came of it
    /// @param refused how many of them timed out, or failed because the pool was unavailable
    /// @param waited the share of them that had to wait, from 0 to 1
    /// @param meanInUse how many objects were in use, on average
    /// @param meanWaiting how many borrowers were queued, on average
    /// @param meanHold for how long an object was held, on average
    /// @param meanWait how long those who waited did so, on average
    /// @param waitP99 what 99 % of those who waited did not exceed
    /// @param meanCreate how long it took to create an object, on average
    /// @param createFailures how many attempts to create failed
    public record Load(
            Duration window,
            int maxSize,
            int size,
            long acquires,
            long refused,
            double waited,
            double meanInUse,
            double meanWaiting,
            Duration meanHold,
            Duration meanWait,
            Duration waitP99,
            Duration meanCreate,
            long createFailures) {}

    /// {@return the sentence}
    @Override
    public String toString() {
        return sentence;
    }
}
