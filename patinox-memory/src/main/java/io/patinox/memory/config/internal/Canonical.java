package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import io.patinox.memory.config.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class Canonical {

    /*
     * Brings the keys of a tree to the spelling of the type it will be bound to, so that trees of
     * several sources can be merged by name.
     *
     * In most trees a key is the name of a component, but for hyphens, underscores and case. It is
     * renamed, and its value is looked at with the type of the component. A second key for a
     * component that has one already keeps its spelling, so that the binder sees both and
     * complains.
     *
     * In a tree of environment variables an underscore is both: the step to a part, and a part of a
     * name. DB_MAX_SIZE comes as db -> max -> size. For such trees (their origin is "env")
     * the words on the way to a value are matched against the type: as many words as make the name
     * of a component are one step, the longest name first, and if the rest then fits nowhere, a
     * shorter one. A map takes one word as a key, or all words joined by dots if its values are
     * plain; a sequence takes a number. Words that fit nowhere stay as they were.
     */

    private Canonical() {}

    /// Returns a tree in the spelling of a type.
    static Table table(Class<?> type, Table tree) {
        if (Names.isEnvironment(tree.origin())) {
            return Words.table(type, tree);
        }
        return (Table) node(type, tree);
    }

    private static ConfigNode node(Type type, ConfigNode node) {
        Class<?> raw = raw(type);
        if (raw == Optional.class || raw == Secret.class) {
            return node(argument(type, 0), node);
        }
        if (node instanceof Sequence sequence && Iterable.class.isAssignableFrom(raw)) {
            Type element = argument(type, 0);
            return new Sequence(
                    sequence.items().stream().map(item -> node(element, item)).toList(),
                    sequence.origin());
        }
        if (!(node instanceof Table table)) {
            return node;
        }
        if (Map.class.isAssignableFrom(raw)) {
            Type value = argument(type, 1);
            var entries = new LinkedHashMap<String, ConfigNode>();
            table.entries().forEach((name, inner) -> entries.put(name, node(value, inner)));
            return new Table(entries, table.origin());
        }
        Class<?> chosen = raw.isSealed() ? Choices.chosen(raw, table) : raw;
        return chosen != null && chosen.isRecord() ? renamed(chosen, table) : table;
    }

    private static Table renamed(Class<?> record, Table table) {
        Map<String, RecordComponent> components = components(record);
        var entries = new LinkedHashMap<String, ConfigNode>();
        table.entries()
                .forEach((name, inner) -> {
                    RecordComponent component = components.get(Names.relaxed(name));
                    if (component == null) {
                        entries.put(name, inner);
                        return;
                    }
                    ConfigNode value = node(component.getGenericType(), inner);
                    String own = component.getName();
                    boolean taken =
                            entries.containsKey(own)
                                    || (!name.equals(own) && table.entries().containsKey(own));
                    entries.put(taken ? name : own, value);
                });
        return new Table(entries, table.origin());
    }

    static Map<String, RecordComponent> components(Class<?> record) {
        var components = new LinkedHashMap<String, RecordComponent>();
        for (RecordComponent component : record.getRecordComponents()) {
            components.put(Names.relaxed(component.getName()), component);
        }
        return components;
    }

    static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> Object.class;
        };
    }

    static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()[index]
                : Object.class;
    }

    /// The trees of environment variables.
    private static final class Words {

        private final FlatEntries fitting = new FlatEntries();

        static Table table(Class<?> type, Table tree) {
            var words = new Words();
            words.collect(type, tree, List.of());
            return words.fitting.table(tree.origin());
        }

        private void collect(Class<?> type, ConfigNode node, List<String> words) {
            if (node instanceof Table table && !(table.entries().isEmpty() && words.isEmpty())) {
                table.entries().forEach((name, inner) -> collect(type, inner, joined(words, name)));
                return;
            }
            List<String> path = path(type, words);
            fitting.put(path == null ? words : path, node);
        }

        private static List<String> joined(List<String> words, String name) {
            var longer = new ArrayList<>(words);
            longer.addAll(List.of(name.split("_")));
            return longer;
        }

        /// Returns the steps that words mean for a type, or null if they fit nowhere.
        private static @Nullable List<String> path(Type type, List<String> words) {
            Class<?> raw = raw(type);
            if (raw == Optional.class || raw == Secret.class) {
                return path(argument(type, 0), words);
            }
            if (words.isEmpty()) {
                return List.of();
            }
            if (Map.class.isAssignableFrom(raw)) {
                List<String> rest = path(argument(type, 1), words.subList(1, words.size()));
                return rest == null ? List.of(String.join(".", words)) : step(words.get(0), rest);
            }
            if (Iterable.class.isAssignableFrom(raw)) {
                boolean place = words.get(0).matches("\\d{1,6}");
                return place
                        ? step(
                                words.get(0),
                                path(argument(type, 0), words.subList(1, words.size())))
                        : null;
            }
            if (raw.isRecord()) {
                return ofRecord(raw, words);
            }
            return raw.isSealed() ? ofChoice(raw, words) : null;
        }

        private static @Nullable List<String> ofRecord(Class<?> record, List<String> words) {
            Map<String, RecordComponent> components = components(record);
            for (int count = words.size(); count > 0; count--) {
                String name = Names.relaxed(String.join("", words.subList(0, count)));
                RecordComponent component = components.get(name);
                if (component != null) {
                    List<String> rest = words.subList(count, words.size());
                    List<String> path =
                            step(component.getName(), path(component.getGenericType(), rest));
                    if (path != null) {
                        return path;
                    }
                }
            }
            return null;
        }

        private static @Nullable List<String> ofChoice(Class<?> choice, List<String> words) {
            if (words.size() == 1 && Names.same(words.get(0), Choices.KEY)) {
                return List.of(Choices.KEY);
            }
            for (Class<?> record : Choices.records(choice)) {
                List<String> path = ofRecord(record, words);
                if (path != null) {
                    return path;
                }
            }
            return null;
        }

        private static @Nullable List<String> step(String name, @Nullable List<String> rest) {
            if (rest == null) {
                return null;
            }
            var path = new ArrayList<String>();
            path.add(name);
            path.addAll(rest);
            return path;
        }
    }

    /// Values at paths whose steps are known, put back into a tree.
    private static final class FlatEntries {

        private final Map<String, Object> root = new LinkedHashMap<>();

        @SuppressWarnings("unchecked") // what is no node is a map of the same kind
        void put(List<String> path, ConfigNode node) {
            if (path.isEmpty()) {
                return;
            }
            Map<String, Object> level = root;
            for (String step : path.subList(0, path.size() - 1)) {
                Object next = level.computeIfAbsent(step, _ -> new LinkedHashMap<String, Object>());
                if (next instanceof ConfigNode) {
                    // a plain value stands where a table would begin: both are shown to the binder
                    level.put(String.join("_", path), node);
                    return;
                }
                level = (Map<String, Object>) next;
            }
            level.put(path.getLast(), node);
        }

        Table table(Origin origin) {
            return table(root, origin);
        }

        @SuppressWarnings("unchecked") // see above
        private static Table table(Map<String, Object> level, Origin origin) {
            var entries = new LinkedHashMap<String, ConfigNode>();
            level.forEach((name, child) -> {
                ConfigNode node =
                        child instanceof ConfigNode there
                                ? there
                                : table((Map<String, Object>) child, origin);
                entries.put(name, node);
            });
            return new Table(entries, origin);
        }
    }
}
