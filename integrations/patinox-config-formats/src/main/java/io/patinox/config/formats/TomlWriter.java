package io.patinox.config.formats;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes TOML: of every table first what is plain, then the tables in it under headers of their
/// own.
final class TomlWriter {

    private TomlWriter() {}

    static String text(Table table) {
        StringBuilder text = new StringBuilder();
        write(text, "", table);
        return text.toString();
    }

    private static void write(StringBuilder text, String path, Table table) {
        table.entries()
                .forEach((name, node) -> {
                    if (!(node instanceof Table)) {
                        text.append(quoted(name)).append(" = ").append(value(node));
                        text.append('\n');
                    }
                });
        table.entries()
                .forEach((name, node) -> {
                    if (node instanceof Table inner) {
                        String below = path + (path.isEmpty() ? "" : ".") + quoted(name);
                        text.append(text.isEmpty() ? "[" : "\n[").append(below);
                        text.append("]\n");
                        write(text, below, inner);
                    }
                });
    }

    private static String value(ConfigNode node) {
        return switch (node) {
            case Sequence sequence ->
                    sequence.items().stream()
                            .map(TomlWriter::value)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Table table ->
                    table.entries().entrySet().stream()
                            .map(entry -> quoted(entry.getKey()) + " = " + value(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Scalar scalar -> plain(scalar.value());
        };
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> throw new UnsupportedOperationException("TOML knows no null");
            case String text -> string(text);
            case Double real when real.isNaN() -> "nan";
            case Double real when real.isInfinite() -> real > 0 ? "inf" : "-inf";
            // a number without a fraction would be read as a whole one
            case BigDecimal real when real.scale() == 0 -> real + ".0";
            default -> value.toString();
        };
    }

    private static String quoted(String name) {
        boolean bare = !name.isEmpty() && name.chars().allMatch(TomlWriter::isBare);
        return bare ? name : string(name);
    }

    private static boolean isBare(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    private static String string(String text) {
        StringBuilder string = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> string.append("\\\"");
                case '\\' -> string.append("\\\\");
                case '\n' -> string.append("\\n");
                case '\t' -> string.append("\\t");
                case '\r' -> string.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        string.append(String.format("\\u%04x", (int) c));
                    } else {
                        string.append(c);
                    }
                }
            }
        }
        return string.append('"').toString();
    }
}
