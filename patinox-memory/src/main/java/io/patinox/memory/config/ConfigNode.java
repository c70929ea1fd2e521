package io.patinox.memory.config;

import io.patinox.memory.error.Options;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a source says, before it is bound to a type: a tree in which every value knows where it
/// comes from.
///
/// Immutable. `toString` shows keys and kinds, never a value, because any of them may be a secret.
/// Equal are trees with equal values and equal origins; see [Table#sameContent] for the values
/// alone.
public sealed interface ConfigNode
        permits ConfigNode.Table, ConfigNode.Sequence, ConfigNode.Scalar {

    /// Returns where the value comes from.
    ///
    /// @return the origin
    Origin origin();

    /// Named values, in the order of the source.
    ///
    /// @param entries the values by name
    /// @param origin where the table begins
    record Table(Map<String, ConfigNode> entries, Origin origin) implements ConfigNode {

        /// Copies the entries.
        public Table {
            Options.required("entries", entries);
            Options.required("origin", origin);
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            entries.forEach((name, node) -> {
                Options.required("name", name);
                Options.required("node", node);
            });
        }

        /// Returns a table without entries.
        ///
        /// @param origin where it comes from
        /// @return the table
        public static Table empty(Origin origin) {
            return new Table(Map.of(), origin);
        }

        /// Returns the value at a path.
        ///
        /// @param path names joined by dots, spelled as in the source
        /// @return the value, or null if there is none
        public @Nullable ConfigNode at(String path) {
            return TablePaths.at(this, path);
        }

        /// Returns this table with one value put in its place, and with the tables that lead there.
        ///
        /// @param path names joined by dots
        /// @param node the value
        /// @return another table
        public Table with(String path, ConfigNode node) {
            return TablePaths.with(this, path, node);
        }

        /// Returns this table with one plain value put in its place; its origin is that of the
        /// value that it replaces, or of this table.
        ///
        /// @param path names joined by dots
        /// @param value one of what [Scalar#value] may be
        /// @return another table
        public Table with(String path, @Nullable Object value) {
            ConfigNode before = at(path);
            return with(path, new Scalar(value, before == null ? origin : before.origin()));
        }

        /// Returns this table without one value; without effect if there is none.
        ///
        /// @param path names joined by dots
        /// @return another table, or this one
        public Table without(String path) {
            return TablePaths.without(this, path);
        }

        /// Returns this table with one value moved elsewhere; without effect if there is none.
        ///
        /// @param from names joined by dots
        /// @param to names joined by dots
        /// @return another table, or this one
        public Table moved(String from, String to) {
            ConfigNode node = at(from);
            return node == null ? this : without(from).with(to, node);
        }

        /// Tells whether another table has the same values, wherever they come from.
        ///
        /// @param other the other table
        /// @return whether names, order of names apart, and values are equal
        public boolean sameContent(Table other) {
            return TablePaths.sameContent(this, other);
        }

        @Override
        public String toString() {
            return "table " + entries.keySet() + " from " + origin;
        }
    }

    /// Values in order.
    ///
    /// @param items the values
    /// @param origin where the sequence begins
    record Sequence(List<ConfigNode> items, Origin origin) implements ConfigNode {

        /// Copies the items.
        public Sequence {
            Options.required("items", items);
            Options.required("origin", origin);
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "sequence of " + items.size() + " from " + origin;
        }
    }

    /// A plain value.
    ///
    /// @param value a `String`, `Boolean`, `Long`, `BigInteger`, `Double`, `BigDecimal`, or null
    /// @param origin where it comes from
    record Scalar(@Nullable Object value, Origin origin) implements ConfigNode {

        /// Checks the value; an `Integer` becomes a `Long`.
        public Scalar {
            Options.required("origin", origin);
            if (value instanceof Integer small) {
                value = small.longValue();
            }
            boolean allowed =
                    switch (value) {
                        case null -> true;
                        case String _, Boolean _, Long _, BigInteger _, Double _, BigDecimal _ ->
                                true;
                        default -> false;
                    };
            // the class, not the value, which may be a secret
            Options.consistent(
                    allowed,
                    "value",
                    value == null ? null : value.getClass().getName(),
                    "a text, a boolean, a number or null",
                    "convert it first");
        }

        @Override
        public String toString() {
            String kind = value == null ? "null" : value.getClass().getSimpleName();
            return kind + " from " + origin;
        }
    }
}
