package io.patinox.benchmarks.door;

import java.util.List;
import java.util.Map;

/// A regime that settles fast and gets half the time in a quick run, so that a group of many
/// regimes ends in time.
///
/// @param full the regime in full
public record BriefRegime(Regime full) implements Regime {

    @Override
    public String name() {
        return full.name();
    }

    @Override
    public List<String> implementations() {
        return full.implementations();
    }

    @Override
    public boolean quick() {
        return full.quick();
    }

    @Override
    public List<String> sample() {
        return full.sample();
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) {
        return full.measure(implementation, effort.equals(Effort.QUICK) ? half(effort) : effort);
    }

    private static Effort half(Effort effort) {
        return new Effort(
                effort.forks(),
                effort.warmup().dividedBy(2),
                effort.measurement().dividedBy(2),
                effort.budget());
    }
}
