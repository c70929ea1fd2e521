package io.patinox.memory.config;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.error.Options;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks along the dotted paths of a table, and makes changed copies.
final class TablePaths {

    private TablePaths() {}

    static @Nullable ConfigNode at(Table table, String path) {
        Options.text("path", path);
        int dot = path.indexOf('.');
        ConfigNode node = table.entries().get(dot < 0 ? path : path.substring(0, dot));
        if (dot < 0) {
            return node;
        }
        return node instanceof Table inner ? at(inner, path.substring(dot + 1)) : null;
    }

    static Table with(Table table, String path, ConfigNode node) {
        Options.text("path", path);
        Options.required("node", node);
        var entries = new LinkedHashMap<String, ConfigNode>(table.entries());
        int dot = path.indexOf('.');
        if (dot < 0) {
            entries.put(path, node);
        } else {
            String name = path.substring(0, dot);
            Table inner =
                    entries.get(name) instanceof Table there ? there : Table.empty(node.origin());
            entries.put(name, with(inner, path.substring(dot + 1), node));
        }
        return new Table(entries, table.origin());
    }

    static Table without(Table table, String path) {
        if (at(table, path) == null) {
            return table;
        }
        var entries = new LinkedHashMap<String, ConfigNode>(table.entries());
        int dot = path.indexOf('.');
        if (dot < 0) {
            entries.remove(path);
        } else {
            entries.computeIfPresent(
                    path.substring(0, dot),
                    (_, inner) -> without((Table) inner, path.substring(dot + 1)));
        }
        return new Table(entries, table.origin());
    }

    static boolean sameContent(ConfigNode one, ConfigNode other) {
        return switch (one) {
            case Table a -> other instanceof Table b && sameEntries(a.entries(), b.entries());
            case Sequence a -> other instanceof Sequence b && sameItems(a, b);
            case Scalar a -> other instanceof Scalar b && Objects.equals(a.value(), b.value());
        };
    }

    private static boolean sameEntries(Map<String, ConfigNode> a, Map<String, ConfigNode> b) {
        return a.keySet().equals(b.keySet())
                && a.entrySet().stream()
                        .allMatch(entry ->
                                sameContent(
                                        entry.getValue(),
                                        Objects.requireNonNull(b.get(entry.getKey()))));
    }

    private static boolean sameItems(Sequence a, Sequence b) {
        if (a.items().size() != b.items().size()) {
            return false;
        }
        for (int i = 0; i < a.items().size(); i++) {
            if (!sameContent(a.items().get(i), b.items().get(i))) {
                return false;
            }
        }
        return true;
    }
}
