package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Secret;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What counts as a sequence, and as a flat table, in sources that have neither.
final class Sequences {

    private Sequences() {}

    /// Returns the items of a sequence; of a text, cut at commas; of a table whose keys are
    /// numbers, by number; null for another table.
    static @Nullable List<ConfigNode> items(ConfigNode node) {
        return switch (node) {
            case Sequence sequence -> sequence.items();
            case Scalar scalar -> cut(scalar);
            case Table table ->
                    table.entries().keySet().stream().allMatch(name -> name.matches("\\d{1,9}"))
                            ? numbered(table)
                            : null;
        };
    }

    private static List<ConfigNode> cut(Scalar scalar) {
        if (!(scalar.value() instanceof String text)) {
            return List.of(scalar);
        }
        List<ConfigNode> items = new ArrayList<>();
        if (!text.isBlank()) {
            for (String item : text.split(",", -1)) {
                items.add(new Scalar(item.strip(), scalar.origin()));
            }
        }
        return items;
    }

    private static List<ConfigNode> numbered(Table table) {
        return table.entries().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> Integer.parseInt(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Tells whether values of a type are plain, so that a table in their place can only be a key
    /// with dots in it.
    static boolean holdsPlain(Type type) {
        Class<?> raw = Canonical.raw(type);
        if (raw == Secret.class || raw == Optional.class) {
            return holdsPlain(Canonical.argument(type, 0));
        }
        return Conversions.knows(raw);
    }

    /// Returns a table without tables in it: their keys are joined by dots.
    static Table flat(Table table) {
        var entries = new LinkedHashMap<String, ConfigNode>();
        flatten("", table, entries);
        return new Table(entries, table.origin());
    }

    private static void flatten(String prefix, Table table, Map<String, ConfigNode> entries) {
        table.entries()
                .forEach((name, node) -> {
                    if (node instanceof Table inner) {
                        flatten(prefix + name + ".", inner, entries);
                    } else {
                        entries.put(prefix + name, node);
                    }
                });
    }
}
