package io.patinox.memory.resource.internal;

import java.util.concurrent.ThreadLocalRandom;

/// Remembers the place of one acquisition in so many.
///
/// The place is a Throwable whose frames nobody has looked at: the JVM keeps them in its own form
/// and turns them into elements only when a report is read, which costs several times more. Chance
/// decides rather than a count, so that threads share nothing and no rhythm of a program hides a
/// place for ever.
final class SiteSampler {
    private final int oneIn;

    SiteSampler(int oneIn) {
        this.oneIn = oneIn;
    }

    /// {@return the spec, with a place if it is its turn}
    ResourceSpec sample(ResourceSpec spec) {
        boolean chosen =
                oneIn == 1 || (oneIn > 1 && ThreadLocalRandom.current().nextInt(oneIn) == 0);
        return chosen ? spec.at(new Site(spec.type())) : spec;
    }

    /// The place of an acquisition.
    static final class Site extends Throwable {
        private static final long serialVersionUID = 1L;

        Site(String type) {
            super("a resource of type '" + type + "' was acquired here");
        }
    }
}
