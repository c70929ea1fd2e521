package io.patinox.config.formats;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class TomlReader {

    /*
     * Reads TOML by its grammar (toml.io, version 1.0), once over the text and without going back.
     *
     * A table can be opened in four ways, and how it was opened says who may add to it. A header
     * [a.b] opens b for the lines below, and a on the way; each table is opened by a header once,
     * but one that was only on the way may get its own header later. A dotted key a.b = 1 opens a,
     * and only dotted keys add to it. [[a]] appends a table to a sequence, and a header that leads
     * through a means the last one. A table in braces is complete when it closes. Everything else
     * is something said twice.
     *
     * Recursion is bounded by the depth of values, and paths by the number of their names.
     */

    private enum Opened {
        ON_THE_WAY,
        BY_HEADER,
        BY_DOTS,
        COMPLETE
    }

    private static final class Branch {
        final Map<String, Object> children = new LinkedHashMap<>();
        final Origin origin;
        Opened opened;

        Branch(Origin origin, Opened opened) {
            this.origin = origin;
            this.opened = opened;
        }
    }

    /// The tables of a sequence that [[a]] appends to.
    private record Appended(List<Branch> tables, Origin origin) {}

    private final TomlText text;

    TomlReader(TomlText text) {
        this.text = text;
    }

    Table table() {
        Branch root = new Branch(text.here(), Opened.BY_HEADER);
        Branch current = root;
        text.skipBlank();
        while (!text.atEnd()) {
            if (text.peek() == '[') {
                current = header(root);
            } else {
                pair(current, 1);
            }
            text.endLine();
            text.skipBlank();
        }
        return (Table) node(root);
    }

    private Branch header(Branch root) {
        Origin origin = text.here();
        boolean append = text.skip("[[");
        if (!append) {
            text.expect("[");
        }
        List<String> names = key();
        text.expect(append ? "]]" : "]");
        Branch branch = root;
        for (String name : names.subList(0, names.size() - 1)) {
            Object next =
                    branch.children.computeIfAbsent(
                            name, _ -> new Branch(origin, Opened.ON_THE_WAY));
            branch =
                    switch (next) {
                        case Branch there when there.opened != Opened.COMPLETE -> there;
                        case Appended appended -> appended.tables().getLast();
                        default -> throw twice(name, next, origin);
                    };
        }
        return append
                ? append(branch, names.getLast(), origin)
                : open(branch, names.getLast(), origin);
    }

    private static Branch append(Branch branch, String name, Origin origin) {
        Object there =
                branch.children.computeIfAbsent(name, _ -> new Appended(new ArrayList<>(), origin));
        if (!(there instanceof Appended appended)) {
            throw twice(name, there, origin);
        }
        Branch added = new Branch(origin, Opened.BY_HEADER);
        appended.tables().add(added);
        return added;
    }

    private static Branch open(Branch branch, String name, Origin origin) {
        Object there =
                branch.children.computeIfAbsent(name, _ -> new Branch(origin, Opened.ON_THE_WAY));
        if (!(there instanceof Branch opened) || opened.opened != Opened.ON_THE_WAY) {
            throw twice(name, there, origin);
        }
        opened.opened = Opened.BY_HEADER;
        return opened;
    }

    private void pair(Branch below, int depth) {
        Origin origin = text.here();
        List<String> names = key();
        Branch branch = below;
        for (String name : names.subList(0, names.size() - 1)) {
            Object next =
                    branch.children.computeIfAbsent(name, _ -> new Branch(origin, Opened.BY_DOTS));
            if (!(next instanceof Branch there) || there.opened != Opened.BY_DOTS) {
                throw twice(name, next, origin);
            }
            branch = there;
        }
        String last = names.getLast();
        Object before = branch.children.get(last);
        if (before != null) {
            throw twice(last, before, origin);
        }
        text.expect("=");
        text.skipSpaces();
        branch.children.put(last, value(origin, depth + names.size()));
    }

    private static RuntimeException twice(String name, Object before, Origin origin) {
        Origin first =
                switch (before) {
                    case Branch branch -> branch.origin;
                    case Appended appended -> appended.origin();
                    default -> ((ConfigNode) before).origin();
                };
        return Limits.twice(name, first, origin);
    }

    /// Reads names joined by dots, and the blanks after them.
    private List<String> key() {
        List<String> names = new ArrayList<>();
        do {
            text.skipSpaces();
            boolean quoted = text.peek() == '"' || text.peek() == '\'';
            String name = quoted ? text.string(false) : text.bare();
            if (name.isEmpty() && !quoted) {
                throw text.failure("is no TOML: a name is missing here");
            }
            names.add(name);
            Limits.depth(names.size(), text.here());
            text.skipSpaces();
        } while (text.skip("."));
        return names;
    }

    /// Reads a value; one of a key has the place of the key.
    private Object value(Origin origin, int depth) {
        Limits.depth(depth - 1, origin);
        return switch (text.peek()) {
            case '"', '\'' -> new Scalar(text.string(true), origin);
            case '[' -> sequence(origin, depth);
            case '{' -> inline(origin, depth);
            default -> TomlValues.scalar(text, origin);
        };
    }

    private Sequence sequence(Origin origin, int depth) {
        text.expect("[");
        List<ConfigNode> items = new ArrayList<>();
        text.skipBlank();
        while (!text.skip("]")) {
            items.add(node(value(text.here(), depth + 1)));
            text.skipBlank();
            if (text.peek() != ']') {
                text.expect(",");
                text.skipBlank();
            }
        }
        return new Sequence(items, origin);
    }

    private Branch inline(Origin origin, int depth) {
        text.expect("{");
        Branch branch = new Branch(origin, Opened.COMPLETE);
        text.skipBlank();
        while (!text.skip("}")) {
            pair(branch, depth);
            text.skipBlank();
            if (text.peek() != '}') {
                text.expect(",");
                text.skipBlank();
            }
        }
        return branch;
    }

    private static ConfigNode node(Object built) {
        return switch (built) {
            case Branch branch -> {
                Map<String, ConfigNode> entries = new LinkedHashMap<>();
                branch.children.forEach((name, child) -> entries.put(name, node(child)));
                yield new Table(entries, branch.origin);
            }
            case Appended appended ->
                    new Sequence(
                            appended.tables().stream().map(TomlReader::node).toList(),
                            appended.origin());
            default -> (ConfigNode) built;
        };
    }
}
