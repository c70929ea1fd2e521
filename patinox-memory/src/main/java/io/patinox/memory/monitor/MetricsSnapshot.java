package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of one component at one moment. Immutable.
///
/// Counters only grow over the life of the component. Gauges go up and down. Histograms hold the
/// distribution of durations. Names are stable, like `pool.acquired`, and carry no ids; the maps
/// keep the order in which the component listed them.
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="pull"}
public final class MetricsSnapshot {

    private final String component;
    private final String source;
    private final Map<String, Long> counters;
    private final Map<String, Long> gauges;
    private final Map<String, HistogramSnapshot> histograms;

    private MetricsSnapshot(Builder builder) {
        component = builder.component;
        source = builder.source;
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.counters));
        gauges = Collections.unmodifiableMap(new LinkedHashMap<>(builder.gauges));
        histograms = Collections.unmodifiableMap(new LinkedHashMap<>(builder.histograms));
    }

    /// Starts a snapshot.
    ///
    /// @param component the sort of component, for example `pool`
    /// @param source the name of the component
    /// @return a builder for one thread
    public static Builder builder(String component, String source) {
        return new Builder(Options.name("component", component), Options.name("source", source));
    }

    /// Returns the name of the component the figures are from.
    ///
    /// @return the name
    public String source() {
        return source;
    }

    /// Returns what sort of component it is.
    ///
    /// @return for example `pool`
    public String component() {
        return component;
    }

    /// Returns what only grows.
    ///
    /// @return counters by name
    public Map<String, Long> counters() {
        return counters;
    }

    /// Returns what goes up and down.
    ///
    /// @return gauges by name
    public Map<String, Long> gauges() {
        return gauges;
    }

    /// Returns the distributions.
    ///
    /// @return histograms by name
    public Map<String, HistogramSnapshot> histograms() {
        return histograms;
    }

    @Override
    public String toString() {
        return component + " " + source + " " + counters + " " + gauges + " " + histograms;
    }

    /// Collects the figures of a snapshot. For one thread.
    public static final class Builder {

        private final String component;
        private final String source;
        private final Map<String, Long> counters = new LinkedHashMap<>();
        private final Map<String, Long> gauges = new LinkedHashMap<>();
        private final Map<String, HistogramSnapshot> histograms = new LinkedHashMap<>();

        private Builder(String component, String source) {
            this.component = component;
            this.source = source;
        }

        /// Adds what only grows.
        ///
        /// @param name its name, which no other figure has
        /// @param value its value
        /// @return this builder
        public Builder counter(String name, long value) {
            counters.put(unused(name), value);
            return this;
        }

        /// Adds what goes up and down.
        ///
        /// @param name its name, which no other figure has
        /// @param value its value
        /// @return this builder
        public Builder gauge(String name, long value) {
            gauges.put(unused(name), value);
            return this;
        }

        /// Adds a distribution.
        ///
        /// @param name its name, which no other figure has
        /// @param value its snapshot
        /// @return this builder
        public Builder histogram(String name, HistogramSnapshot value) {
            histograms.put(unused(name), Options.required("value", value));
            return this;
        }

        /// Returns the figures collected so far.
        ///
        /// @return a snapshot
        public MetricsSnapshot build() {
            return new MetricsSnapshot(this);
        }

        private String unused(String name) {
            Options.name("name", name);
            boolean used =
                    counters.containsKey(name)
                            || gauges.containsKey(name)
                            || histograms.containsKey(name);
            Options.consistent(
                    !used,
                    "name",
                    name,
                    "used once in a snapshot",
                    "give each figure its own name");
            return name;
        }
    }
}
