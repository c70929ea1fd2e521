package io.patinox.faults;

import java.util.EnumSet;
import java.util.Set;

/// One thing that happens, and what may come of it.
interface Trial {
    /// Its name: letters, digits, `/`, `_` and `-`.
    String name();

    /// Does it, in a JVM that may end of it. What it throws is judged, too.
    ///
    /// @return what came of it
    Verdict run(Bench bench) throws Exception;

    /// What may come of it.
    Set<Verdict> right();

    /// Where its files have to be.
    default Place place() {
        return Place.FOLDER;
    }

    /// In which tiers it runs.
    default Set<Tier> tiers() {
        return EnumSet.allOf(Tier.class);
    }

    /// How costly it is, in trials of the usual kind: those that cost much get a JVM of their own.
    default boolean isAlone() {
        return false;
    }
}
