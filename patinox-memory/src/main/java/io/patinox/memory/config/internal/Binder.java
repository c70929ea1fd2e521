package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import io.patinox.memory.config.Secret;
import io.patinox.memory.error.ConfigTypeException;
import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes records of trees.
public final class Binder {

    /*
     * Binding walks the type and the tree together. Whatever does not fit becomes a problem with
     * path and origin, and the walk goes on, so that all problems are found in one pass. A value
     * with a problem is FAILED; what it is part of is FAILED too, without a problem of its own, and
     * its constructor does not run. What is wrong with the type rather than the tree ends the walk
     * with an exception, because no change of a file could repair it.
     *
     * A message never shows a value whose path was declared secret, or that is inside a Secret:
     * conversions only say what a value would have to be, and the value is added here.
     */

    /// Stands for a value that has a problem.
    static final Object FAILED = new Failure();

    private record Failure() {}

    static boolean isFailed(@Nullable Object value) {
        return value instanceof Failure;
    }

    private final Findings findings;
    private final RecordBinder records;

    private Binder(BindOptions options) {
        this.findings = new Findings(options);
        this.records = new RecordBinder(this, options, findings);
    }

    /// Binds a tree to a record.
    ///
    /// @param <T> the type of the record
    /// @param type the record, or a sealed interface of records
    /// @param tree the tree
    /// @param options how
    /// @return the record, or everything that is wrong
    /// @throws ConfigTypeException if nothing could be bound to the type
    public static <T> Bound<T> bind(Class<T> type, Table tree, BindOptions options) {
        Options.required("type", type);
        Options.required("tree", tree);
        Options.required("options", options);
        if (!type.isRecord() && !type.isSealed()) {
            throw new ConfigTypeException(
                    type.getName(), "it is no record, nor a sealed interface of records");
        }
        var binder = new Binder(options);
        Object value = binder.value(Place.root(type), tree);
        T result = isFailed(value) || !binder.findings.problems.isEmpty() ? null : type.cast(value);
        return new Bound<>(
                result,
                binder.findings.problems,
                binder.findings.warnings,
                binder.findings.explanation(tree.origin()));
    }

    /// Where the walk is.
    ///
    /// @param type what is wanted there
    /// @param path where that is
    /// @param secret whether nothing there may be shown
    record Place(Type type, String path, boolean secret) {

        static Place root(Type type) {
            return new Place(type, "", false);
        }

        Place named(String name, Type inner) {
            return new Place(inner, path.isEmpty() ? name : path + "." + name, secret);
        }

        Place at(int index, Type inner) {
            return new Place(inner, path + "[" + index + "]", secret);
        }

        Place of(Type inner) {
            return new Place(inner, path, secret);
        }

        Place hidden(Type inner) {
            return new Place(inner, path, true);
        }

        Class<?> raw() {
            return Canonical.raw(type);
        }

        Type argument(int index) {
            return Canonical.argument(type, index);
        }
    }

    /// Binds what is there, or returns [#FAILED].
    Object value(Place asked, ConfigNode node) {
        Place place = findings.isSecret(asked.path()) ? asked.hidden(asked.type()) : asked;
        Class<?> raw = place.raw();
        if (raw == Secret.class) {
            Object value = value(place.hidden(place.argument(0)), node);
            return isFailed(value) ? FAILED : Secret.of(value);
        }
        if (raw == Optional.class) {
            Object value = value(place.of(place.argument(0)), node);
            return isFailed(value) ? FAILED : Optional.of(value);
        }
        if (raw == OptionalInt.class) {
            return value(place.of(int.class), node) instanceof Integer i
                    ? OptionalInt.of(i)
                    : FAILED;
        }
        if (raw == OptionalLong.class) {
            return value(place.of(long.class), node) instanceof Long l
                    ? OptionalLong.of(l)
                    : FAILED;
        }
        if (raw == OptionalDouble.class) {
            Object value = value(place.of(double.class), node);
            return value instanceof Double d ? OptionalDouble.of(d) : FAILED;
        }
        if (raw == List.class || raw == Set.class || raw == Collection.class) {
            return collection(place, node);
        }
        if (raw == Map.class) {
            return map(place, node);
        }
        if (Conversions.knows(raw)) {
            return plain(place, node);
        }
        if (raw.isRecord() || raw.isSealed()) {
            return table(place, node);
        }
        throw new ConfigTypeException(
                (place.path().isEmpty() ? "the value" : "'" + place.path() + "'")
                        + " of type "
                        + place.type().getTypeName(),
                "use a record, a sealed interface of records, an enum, a list, set, map or optional"
                        + " of these, or one of the plain types that docs/guide/config-formats.md"
                        + " lists");
    }

