package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupPriority;
import org.jspecify.annotations.Nullable;

/// What is known of a resource besides itself. One object serves all plain resources of a type; a
/// resource with a name, a sampled site, relations or options of its own has its own.
///
/// @param core the registry it belongs to
/// @param kind its type, and what holds for all of that type
/// @param cleanup the usual cleanup of the type, if it captures nothing
/// @param name its name, if it has one
/// @param priority how urgent its cleanup is
/// @param deadlineNanos how long its cleanup may take in the engine
/// @param site where it was acquired, if sampled
/// @param extras what few resources have
public record ResourceSpec(
        RegistryCore core,
        Kind kind,
        @Nullable Cleanup<?> cleanup,
        @Nullable String name,
        CleanupPriority priority,
        long deadlineNanos,
        @Nullable Throwable site,
        @Nullable Extras extras) {

    /// {@return the type of the resource}
    public String type() {
        return kind.type();
    }

    /// {@return its name, or its type if it has none}
    public String label() {
        return name != null ? name : type();
    }

    /// {@return the same with a place of acquisition}
    ResourceSpec at(Throwable place) {
        return new ResourceSpec(core, kind, cleanup, name, priority, deadlineNanos, place, extras);
    }

    /// {@return the same with relations}
    ResourceSpec with(Extras more) {
        return new ResourceSpec(core, kind, cleanup, name, priority, deadlineNanos, site, more);
    }

    /// {@return the guard whose cleanup goes first when the registry closes, or null}
    @Nullable Tracked<?> owner() {
        return extras == null ? null : extras.owner();
    }

    /// {@return whether its cleanup may be tried again after any failure}
    boolean idempotent() {
        return extras != null && extras.idempotent();
    }

    /// {@return whether its cleanup runs on a platform thread}
    boolean platform() {
        return extras != null && extras.platform();
    }

    /// {@return its size, or -1 if it is not known}
    public long sizeBytes() {
        return extras == null ? -1 : extras.sizeBytes();
    }
}
