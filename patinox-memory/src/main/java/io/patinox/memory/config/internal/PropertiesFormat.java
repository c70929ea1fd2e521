package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import io.patinox.memory.error.ConfigSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// Java's properties in UTF-8, with nesting by dots, lines kept, and duplicates refused.
public final class PropertiesFormat implements ConfigFormat {

    /// The one instance.
    public static final PropertiesFormat INSTANCE = new PropertiesFormat();

    private PropertiesFormat() {}

    @Override
    public String name() {
        return "properties";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("properties");
    }

    @Override
    public Table parse(byte[] content, String source) throws ConfigSyntaxException {
        var lines = new PropertiesLines(Texts.decode(content, source), source);
        var tree = new FlatTree(new Origin(source, 1, 1));
        while (lines.next()) {
            Origin origin = new Origin(source, lines.line(), 1);
            tree.put(
                    lines.key(),
                    new Scalar(lines.value(), origin),
                    detail -> {
                        throw new ConfigSyntaxException(source, origin.line(), 1, detail);
                    });
        }
        return tree.table();
    }

    @Override
    public byte[] write(Table content) {
        StringBuilder text = new StringBuilder();
        append(text, "", content);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, String path, ConfigNode node) {
        switch (node) {
            case Table table -> {
                for (Map.Entry<String, ConfigNode> entry : table.entries().entrySet()) {
                    String name = entry.getKey();
                    if (name.isEmpty() || name.indexOf('.') >= 0 || name.indexOf('[') >= 0) {
                        throw new UnsupportedOperationException(
                                "properties cannot say a name that is empty or has . or [ in it");
                    }
                    append(text, path.isEmpty() ? name : path + "." + name, entry.getValue());
                }
            }
            case Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    append(text, path + "[" + i + "]", sequence.items().get(i));
                }
            }
            case Scalar scalar -> {
                escape(text, path, true);
                text.append(" = ");
                escape(text, scalar.value() == null ? "" : scalar.value().toString(), false);
                text.append('\n');
            }
        }
    }

    private static void escape(StringBuilder out, String text, boolean key) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\0' -> out.append("\\u0000");
                case ' ' -> out.append(key || i == 0 ? "\\ " : " ");
                case '=', ':', '#', '!' -> {
                    if (key) {
                        out.append('\\');
                    }
                    out.append(c);
                }
                default -> {
                    // half a pair, or the mark, would not survive UTF-8
                    if (Character.isSurrogate(c) || c == '\uFEFF') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }
}
