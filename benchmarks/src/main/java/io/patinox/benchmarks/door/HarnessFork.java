package io.patinox.benchmarks.door;

import java.nio.file.Path;
import java.time.Duration;

/// The main class of the JVM in which a [HarnessRegime] measures one implementation once.
final class HarnessFork {

    private HarnessFork() {}

    /// Measures and ends.
    ///
    /// @param args group, regime, implementation, warm-up, measurement, file for the results
    /// @throws Exception when measuring fails: the trace goes to the fork's log
    public static void main(String[] args) throws Exception {
        String name = args[1];
        Regime regime =
                Groups.load().named(args[0]).regimes().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new UsageException("There is no regime " + name));
        Regime full = regime instanceof SampledRegime sampled ? sampled.full() : regime;
        if (!(full instanceof HarnessRegime measured)) {
            throw new UsageException("The regime " + name + " has no harness");
        }
        Effort effort =
                new Effort(1, Duration.parse(args[3]), Duration.parse(args[4]), Duration.ZERO);
        measured.measureHere(args[2], effort, Path.of(args[5]));
        // what was measured may have left threads behind, which must not keep the fork alive
        System.exit(0);
    }
}
