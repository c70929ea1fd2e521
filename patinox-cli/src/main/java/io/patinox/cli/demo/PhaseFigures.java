package io.patinox.cli.demo;

import io.patinox.memory.monitor.HistogramSnapshot;
import org.jspecify.annotations.Nullable;

/// What one phase came to.
///
/// @param name warm or crowd
/// @param clients how many clients took part
/// @param nanos how long they worked
/// @param operations how many turns they had together
/// @param acquisition how long they waited for their connections
/// @param turns how evenly the turns were shared
/// @param timeouts who waited in vain
/// @param surprises errors that the death of a connection doesn't explain
/// @param firstSurprise the first of them, or null
record PhaseFigures(
        String name,
        int clients,
        long nanos,
        long operations,
        Waits acquisition,
        Turns turns,
        Timeouts timeouts,
        long surprises,
        @Nullable String firstSurprise) {

    static PhaseFigures of(Phase phase) {
        PhaseTally tally = phase.tally();
        Throwable first = tally.firstSurprise();
        return new PhaseFigures(
                phase.name(),
                phase.clients(),
                phase.tookNanos(),
                tally.operations(),
                Waits.of(tally.acquisition()),
                new Turns(tally.fewestTurns(), tally.mostTurns()),
                new Timeouts(tally.timeoutsInside(), tally.timeoutsOutside()),
                tally.surprises() + phase.stuck(),
                phase.stuck() > 0
                        ? phase.stuck() + " clients did not end"
                        : first == null ? null : first.toString());
    }

    /// Percentiles of waiting.
    record Waits(
            long p50Nanos,
            long p95Nanos,
            long p99Nanos,
            long p999Nanos,
            long maxNanos,
            long count) {

        static Waits of(HistogramSnapshot waits) {
            return new Waits(
                    waits.p50(),
                    waits.percentile(95),
                    waits.p99(),
                    waits.p999(),
                    waits.max(),
                    waits.count());
        }
    }

    /// The client with the fewest turns and the one with the most.
    record Turns(int fewest, int most) {

        private static final int SLACK = 2;
        private static final double SHARE = 0.10;

        /// Within ten per cent, or two operations.
        boolean areEven() {
            return most - fewest <= Math.max(SLACK, most * SHARE);
        }
    }

    /// Clients that waited in vain: while an outage we caused was on, and otherwise.
    record Timeouts(long duringOutages, long otherwise) {}
}
