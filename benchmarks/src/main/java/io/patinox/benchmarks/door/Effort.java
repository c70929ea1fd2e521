package io.patinox.benchmarks.door;

import java.time.Duration;

/// How long a run measures.
///
/// @param forks rounds, each of which measures every implementation once in a fresh JVM
/// @param warmup time in each fork before measuring begins
/// @param measurement time measured in each fork
/// @param budget time after which no further fork is started
public record Effort(int forks, Duration warmup, Duration measurement, Duration budget) {

    /// As long as a publishable figure needs: five rounds.
    public static final Effort FULL =
            new Effort(5, Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofHours(4));

    /// Two rounds that end within five minutes a group. The errors are wide, and shown.
    public static final Effort QUICK =
            new Effort(2, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(280));

    /// Two rounds of an instant: shows that everything runs, measures nothing.
    public static final Effort SMOKE =
            new Effort(2, Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofMinutes(2));
}
