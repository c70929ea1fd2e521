package io.patinox.faults;

import java.util.Set;

/// A trial that is a piece of code.
///
/// @param name its name
/// @param place where its files have to be
/// @param isAlone whether it gets a JVM of its own
/// @param right what may come of it
/// @param script the code
record NamedTrial(String name, Place place, boolean isAlone, Set<Verdict> right, Script script)
        implements Trial {
    /// What is done.
    @FunctionalInterface
    interface Script {
        /// Does it.
        Verdict run(Bench bench) throws Exception;
    }

    NamedTrial(String name, Place place, Verdict right, Script script) {
        this(name, place, false, Set.of(right), script);
    }

    @Override
    public Verdict run(Bench bench) throws Exception {
        return script.run(bench);
    }
}
