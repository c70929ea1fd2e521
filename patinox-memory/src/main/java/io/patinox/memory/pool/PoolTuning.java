package io.patinox.memory.pool;

import io.patinox.memory.error.Options;
import java.time.Duration;

/// What can be changed about a pool while it runs: see [Pool#reconfigure(PoolTuning)].
///
/// {@snippet file="io/patinox/memory/examples/PoolTuningExamples.java" region="reconfigure"}
///
/// Immutable, and valid whenever it exists: the constructor checks it as [PoolBuilder#build()]
/// does, in the same words. Each component has the range and the meaning of the builder's option of
/// that name.
///
/// @param minSize how many objects are kept although they are idle, from 0 to `maxSize`
/// @param maxSize how many objects there may be, from 1 to 100,000
/// @param acquireTimeout how long an acquire waits, from zero to 365 days
/// @param createTimeout how long an attempt to create may take, from 1 millisecond to 365 days
/// @param validationTimeout how long a validation may take, from 1 millisecond to 365 days
/// @param validationBypass for how long after its last use an object is lent without being
///   validated, from zero to 365 days
/// @param idleTimeout how long an object may be idle, from 1 millisecond to 365 days, or zero for
///   ever
/// @param maxLifetime how long an object may live, from 1 millisecond to 365 days, or zero for ever
/// @param lifetimeJitter by which part of it each object's lifetime is shortened by lot at the
///   most, from 0 to 0.5
/// @param maxUses how often an object may be lent, from 1, or 0 for any number
/// @param keepaliveInterval after how long idle objects are validated, from 1 millisecond to 365
///   days, or zero for never
/// @param validateOnReturn whether objects are validated when they come back
/// @param leakThreshold after how long a lease is reported, from 1 millisecond to 365 days, or zero
///   for never
public record PoolTuning(
        int minSize,
        int maxSize,
        Duration acquireTimeout,
        Duration createTimeout,
        Duration validationTimeout,
        Duration validationBypass,
        Duration idleTimeout,
        Duration maxLifetime,
        double lifetimeJitter,
        long maxUses,
        Duration keepaliveInterval,
        boolean validateOnReturn,
        Duration leakThreshold) {

    static final int SIZE_MAX = 100_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final PoolTuning DEFAULTS =
            new PoolTuning(
                    0,
                    10,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    0.1,
                    0,
                    Duration.ofMinutes(2),
                    false,
                    Duration.ZERO);

    /// Checks every value.
    ///
    /// @throws io.patinox.memory.error.InvalidOptionException naming the first that is out of range
    ///   or contradicts another
    public PoolTuning {
        Options.inRange("maxSize", maxSize, 1, SIZE_MAX);
        Options.inRange("minSize", minSize, 0, SIZE_MAX);
        Options.consistent(
                minSize <= maxSize,
                "minSize",
                minSize,
                "at most maxSize, which is " + maxSize,
                "lower minSize or raise maxSize");
        fromZero("acquireTimeout", acquireTimeout);
        positive("createTimeout", createTimeout);
        positive("validationTimeout", validationTimeout);
        fromZero("validationBypass", validationBypass);
        zeroOrPositive("idleTimeout", idleTimeout);
        zeroOrPositive("maxLifetime", maxLifetime);
        Options.consistent(
                lifetimeJitter >= 0 && lifetimeJitter <= 0.5,
                "lifetimeJitter",
                lifetimeJitter,
                "0 to 0.5",
                "choose one in that range");
        Options.inRange("maxUses", maxUses, 0, Long.MAX_VALUE);
        zeroOrPositive("keepaliveInterval", keepaliveInterval);
        zeroOrPositive("leakThreshold", leakThreshold);
    }

    /// {@return what a pool has when nothing is set}
    public static PoolTuning defaults() {
        return DEFAULTS;
    }

    /// {@return the same with other sizes}
    ///
    /// @param min the new `minSize`
    /// @param max the new `maxSize`
    public PoolTuning withSizes(int min, int max) {
        return new PoolTuning(
                min,
                max,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another minimum}
    ///
    /// @param value the new `minSize`
    public PoolTuning withMinSize(int value) {
        return withSizes(value, maxSize);
    }

    /// {@return the same with another maximum}
    ///
    /// @param value the new `maxSize`
    public PoolTuning withMaxSize(int value) {
        return withSizes(minSize, value);
    }

    /// {@return the same with another `acquireTimeout`}
    ///
    /// @param value the new value
    public PoolTuning withAcquireTimeout(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                value,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `createTimeout`}
    ///
    /// @param value the new value
    public PoolTuning withCreateTimeout(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                value,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `validationTimeout`}
    ///
    /// @param value the new value
    public PoolTuning withValidationTimeout(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                value,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `validationBypass`}
    ///
    /// @param value the new value
    public PoolTuning withValidationBypass(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                value,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `idleTimeout`}
    ///
    /// @param value the new value
    public PoolTuning withIdleTimeout(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                value,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `maxLifetime`}
    ///
    /// @param value the new value
    public PoolTuning withMaxLifetime(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                value,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `lifetimeJitter`}
    ///
    /// @param value the new value
    public PoolTuning withLifetimeJitter(double value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                value,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `maxUses`}
    ///
    /// @param value the new value
    public PoolTuning withMaxUses(long value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                value,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `keepaliveInterval`}
    ///
    /// @param value the new value
    public PoolTuning withKeepaliveInterval(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                value,
                validateOnReturn,
                leakThreshold);
    }

    /// {@return the same with another `validateOnReturn`}
    ///
    /// @param value the new value
    public PoolTuning withValidateOnReturn(boolean value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                value,
                leakThreshold);
    }

    /// {@return the same with another `leakThreshold`}
    ///
    /// @param value the new value
    public PoolTuning withLeakThreshold(Duration value) {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                value);
    }

    static Duration fromZero(String option, Duration value) {
        return Options.inRange(option, value, Duration.ZERO, LONGEST);
    }

    static Duration positive(String option, Duration value) {
        return Options.inRange(option, value, Duration.ofMillis(1), LONGEST);
    }

    static Duration zeroOrPositive(String option, Duration value) {
        Options.required(option, value);
        return value.isZero() ? value : positive(option, value);
    }
}
