package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Default;
import io.patinox.memory.config.Migrations;
import io.patinox.memory.config.Origin;
import io.patinox.memory.config.UnknownKeys;
import io.patinox.memory.config.internal.Binder.Place;
import io.patinox.memory.error.ConfigTypeException;
import io.patinox.memory.internal.Describe;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The part of binding that makes records: components by relaxed names, defaults, choices, and keys
/// that nothing was made of.
final class RecordBinder {

    private static final int KNOWN_SHOWN = 12;

    private final Binder binder;
    private final BindOptions options;
    private final Findings findings;

    /// The records that are being made of nothing but defaults; one twice would have no end.
    private final Set<Class<?>> unfounded = new HashSet<>();

    RecordBinder(Binder binder, BindOptions options, Findings findings) {
        this.binder = binder;
        this.options = options;
        this.findings = findings;
    }

    Object bind(Place place, Table table) {
        Class<?> raw = place.raw();
        if (raw.isRecord()) {
            return record(place, raw, table, false);
        }
        List<Class<?>> records = Choices.records(raw);
        if (records.isEmpty()) {
            throw new ConfigTypeException(raw.getName(), "it permits no records");
        }
        Class<?> chosen = Choices.chosen(raw, table);
        if (chosen != null) {
            return record(place, chosen, table, true);
        }
        String names = records.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
        ConfigNode key = Choices.key(table);
        findings.problem(
                place.named(Choices.KEY, String.class).path(),
                key == null
                        ? "is missing: it chooses one of " + names
                        : "must be one of " + names + shown(place, key),
                key == null ? table.origin() : key.origin());
        return Binder.FAILED;
    }

    private String shown(Place place, ConfigNode key) {
        boolean visible = key instanceof Scalar && !place.secret();
        return visible
                ? ", but is '" + Describe.value(((Scalar) key).value()) + "'"
                : ", but is something else";
    }

    private Object record(Place place, Class<?> record, Table table, boolean chosen) {
        findings.visit(place.path(), table.origin());
        RecordComponent[] components = record.getRecordComponents();
        Map<String, List<Map.Entry<String, ConfigNode>>> given = byRelaxedName(table);
        @Nullable Object[] values = new @Nullable Object[components.length];
        boolean failed = false;
        for (int i = 0; i < components.length; i++) {
            var matching = given.remove(Names.relaxed(components[i].getName()));
            values[i] = component(place, components[i], table, matching);
            failed |= Binder.isFailed(values[i]);
        }
        if (chosen) {
            given.remove(Choices.KEY);
        }
        if (place.path().isEmpty()) {
            given.remove(Names.relaxed(Migrations.KEY));
        }
        failed |= unknown(place, components, given);
        return failed ? Binder.FAILED : make(place, record, table, values);
    }

    private static Map<String, List<Map.Entry<String, ConfigNode>>> byRelaxedName(Table table) {
        var given = new LinkedHashMap<String, List<Map.Entry<String, ConfigNode>>>();
        table.entries()
                .entrySet()
                .forEach(entry ->
                        given.computeIfAbsent(Names.relaxed(entry.getKey()), _ -> new ArrayList<>())
                                .add(entry));
        return given;
    }

    private @Nullable Object component(
            Place place,
            RecordComponent component,
            Table table,
            @Nullable List<Map.Entry<String, ConfigNode>> given) {
        Place inner = place.named(component.getName(), component.getGenericType());
        if (given != null && given.size() > 1) {
            String spellings =
                    given.stream()
                            .map(entry -> entry.getKey() + " at " + entry.getValue().origin())
                            .collect(Collectors.joining(" and "));
            findings.problem(
                    inner.path(),
                    "was given twice: " + spellings,
                    given.getLast().getValue().origin());
            return Binder.FAILED;
        }
        ConfigNode node = given == null ? null : given.getFirst().getValue();
        if (node == null || (node instanceof Scalar scalar && scalar.value() == null)) {
            return absent(inner, component, node == null ? table.origin() : node.origin());
        }
        return binder.value(inner, node);
    }

    private @Nullable Object absent(Place place, RecordComponent component, Origin origin) {
        String owner = component.getDeclaringRecord().getSimpleName();
        Origin ours = Origin.of("default of " + owner + "." + component.getName());
        Default text = component.getAnnotation(Default.class);
        if (text != null) {
            return fallback(place, text, ours);
        }
        Object empty = binder.absent(place, ours);
        if (empty != null) {
            return empty;
        }
        if (Records.isNullable(component)) {
            findings.value(place.path(), "(none)", false, ours);
            return null;
        }
        Class<?> raw = place.raw();
        if (!raw.isRecord()) {
            findings.problem(place.path(), "is missing, and has no default", origin);
            return Binder.FAILED;
        }
        if (!unfounded.add(raw)) {
            throw new ConfigTypeException(
                    raw.getName(),
                    "it contains itself; make " + component.getName() + " an Optional");
        }
        try {
            return record(place, raw, Table.empty(origin), false);
        } finally {
            unfounded.remove(raw);
        }
    }

    private Object fallback(Place place, Default text, Origin origin) {
        int before = findings.problems.size();
        Object value = binder.value(place, new Scalar(text.value(), origin));
        if (findings.problems.size() > before) {
            throw new ConfigTypeException(
                    origin.source(), "it " + findings.problems.getLast().message());
        }
        return value;
    }

    /// Complains about keys that no component has taken, and tells whether that is a problem.
    private boolean unknown(
            Place place,
            RecordComponent[] components,
            Map<String, List<Map.Entry<String, ConfigNode>>> left) {
        List<String> known = new ArrayList<>();
        for (RecordComponent component : components) {
            known.add(component.getName());
        }
        boolean failed = false;
        for (List<Map.Entry<String, ConfigNode>> entries : left.values()) {
            for (Map.Entry<String, ConfigNode> entry : entries) {
                Origin origin = entry.getValue().origin();
                String path = place.named(Describe.line(entry.getKey()), Object.class).path();
                // the environment is shared with other programs
                if (options.unknownKeys() == UnknownKeys.WARN || Names.isEnvironment(origin)) {
                    findings.warning(
                            path, "is not known, and ignored" + hint(entry, known), origin);
                } else {
                    findings.problem(path, "is not known" + hint(entry, known), origin);
                    failed = true;
                }
            }
        }
        return failed;
    }

    private static String hint(Map.Entry<String, ConfigNode> entry, List<String> known) {
        Optional<String> nearest = Names.nearest(entry.getKey(), known);
        if (nearest.isPresent()) {
            return "; did you mean " + nearest.get() + "?";
        }
        String some = known.stream().limit(KNOWN_SHOWN).collect(Collectors.joining(", "));
        return "; known here: " + some + (known.size() > KNOWN_SHOWN ? ", ..." : "");
    }

    private Object make(Place place, Class<?> record, Table table, @Nullable Object[] values) {
        try {
            return Records.constructor(record, options.lookup()).invokeExact(values);
        } catch (Error | ConfigTypeException e) {
            throw e;
        } catch (Throwable e) {
            boolean hide =
                    place.secret()
                            || Records.holdsSecret(record)
                            || findings.holdsSecret(place.path());
            findings.problem(
                    place.path(),
                    record.getSimpleName()
                            + " refused its values: "
                            + (hide ? Describe.type(e) : Describe.failure(e)),
                    table.origin());
            return Binder.FAILED;
        }
    }
}
