package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sealed interfaces: a choice among records, made by the key `type`.
final class Choices {

    /// The key that names the record.
    static final String KEY = "type";

    private Choices() {}

    /// Returns the records of a sealed type, also those of sealed types within it.
    static List<Class<?>> records(Class<?> choice) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> permitted : choice.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                records.add(permitted);
            } else if (permitted.isSealed()) {
                records.addAll(records(permitted));
            }
        }
        return records;
    }

    /// Returns the record that a table names, or null if it names none.
    static @Nullable Class<?> chosen(Class<?> choice, Table table) {
        ConfigNode node = key(table);
        if (!(node instanceof Scalar scalar) || !(scalar.value() instanceof String name)) {
            return null;
        }
        return records(choice).stream()
                .filter(record -> Names.same(record.getSimpleName(), name))
                .findFirst()
                .orElse(null);
    }

    static @Nullable ConfigNode key(Table table) {
        ConfigNode exact = table.entries().get(KEY);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, ConfigNode> entry : table.entries().entrySet()) {
            if (Names.same(entry.getKey(), KEY)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
