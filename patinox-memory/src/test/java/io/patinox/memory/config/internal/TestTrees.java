package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Trees of plain Java values; every value has a line of its own.
final class TestTrees {

    private TestTrees() {}

    static Table tree(Object... keysAndValues) {
        return from("file test", keysAndValues);
    }

    /// A tree of environment variables, as they come: one level, lower case.
    static Table env(String... keysAndValues) {
        var entries = new LinkedHashMap<String, ConfigNode>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(
                    keysAndValues[i],
                    new Scalar(keysAndValues[i + 1], Origin.of("env APP_" + keysAndValues[i])));
        }
        return new Table(entries, Origin.of("env"));
    }

    static Table from(String source, Object... keysAndValues) {
        var entries = new LinkedHashMap<String, ConfigNode>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Origin origin = new Origin(source, i / 2 + 1, 1);
            entries.put((String) keysAndValues[i], node(keysAndValues[i + 1], origin));
        }
        return new Table(entries, new Origin(source, 1, 1));
    }

    static ConfigNode node(Object value, Origin origin) {
        return switch (value) {
            case null -> new Scalar(null, origin);
            case ConfigNode there -> there;
            case List<?> items ->
                    new Sequence(items.stream().map(item -> node(item, origin)).toList(), origin);
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, ConfigNode>();
                map.forEach((name, inner) -> entries.put((String) name, node(inner, origin)));
                yield new Table(entries, origin);
            }
            case Object[] array -> node(Arrays.asList(array), origin);
            default -> new Scalar(value, origin);
        };
    }
}
