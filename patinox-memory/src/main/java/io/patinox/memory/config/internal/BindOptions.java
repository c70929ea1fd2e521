package io.patinox.memory.config.internal;

import io.patinox.memory.config.UnknownKeys;
import io.patinox.memory.error.Options;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a tree is bound.
///
/// @param unknownKeys what becomes of keys that the type has no place for
/// @param lookup the rights with which records are made, or null for those that everybody has
/// @param secretPaths paths whose values are never shown, besides those of type `Secret`; `*`
///   stands for one name or for all places of a sequence
public record BindOptions(
        UnknownKeys unknownKeys, @Nullable Lookup lookup, Set<String> secretPaths) {

    /// Checks the parts.
    public BindOptions {
        Options.required("unknownKeys", unknownKeys);
        secretPaths = Set.copyOf(Options.required("secretPaths", secretPaths));
        secretPaths.forEach(path -> Options.text("secretPaths", path));
    }

    /// Returns the defaults: unknown keys are refused, no lookup, no secret paths.
    ///
    /// @return the options
    public static BindOptions defaults() {
        return new BindOptions(UnknownKeys.REFUSE, null, Set.of());
    }
}
