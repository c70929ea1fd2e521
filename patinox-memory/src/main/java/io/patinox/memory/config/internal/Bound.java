package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigProblem;
import io.patinox.memory.config.ConfigValidator;
import io.patinox.memory.config.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of binding.
///
/// @param <T> the type
/// @param value the value; null if there are problems
/// @param problems everything that is wrong
/// @param warnings what is odd, but does no harm
/// @param explanation every value with its origin
public record Bound<T>(
        @Nullable T value,
        List<ConfigProblem> problems,
        List<ConfigProblem> warnings,
        Explanation explanation) {

    /// Copies the lists.
    public Bound {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /// Gives problems of a validator, which knows paths only, the origins of the values there.
    ///
    /// @param found what the validator returned
    /// @return the same with origins
    public List<ConfigProblem> withOrigins(List<ConfigProblem> found) {
        return found.stream()
                .map(problem -> {
                    if (!problem.origin().equals(ConfigValidator.UNKNOWN)) {
                        return problem;
                    }
                    Origin origin = explanation.origin(problem.path());
                    return new ConfigProblem(problem.path(), problem.message(), origin);
                })
                .toList();
    }
}
