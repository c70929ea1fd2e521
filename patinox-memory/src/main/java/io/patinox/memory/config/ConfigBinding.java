package io.patinox.memory.config;

import io.patinox.memory.config.internal.Bound;
import io.patinox.memory.error.ConfigBindingException;
import java.util.List;

/// What came of binding: a value, or everything that is wrong. Immutable.
///
/// @param <T> the type of the configuration
public final class ConfigBinding<T> {

    private final Class<T> type;
    private final Bound<T> bound;
    private final List<ConfigProblem> problems;

    ConfigBinding(Class<T> type, Bound<T> bound, List<ConfigProblem> problems) {
        this.type = type;
        this.bound = bound;
        this.problems = List.copyOf(problems);
    }

    /// Returns the value.
    ///
    /// @return the value
    /// @throws ConfigBindingException if there are problems; it lists all of them
    public T value() {
        T value = bound.value();
        if (value == null || !problems.isEmpty()) {
            throw new ConfigBindingException(
                    type.getSimpleName(), problems.stream().map(ConfigProblem::toString).toList());
        }
        return value;
    }

    /// Returns everything that is wrong.
    ///
    /// @return the problems; empty if there is a value
    public List<ConfigProblem> problems() {
        return problems;
    }

    /// Returns what is odd but does no harm, such as unknown keys that are not refused.
    ///
    /// @return the warnings
    public List<ConfigProblem> warnings() {
        return bound.warnings();
    }

    /// Returns every value that could be bound with its origin, a line each, secrets masked.
    ///
    /// @return the lines, each `path = value (origin)`
    public String explain() {
        return bound.explanation().text();
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " with " + problems.size() + " problems";
    }
}
