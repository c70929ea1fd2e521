package io.patinox.memory.resource.internal;

/// Looks for resources that are held for longer than the registry's threshold, and reports each
/// once; when such a one is closed after all, that is told too.
final class HeldSweep {
    /// So many sweeps in the time of the threshold.
    private static final int SWEEPS = 4;

    private final RegistryCore core;
    private final long thresholdMicros;
    private long nextAt;

    HeldSweep(RegistryCore core) {
        this.core = core;
        this.thresholdMicros = core.settings().heldThresholdNanos() / 1_000;
    }

    /// Sweeps, if a quarter of the threshold has passed since the last time. By one thread.
    ///
    /// @return milliseconds until it is due again
    long sweepIfDue() {
        if (thresholdMicros == 0) {
            return Long.MAX_VALUE;
        }
        long pause = Math.max(1_000, thresholdMicros / SWEEPS);
        long now = core.reports().micros();
        if (now - nextAt >= 0) {
            nextAt = now + pause;
            core.live()
                    .walk(tracked -> {
                        boolean tooLong = now - tracked.acquiredMicros() >= thresholdMicros;
                        if (tooLong && tracked.flag(Word.OVERDUE)) {
                            core.reports().held(tracked);
                        }
                    });
        }
        return Math.max(1, (nextAt - now) / 1_000);
    }
}
