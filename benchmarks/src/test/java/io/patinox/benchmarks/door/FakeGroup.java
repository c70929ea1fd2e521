package io.patinox.benchmarks.door;

import java.util.List;

/// A group with any regimes and bars.
record FakeGroup(String name, List<Regime> regimes, List<Bar> bars) implements Group {

    /// Returns a group in which "us" takes the given time and "peer" takes 10 ns, with one bar: us
    /// at least twice as fast.
    static FakeGroup timed(double us) {
        FakeRegime regime =
                new FakeRegime("alone", "us", "peer")
                        .answering(name -> name.equals("us") ? us : 10);
        return new FakeGroup(
                "fake",
                List.of(regime),
                List.of(
                        Bar.ratio("twice as fast", regime, FakeRegime.TIME, "peer", "us")
                                .atLeast(2)));
    }
}
