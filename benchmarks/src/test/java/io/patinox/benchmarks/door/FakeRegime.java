package io.patinox.benchmarks.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// A regime that measures nothing and answers at once.
final class FakeRegime implements Regime {

    static final Metric TIME = Metric.mean("time", "ns/op");

    final List<String> measured = new ArrayList<>();
    private final String name;
    private final List<String> implementations;
    private ToDoubleFunction<String> times = _ -> 1;
    private boolean quick = true;
    private boolean ready;

    FakeRegime(String name, String... implementations) {
        this.name = name;
        this.implementations = List.of(implementations);
    }

    FakeRegime onlyInFull() {
        quick = false;
        return this;
    }

    FakeRegime ready() {
        ready = true;
        return this;
    }

    FakeRegime answering(ToDoubleFunction<String> times) {
        this.times = times;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> implementations() {
        return implementations;
    }

    @Override
    public boolean quick() {
        return quick;
    }

    @Override
    public boolean measured(String implementation) {
        return ready;
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) {
        measured.add(implementation);
        return Map.of(TIME, times.applyAsDouble(implementation));
    }
}
