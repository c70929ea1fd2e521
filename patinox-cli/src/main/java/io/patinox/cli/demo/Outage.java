package io.patinox.cli.demo;

import org.jspecify.annotations.Nullable;

/// A time without connections that was caused on purpose: from the kill to the first connection
/// made after it.
final class Outage {

    private final String cause;
    private final long beganNanos;
    private boolean watched;
    private @Nullable Long endedNanos;

    Outage(String cause, long beganNanos, boolean watched) {
        this.cause = cause;
        this.beganNanos = beganNanos;
        this.watched = watched;
    }

    String cause() {
        return cause;
    }

    /// From here on a new connection ends the outage.
    synchronized void watch() {
        watched = true;
    }

    synchronized boolean end(long nowNanos) {
        if (!watched || endedNanos != null) {
            return false;
        }
        endedNanos = nowNanos;
        return true;
    }

    /// How long it took, or null if it isn't over.
    synchronized @Nullable Long nanos() {
        Long ended = endedNanos;
        return ended == null ? null : ended - beganNanos;
    }

    /// Whether a time of waiting lies partly in this outage.
    synchronized boolean overlaps(long fromNanos, long toNanos) {
        Long ended = endedNanos;
        return toNanos - beganNanos >= 0 && (ended == null || ended - fromNanos >= 0);
    }
}
