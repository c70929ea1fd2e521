package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.CleanupPriority;
import org.jspecify.annotations.Nullable;

/// What is known of a resource besides itself. One object serves all plain resources of a type; a
/// resource with a name, an owner, a sampled site or options of its own has its own.
///
/// @param core the registry it belongs to
/// @param type its type
/// @param name its name, if it has one
/// @param priority how urgent its cleanup is
/// @param deadlineNanos how long its cleanup may take in the engine
/// @param owner what cleans it up first when the registry closes
/// @param site where it was acquired, if sampled
public record ResourceSpec(
        RegistryCore core,
        String type,
        @Nullable String name,
        CleanupPriority priority,
        long deadlineNanos,
        @Nullable Tracked<?> owner,
        @Nullable Throwable site) {

    /// {@return its name, or its type if it has none}
    String label() {
        return name != null ? name : type;
    }

    /// {@return the same with a place of acquisition}
    ResourceSpec at(Throwable place) {
        return new ResourceSpec(core, type, name, priority, deadlineNanos, owner, place);
    }
}
