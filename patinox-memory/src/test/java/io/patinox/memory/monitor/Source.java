package io.patinox.memory.monitor;

/// A component with a name and nothing to tell.
public record Source(String name) implements MetricsSource {

    @Override
    public String component() {
        return "source";
    }

    @Override
    public MetricsSnapshot metrics() {
        return MetricsSnapshot.builder(component(), name).build();
    }

    @Override
    public Health health() {
        return Health.up();
    }
}
