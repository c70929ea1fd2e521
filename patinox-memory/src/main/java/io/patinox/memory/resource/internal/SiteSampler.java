package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.LeakPolicy;
import java.util.concurrent.ThreadLocalRandom;

/// Remembers the place of one acquisition in so many.
///
/// The place is a Throwable whose frames nobody has looked at: the JVM keeps them in its own form
/// and turns them into elements only when a report is read, which costs several times more. How
/// many acquisitions of a stripe go by until the next place is drawn by chance, evenly and with the
/// wanted mean, so that no rhythm of a program hides a place for ever, and what most acquisitions
/// pay is to count down.
///
/// A place costs some microseconds and a kilobyte, which one in 128 would still feel where guards
/// live for nanoseconds. So while the registry is busy no stripe remembers more than [#TICK_MAX] in
/// a tick of its clock. Where every place is wanted, every place is remembered; and always with
/// [LeakPolicy#FAIL_TESTS], which has to tell where each leak came from.
final class SiteSampler {
    static final int TICK_MAX = 1;

    private final RegistryClock clock;
    private final int oneIn;

    SiteSampler(RegistryClock clock, int oneIn) {
        this.clock = clock;
        this.oneIn = oneIn;
    }

    /// {@return the spec, with a place if it is its turn}
    ResourceSpec sample(ResourceSpec spec, Stripe stripe) {
        int ofKind = spec.kind().siteSampling();
        if (ofKind == Kind.SAMPLING_DEFAULT && --stripe.untilSample > 0) {
            return spec;
        }
        return sampleNow(spec, stripe, ofKind);
    }

    private ResourceSpec sampleNow(ResourceSpec spec, Stripe stripe, int ofKind) {
        if (spec.core().settings().leakPolicy() == LeakPolicy.FAIL_TESTS) {
            return spec.at(new Site(spec.type()));
        }
        int wanted = oneIn;
        boolean chosen = true;
        if (ofKind == Kind.SAMPLING_DEFAULT) {
            stripe.untilSample = oneIn > 1 ? ThreadLocalRandom.current().nextInt(2 * oneIn) : 0;
        } else {
            wanted = ofKind;
            chosen =
                    ofKind == 1 || (ofKind > 1 && ThreadLocalRandom.current().nextInt(ofKind) == 0);
        }
        boolean remembered = chosen && wanted > 0 && (wanted == 1 || hasRoom(stripe));
        return remembered ? spec.at(new Site(spec.type())) : spec;
    }

    private boolean hasRoom(Stripe stripe) {
        if (clock.isQuiet()) {
            return true;
        }
        long tick = clock.coarseMicros();
        if (stripe.sampledTick != tick) {
            stripe.sampledTick = tick;
            stripe.sampledInTick = 0;
        }
        return stripe.sampledInTick++ < TICK_MAX;
    }

    /// The place of an acquisition.
    static final class Site extends Throwable {
        private static final long serialVersionUID = 1L;

        private final String type;
        private final long nanos = System.nanoTime();

        Site(String type) {
            this.type = type;
        }

        /// {@return when, on the clock of the JVM}
        long nanos() {
            return nanos;
        }

        @Override
        public String getMessage() {
            return "a resource of type '" + type + "' was acquired here";
        }
    }
}