    /// Returns what is there when no source gives a value, or null if one must be given.
    @Nullable Object absent(Place place, Origin origin) {
        Class<?> raw = place.raw();
        Object empty = null;
        if (raw == Optional.class) {
            empty = Optional.empty();
        } else if (raw == OptionalInt.class) {
            empty = OptionalInt.empty();
        } else if (raw == OptionalLong.class) {
            empty = OptionalLong.empty();
        } else if (raw == OptionalDouble.class) {
            empty = OptionalDouble.empty();
        } else if (raw == List.class || raw == Collection.class) {
            empty = List.of();
        } else if (raw == Set.class) {
            empty = Set.of();
        } else if (raw == Map.class) {
            empty = Map.of();
        }
        if (empty != null) {
            findings.value(place.path(), "(none)", false, origin);
        }
        return empty;
    }

    private Object plain(Place place, ConfigNode node) {
        if (!(node instanceof Scalar scalar) || scalar.value() == null) {
            String found = node instanceof Table ? "a table" : "a sequence";
            findings.problem(
                    place.path(),
                    "must be one plain value, but is " + (node instanceof Scalar ? "null" : found),
                    node.origin());
            return FAILED;
        }
        try {
            Object value = Conversions.convert(place.raw(), scalar.value());
            boolean text = value instanceof char[] || value instanceof byte[];
            findings.value(place.path(), text ? "(text)" : value, place.secret(), scalar.origin());
            return value;
        } catch (Unfit unfit) {
            String shown = place.secret() ? "***" : "'" + Describe.value(scalar.value()) + "'";
            findings.problem(
                    place.path(), unfit.getMessage() + ", but is " + shown, scalar.origin());
            return FAILED;
        }
    }

    private Object table(Place place, ConfigNode node) {
        if (node instanceof Table table) {
            return records.bind(place, table);
        }
        String found = node instanceof Sequence ? "a sequence" : "one plain value";
        findings.problem(place.path(), "must be a table, but is " + found, node.origin());
        return FAILED;
    }

    private Object collection(Place place, ConfigNode node) {
        List<ConfigNode> items = Sequences.items(node);
        if (items == null) {
            findings.problem(
                    place.path(),
                    "must be a sequence, or text with commas, but is a table",
                    node.origin());
            return FAILED;
        }
        findings.visit(place.path(), node.origin());
        if (items.isEmpty()) {
            findings.value(place.path(), "(none)", false, node.origin());
        }
        boolean failed = false;
        List<Object> values = new ArrayList<>();
        Set<Object> distinct = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
            ConfigNode item = items.get(i);
            Place inner = place.at(i, place.argument(0));
            Object value = value(inner, item);
            failed |= isFailed(value);
            values.add(value);
            if (place.raw() == Set.class && !isFailed(value) && !distinct.add(value)) {
                findings.problem(inner.path(), "is in this set before", item.origin());
                failed = true;
            }
        }
        if (failed) {
            return FAILED;
        }
        return place.raw() == Set.class
                ? Collections.unmodifiableSet(distinct)
                : Collections.unmodifiableList(values);
    }

    private Object map(Place place, ConfigNode node) {
        if (!(node instanceof Table given)) {
            findings.problem(place.path(), "must be a table, but is none", node.origin());
            return FAILED;
        }
        Class<?> keyType = Canonical.raw(place.argument(0));
        if (!Conversions.knows(keyType)) {
            throw new ConfigTypeException(
                    "'" + place.path() + "'", "the keys of a map must be of a plain type");
        }
        Type valueType = place.argument(1);
        Table table = Sequences.holdsPlain(valueType) ? Sequences.flat(given) : given;
        findings.visit(place.path(), table.origin());
        if (table.entries().isEmpty()) {
            findings.value(place.path(), "(none)", false, table.origin());
        }
        boolean failed = false;
        Map<Object, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigNode> entry : table.entries().entrySet()) {
            Place inner = place.named(entry.getKey(), valueType);
            Object key = key(inner, keyType, entry);
            Object value = value(inner, entry.getValue());
            failed |= isFailed(key) || isFailed(value);
            if (!isFailed(key) && values.put(key, value) != null) {
                findings.problem(
                        inner.path(), "is the same key as one before", entry.getValue().origin());
                failed = true;
            }
        }
        return failed ? FAILED : Collections.unmodifiableMap(values);
    }

    private Object key(Place inner, Class<?> keyType, Map.Entry<String, ConfigNode> entry) {
        try {
            return Objects.requireNonNull(Conversions.convert(keyType, entry.getKey()));
        } catch (Unfit unfit) {
            findings.problem(
                    inner.path(), "the key " + unfit.getMessage(), entry.getValue().origin());
            return FAILED;
        }
    }
}
