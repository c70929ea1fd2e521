package io.patinox.memory.config;

import io.patinox.memory.error.Options;
import java.util.ArrayList;
import java.util.List;

/// Where a validation puts what it finds. Used by the thread that validates, while it does.
public final class ConfigProblems {
    private final List<ConfigProblem> found = new ArrayList<>();

    ConfigProblems() {}

    /// Adds a problem.
    ///
    /// @param path which value, spelled as the record's components are: `pool.maxSize`; empty for
    ///   the whole
    /// @param message what is wrong and what to do; must show no secret
    public void add(String path, String message) {
        Options.required("path", path);
        found.add(
                new ConfigProblem(path, Options.text("message", message), ConfigValidator.UNKNOWN));
    }

    /// Adds a problem if a condition does not hold.
    ///
    /// @param holds the condition
    /// @param path as for [#add]
    /// @param message as for [#add]
    public void check(boolean holds, String path, String message) {
        if (!holds) {
            add(path, message);
        }
    }

    List<ConfigProblem> found() {
        return found;
    }
}
