package io.patinox.benchmarks.door;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What a run found out.
///
/// @param group the group's name
/// @param date when the run ended
/// @param jdk version and vendor of the JVM
/// @param cpus processors the JVM saw
/// @param figures what was measured
/// @param bars what was promised, and whether it held
public record Report(
        String group,
        Instant date,
        String jdk,
        int cpus,
        List<Figure> figures,
        List<Bar.Result> bars) {

    /// Sums up a run in this JVM.
    ///
    /// @param group what was run
    /// @param measurements what it measured
    /// @param clock tells the date
    /// @return the report
    static Report of(Group group, Measurements measurements, Clock clock) {
        return new Report(
                group.name(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")),
                Runtime.getRuntime().availableProcessors(),
                measurements.figures(),
                group.bars().stream().map(bar -> bar.judge(measurements)).toList());
    }

    /// Whether a bar was missed; an undecided one was not.
    ///
    /// @return true when at least one was
    boolean missed() {
        return bars.stream().anyMatch(bar -> bar.verdict() == Verdict.MISSED);
    }
}
