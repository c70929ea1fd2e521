package io.patinox.memory.config;

import io.patinox.memory.config.ConfigNode.Table;
import java.util.Map;

/// The layer that the program sets itself.
final class Overrides implements ConfigSource {
    static final String NAME = "overrides";

    private volatile Table table;

    Overrides(Map<String, ?> values) {
        this.table = FlatSource.table(NAME, values);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Table read() {
        return table;
    }

    /// Replaces all values, and returns those before. By the loader's thread.
    Table replace(Table next) {
        Table before = table;
        table = next;
        return before;
    }
}
