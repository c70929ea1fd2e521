package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.PoolTuning;

/// The tuning of a pool as its insides use it: one immutable value, replaced as a whole.
///
/// @param tuning what it was made of
/// @param acquireNanos how long an acquire waits
/// @param createNanos how long an attempt to create may take
/// @param validationNanos how long a validation may take
/// @param bypassNanos for how long after its last use an object is trusted
/// @param idleNanos how long an object may be idle, or 0
/// @param lifetimeNanos how long an object may live, or 0
/// @param keepaliveNanos after how long an idle object is validated, or 0
/// @param leakNanos after how long a lease is reported, or 0
record Limits(
        PoolTuning tuning,
        long acquireNanos,
        long createNanos,
        long validationNanos,
        long bypassNanos,
        long idleNanos,
        long lifetimeNanos,
        long keepaliveNanos,
        long leakNanos) {

    static Limits of(PoolTuning tuning) {
        return new Limits(
                tuning,
                PoolSettings.nanos(tuning.acquireTimeout()),
                PoolSettings.nanos(tuning.createTimeout()),
                PoolSettings.nanos(tuning.validationTimeout()),
                PoolSettings.nanos(tuning.validationBypass()),
                PoolSettings.nanos(tuning.idleTimeout()),
                PoolSettings.nanos(tuning.maxLifetime()),
                PoolSettings.nanos(tuning.keepaliveInterval()),
                PoolSettings.nanos(tuning.leakThreshold()));
    }

    int minSize() {
        return tuning.minSize();
    }

    int maxSize() {
        return tuning.maxSize();
    }

    long maxUses() {
        return tuning.maxUses();
    }

    /// {@return how long an object of the given lot may live; a century if there is no limit}
    ///
    /// @param lot a number from 0 to 1 that was drawn for the object
    long lifetimeNanos(float lot) {
        return lifetimeNanos == 0
                ? Lifetimes.CENTURY_NANOS
                : lifetimeNanos - (long) (lifetimeNanos * tuning.lifetimeJitter() * lot);
    }
}
