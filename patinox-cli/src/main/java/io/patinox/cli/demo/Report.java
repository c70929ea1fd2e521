package io.patinox.cli.demo;

import io.patinox.cli.demo.bank.AuditResult;
import io.patinox.memory.resource.ResourceBalance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a run came to, as far as it came: what wasn't reached is null.
record Report(
        Run run,
        @Nullable PhaseFigures warm,
        @Nullable PhaseFigures crowd,
        @Nullable List<OutageFigures> outages,
        @Nullable LeakFigures leak,
        @Nullable PoolFigures connections,
        @Nullable AuditResult audit,
        @Nullable ResourceBalance resources,
        List<Target> targets) {

    /// What was run, where, and whether it came to its end.
    ///
    /// @param date when it began
    /// @param jdk the Java version
    /// @param cpus processors the JVM may use
    /// @param database version and place
    /// @param clients the crowd
    /// @param poolSize connections
    /// @param seconds time for both phases
    /// @param chaos whether things were broken on purpose
    /// @param interrupted whether Ctrl-C or a signal ended it
    /// @param trouble why it could not go on, or null
    record Run(
            String date,
            String jdk,
            int cpus,
            @Nullable String database,
            int clients,
            int poolSize,
            long seconds,
            boolean chaos,
            boolean interrupted,
            @Nullable String trouble) {}

    /// One outage.
    ///
    /// @param cause what was done
    /// @param nanos from the kill to the first new connection, or null if there was none
    record OutageFigures(String cause, @Nullable Long nanos) {}

    boolean allMet() {
        return run.trouble() == null
                && targets.stream().allMatch(target -> target.verdict() == Target.Verdict.MET);
    }
}
