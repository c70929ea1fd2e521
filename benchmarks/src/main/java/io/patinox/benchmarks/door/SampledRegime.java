package io.patinox.benchmarks.door;

import java.util.List;
import java.util.Map;

/// A regime of which `--quick` measures a few implementations only, to end in time.
///
/// @param full the regime in full
/// @param sample whom `--quick` measures
public record SampledRegime(Regime full, List<String> sample) implements Regime {

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
    public boolean measured(String implementation) {
        return full.measured(implementation);
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) {
        return full.measure(implementation, effort);
    }
}
