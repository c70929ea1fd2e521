package io.patinox.memory.config;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.error.ConfigMigrationException;
import io.patinox.memory.error.ConfigSchemaException;
import io.patinox.memory.error.Options;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Brings a tree of an older schema to the present one, step by step.
///
/// {@snippet file="io/patinox/memory/examples/ConfigFormatExamples.java" region="migrations"}
///
/// A file says its schema by the key `schemaVersion`; one without the key has the first. Every step
/// leads from a version to the next one, and there are no gaps. Steps are pure functions: they get
/// an immutable tree and return another. When one fails, later ones do not run and the tree is as
/// it was. Files newer than the last step are refused.
///
/// Immutable; may be used from any thread. Steps run on the caller.
public final class Migrations {

    /// The key by which a file says its schema.
    public static final String KEY = "schemaVersion";

    private static final Migrations NONE = new Migrations(1, List.of());

    private final int first;
    private final List<UnaryOperator<Table>> steps;

    private Migrations(int first, List<UnaryOperator<Table>> steps) {
        this.first = first;
        this.steps = List.copyOf(steps);
    }

    /// Returns no steps: the first schema is the present one.
    ///
    /// @return the migrations
    public static Migrations none() {
        return NONE;
    }

    /// Begins with the oldest version that can still be read.
    ///
    /// @param first that version, at least 1
    /// @return a builder
    public static Builder from(int first) {
        return new Builder(Options.inRange("first", first, 1, Integer.MAX_VALUE - 1));
    }

    /// Returns the migrations that a type declares as what its method `static Migrations
    /// migrations()` returns, or none.
    ///
    /// @param type the type of a configuration
    /// @return its migrations
    /// @throws io.patinox.memory.error.InvalidOptionException if the method cannot be called
    /// @throws ConfigMigrationException if it throws
    public static Migrations declaredBy(Class<?> type) {
        Options.required("type", type);
        try {
            Method method = type.getDeclaredMethod("migrations");
            if (!Modifier.isStatic(method.getModifiers())
                    || method.getReturnType() != Migrations.class) {
                return NONE;
            }
            Options.consistent(
                    method.trySetAccessible(),
                    "type",
                    type.getName(),
                    "one whose migrations() can be called",
                    "make both public, or open the package to io.patinox.memory");
            return Options.required("migrations()", (Migrations) method.invoke(null));
        } catch (NoSuchMethodException _) {
            return NONE;
        } catch (IllegalAccessException e) {
            throw new AssertionError("just made accessible", e);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getTargetException();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw new ConfigMigrationException(type.getName(), 0, 0, thrown);
        }
    }

    /// Returns the version of the present schema.
    ///
    /// @return the version after the last step
    public int latest() {
        return first + steps.size();
    }

    /// Returns the version of a tree.
    ///
    /// @param tree the tree
    /// @return what `schemaVersion` says; the first version if it says nothing
    /// @throws ConfigSchemaException if it is not a version from the first to the latest
    public int versionOf(Table tree) {
        ConfigNode node = tree.entries().get(KEY);
        if (node == null) {
            return first;
        }
        Object value = node instanceof Scalar scalar ? scalar.value() : null;
        long version = value instanceof Long number ? number : parsed(value);
        if (version < first || version > latest()) {
            throw new ConfigSchemaException(node.origin().toString(), version, first, latest());
        }
        return (int) version;
    }

    private static long parsed(@Nullable Object value) {
        try {
            return value instanceof String text ? Long.parseLong(text.strip()) : -1;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// Returns a tree of the present schema.
    ///
    /// @param tree a tree of any known version
    /// @return the tree after all steps that it needs, with its new `schemaVersion`; the tree
    ///   itself if it needs none
    /// @throws ConfigSchemaException if its version is not known
    /// @throws ConfigMigrationException if a step threw, or returned null
    public Table migrate(Table tree) {
        Options.required("tree", tree);
        int version = versionOf(tree);
        Table now = tree;
        while (version < latest()) {
            now = stamped(step(now, version), version + 1L);
            version++;
        }
        return now;
    }

    /// Puts in the version: where it stood, or as the first of all.
    private static Table stamped(Table tree, long version) {
        if (tree.entries().containsKey(KEY)) {
            return tree.with(KEY, (Object) version);
        }
        var entries = new LinkedHashMap<String, ConfigNode>();
        entries.put(KEY, new Scalar(version, tree.origin()));
        entries.putAll(tree.entries());
        return new Table(entries, tree.origin());
    }

    private Table step(Table tree, int version) {
        Table next;
        try {
            next = steps.get(version - first).apply(tree);
        } catch (RuntimeException e) {
            throw new ConfigMigrationException(tree.origin().toString(), version, version + 1, e);
        }
        if (next == null) {
            throw new ConfigMigrationException(
                    tree.origin().toString(),
                    version,
                    version + 1,
                    new NullPointerException("the step returned null"));
        }
        return next;
    }

    /// Collects steps, in order. Not for several threads at once.
    public static final class Builder {

        private final int first;
        private final List<UnaryOperator<Table>> steps = new ArrayList<>();

        private Builder(int first) {
            this.first = first;
        }

        /// Adds the step that leads away from a version, which must be the one that the steps so
        /// far lead to.
        ///
        /// @param from the version before
        /// @param migration makes a tree of the next version; pure
        /// @return this builder
        /// @throws io.patinox.memory.error.InvalidOptionException if there would be a gap or a
        ///   second step
        public Builder step(int from, UnaryOperator<Table> migration) {
            int expected = first + steps.size();
            Options.consistent(
                    from == expected,
                    "from",
                    from,
                    "the version that the steps so far lead to, " + expected,
                    "give the steps in order, one a version");
            steps.add(Options.required("migration", migration));
            return this;
        }

        /// Makes the migrations.
        ///
        /// @return the migrations
        public Migrations build() {
            return new Migrations(first, steps);
        }
    }
}
