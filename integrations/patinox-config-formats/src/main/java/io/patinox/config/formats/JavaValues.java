package io.patinox.config.formats;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Trees as maps, lists and plain values, which every writer understands.
final class JavaValues {

    private JavaValues() {}

    static @Nullable Object of(ConfigNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.value();
            case Sequence sequence -> {
                List<@Nullable Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(of(item)));
                yield items;
            }
            case Table table -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                table.entries().forEach((name, inner) -> entries.put(name, of(inner)));
                yield entries;
            }
        };
    }
}
