package io.patinox.memory.config;

import java.util.List;

/// Judges a bound configuration before it is used.
///
/// Runs after binding and before the validations that a program adds itself. A path in a problem is
/// spelled as the record's components are: `db.pools[0].maxSize`. A validator need not know where a
/// value comes from: it gives [#UNKNOWN] as origin, and whoever calls it puts in the origin of the
/// value at that path.
///
/// May be called from any thread. Whatever it throws counts as one problem of the whole.
/// `patinox-config-formats` has one for the annotations of Jakarta Validation.
@FunctionalInterface
public interface ConfigValidator {

    /// The origin in a problem whose path says enough.
    Origin UNKNOWN = Origin.of("unknown");

    /// Returns everything that is wrong with a value.
    ///
    /// @param <T> its type
    /// @param value the value
    /// @return the problems; empty if it is valid
    <T> List<ConfigProblem> validate(T value);
}
