package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes a tree of flat keys such as `db.pools[0].max-size`. Not for several threads at once.
public final class FlatTree {

    /// More levels than any configuration has, and few enough for every recursion.
    public static final int MAX_DEPTH = 64;

    private final Branch root;

    /// Begins an empty tree.
    ///
    /// @param origin where the tree comes from
    public FlatTree(Origin origin) {
        this.root = new Branch(origin, false);
    }

    /// Adds a value.
    ///
    /// @param key names joined by dots, with `[n]` after a name for the place in a sequence
    /// @param value the value
    /// @param refuse called, instead of adding, with what is wrong with the key
    public void put(String key, Scalar value, Consumer<String> refuse) {
        List<String> steps = steps(key);
        if (steps == null) {
            refuse.accept("a key is names joined by dots, with [number] after a name");
            return;
        }
        if (steps.size() > MAX_DEPTH) {
            refuse.accept("is nested deeper than " + MAX_DEPTH + " levels");
            return;
        }
        Branch branch = root;
        for (int i = 0; i < steps.size() - 1; i++) {
            boolean indexed = isIndex(steps.get(i + 1));
            Object next =
                    branch.children.computeIfAbsent(
                            steps.get(i), _ -> new Branch(value.origin(), indexed));
            if (!(next instanceof Branch inner) || inner.indexed != indexed) {
                refuse.accept("the key '" + key + "' says two kinds of value at one place");
                return;
            }
            branch = inner;
        }
        Object before = branch.children.putIfAbsent(steps.getLast(), value);
        if (before instanceof Scalar first) {
            refuse.accept("the key '" + key + "' was given before, at " + first.origin());
        } else if (before != null) {
            refuse.accept("the key '" + key + "' says two kinds of value at one place");
        }
    }

    /// Returns the tree of what was added. Places of a sequence that were left out close up.
    ///
    /// @return the tree
    public Table table() {
        return (Table) node(root);
    }

    private static ConfigNode node(Object child) {
        if (child instanceof Scalar scalar) {
            return scalar;
        }
        Branch branch = (Branch) child;
        if (branch.indexed) {
            List<ConfigNode> items =
                    branch.children.entrySet().stream()
                            .sorted((a, b) -> Integer.compare(index(a), index(b)))
                            .map(entry -> node(entry.getValue()))
                            .toList();
            return new Sequence(items, branch.origin);
        }
        var entries = new LinkedHashMap<String, ConfigNode>();
        branch.children.forEach((name, inner) -> entries.put(name, node(inner)));
        return new Table(entries, branch.origin);
    }

    private static int index(Map.Entry<String, Object> entry) {
        return Integer.parseInt(entry.getKey(), 1, entry.getKey().length(), 10);
    }

    private static boolean isIndex(String step) {
        return step.startsWith("[");
    }

    /// Cuts a key into names and places (`[` and a number), or returns null if it is none.
    private static @Nullable List<String> steps(String key) {
        var steps = new ArrayList<String>();
        for (String part : key.split("\\.", -1)) {
            int bracket = part.indexOf('[');
            String name = bracket < 0 ? part : part.substring(0, bracket);
            if (name.isBlank()) {
                return null;
            }
            steps.add(name);
            while (bracket >= 0 && bracket < part.length()) {
                int end = part.indexOf(']', bracket);
                if (part.charAt(bracket) != '[' || end < bracket + 2 || end > bracket + 7) {
                    return null;
                }
                String digits = part.substring(bracket + 1, end);
                if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    return null;
                }
                steps.add("[" + Integer.parseInt(digits));
                bracket = end + 1;
            }
        }
        return steps;
    }

    private static final class Branch {
        final Origin origin;
        final boolean indexed;
        final Map<String, Object> children = new LinkedHashMap<>();

        Branch(Origin origin, boolean indexed) {
            this.origin = origin;
            this.indexed = indexed;
        }
    }
}
