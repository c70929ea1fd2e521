package io.patinox.memory.config;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.internal.FlatTree;
import io.patinox.memory.error.ConfigSyntaxException;
import io.patinox.memory.error.Options;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A source of flat names: they are read and made a tree at each load.
final class FlatSource implements ConfigSource {
    private final String name;
    private final Supplier<Table> reader;

    private FlatSource(String name, Supplier<Table> reader) {
        this.name = name;
        this.reader = reader;
    }

    static FlatSource of(String name, Map<String, ?> values) {
        Options.text("name", name);
        Table table = table(name, values);
        return new FlatSource(name, () -> table);
    }

    static Table table(String name, Map<String, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>(Options.required("values", values));
        FlatTree tree = new FlatTree(Origin.of(name));
        copy.forEach((key, value) -> put(tree, name, key, name, value));
        return tree.table();
    }

    static FlatSource environment(String prefix, Supplier<Map<String, String>> variables) {
        Options.text("prefix", prefix);
        return new FlatSource(
                "env " + prefix + "*",
                () -> {
                    // the names are made paths when it is known what the type looks like
                    Map<String, ConfigNode> entries = new LinkedHashMap<>();
                    new TreeMap<>(variables.get())
                            .forEach((key, value) -> {
                                if (key.length() > prefix.length() && key.startsWith(prefix)) {
                                    entries.put(
                                            key.substring(prefix.length()).toLowerCase(Locale.ROOT),
                                            new Scalar(value, Origin.of("env " + key)));
                                }
                            });
                    return new Table(entries, Origin.of("env"));
                });
    }

    static FlatSource systemProperties(String prefix) {
        Options.text("prefix", prefix);
        return new FlatSource(
                "system property " + prefix + "*",
                () -> {
                    FlatTree tree = new FlatTree(Origin.of("system properties"));
                    for (String key : System.getProperties().stringPropertyNames()) {
                        String value = System.getProperty(key);
                        if (key.startsWith(prefix) && value != null) {
                            String origin = "system property " + key;
                            put(tree, origin, key.substring(prefix.length()), origin, value);
                        }
                    }
                    return tree.table();
                });
    }

    static FlatSource arguments(String prefix, String... arguments) {
        Options.text("prefix", prefix);
        List<String> given = List.copyOf(Arrays.asList(Options.required("arguments", arguments)));
        return new FlatSource(
                "arguments",
                () -> {
                    FlatTree tree = new FlatTree(Origin.of("arguments"));
                    for (String argument : given) {
                        if (argument.equals("--")) {
                            break;
                        }
                        if (argument.startsWith(prefix)) {
                            int equal = argument.indexOf('=');
                            String flag = equal < 0 ? argument : argument.substring(0, equal);
                            String value = equal < 0 ? "true" : argument.substring(equal + 1);
                            String key = flag.substring(prefix.length());
                            put(tree, "argument " + flag, key, "argument " + flag, value);
                        }
                    }
                    return tree.table();
                });
    }

    private static void put(
            FlatTree tree, String source, String key, String origin, @Nullable Object value) {
        tree.put(
                key,
                new Scalar(plain(value), Origin.of(origin)),
                problem -> {
                    throw new ConfigSyntaxException(source, 0, 0, problem);
                });
    }

    /// What a tree can hold; everything else by its text, as it would stand in a file.
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean b -> b;
            case Long n -> n;
            case Integer n -> (long) n;
            case Short n -> (long) n;
            case Byte n -> (long) n;
            case Double d -> d;
            case BigInteger n -> n;
            case BigDecimal n -> n;
            default -> value.toString();
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Table read() {
        return reader.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
