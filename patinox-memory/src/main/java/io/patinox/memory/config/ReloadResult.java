package io.patinox.memory.config;

import java.util.List;

/// What came of an attempt to change a configuration. New results may appear in any release, so a
/// `switch` needs a default branch.
public sealed interface ReloadResult {

    /// Tells whether the configuration is now what was asked for.
    ///
    /// @return true for [Applied] and [Unchanged]
    default boolean isGood() {
        return this instanceof Applied || this instanceof Unchanged;
    }

    /// There is a new version, and everybody reads it.
    ///
    /// @param version the new version
    /// @param warnings what is odd, but does no harm
    record Applied(long version, List<ConfigProblem> warnings) implements ReloadResult {
        /// Copies the list.
        public Applied {
            warnings = List.copyOf(warnings);
        }
    }

    /// What was read or proposed is what is current already.
    ///
    /// @param version the current version
    record Unchanged(long version) implements ReloadResult {}

    /// Something is wrong, and the last good version stays.
    ///
    /// @param stage how far it came
    /// @param problems everything that is wrong
    record Rejected(ConfigStage stage, List<ConfigProblem> problems) implements ReloadResult {
        /// Copies the list.
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /// Something changed that can't change while the program runs, so nothing was changed.
    ///
    /// @param parts the names of what would have changed
    record RestartRequired(List<String> parts) implements ReloadResult {
        /// Copies the list.
        public RestartRequired {
            parts = List.copyOf(parts);
        }
    }

    /// Somebody is still writing; what can be believed is what is current already. The change is
    /// applied by itself when it has settled.
    ///
    /// @param sources what has not settled
    record Unsettled(List<String> sources) implements ReloadResult {
        /// Copies the list.
        public Unsettled {
            sources = List.copyOf(sources);
        }
    }
}
