package io.patinox.faults;

import java.util.List;

/// How the JVM runs the code that meets a fault.
@SuppressWarnings("ImmutableEnumChecker") // the list is never changed
public enum Tier {
    /// Interpreted only.
    INT(2, "-Xint"),
    /// Compiled by C1 at once.
    C1(40, "-XX:TieredStopAtLevel=1", "-Xbatch", "-XX:CompileThresholdScaling=0.2"),
    /// Compiled by C2 at once.
    C2(60, "-XX:-TieredCompilation", "-Xbatch", "-XX:CompileThresholdScaling=0.2");

    private final int rounds;
    private final List<String> options;

    Tier(int rounds, String... options) {
        this.rounds = rounds;
        this.options = List.of(options);
    }

    /// How often an access is done before its fault, so that it is compiled.
    int rounds() {
        return rounds;
    }

    List<String> options() {
        return options;
    }
}
