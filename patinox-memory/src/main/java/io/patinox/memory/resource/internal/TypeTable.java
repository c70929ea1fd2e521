package io.patinox.memory.resource.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupPriority;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is known of plain resources, by their type.
///
/// In front of the map lies a small table by hash code, read and written without any order: a spec
/// is immutable, so whoever finds one finds all of it, and whoever finds none, or that of another
/// type, asks the map.
public final class TypeTable {
    /// So many types share a description each; more than that are a mistake, but a harmless one.
    private static final int TYPES_MAX = 1_024;

    private static final int FRONT = 64;

    private final RegistryCore core;
    private final ConcurrentHashMap<String, ResourceSpec> specs = new ConcurrentHashMap<>();
    private final @Nullable ResourceSpec[] front = new @Nullable ResourceSpec[FRONT];

    TypeTable(RegistryCore core, List<Kind> kinds) {
        this.core = core;
        for (Kind kind : kinds) {
            specs.put(kind.type(), plain(kind, null));
        }
    }

    /// {@return what is known of a type}
    ///
    /// @param type its name
    /// @param cleanup the cleanup of the resource at hand, which becomes the usual one of a type
    ///   that has none yet, if it captures nothing that this would keep from the collector
    public ResourceSpec of(String type, @Nullable Cleanup<?> cleanup) {
        ResourceSpec near = front[Options.required("type", type).hashCode() & FRONT - 1];
        return near != null && near.type().equals(type) ? near : find(type, cleanup);
    }

    private ResourceSpec find(String type, @Nullable Cleanup<?> cleanup) {
        ResourceSpec known = specs.get(type);
        if (known == null) {
            Kind kind = new Kind(Options.name("type", type), 0, Kind.SAMPLING_DEFAULT, null);
            known = plain(kind, null);
            if (specs.size() < TYPES_MAX) {
                ResourceSpec other = specs.putIfAbsent(type, known);
                known = other == null ? known : other;
            }
        }
        if (known.cleanup() == null && cleanup != null && capturesNothing(cleanup)) {
            known = plain(known.kind(), cleanup);
            specs.replace(type, known);
        }
        front[type.hashCode() & FRONT - 1] = known;
        return known;
    }

    private ResourceSpec plain(Kind kind, @Nullable Cleanup<?> cleanup) {
        return new ResourceSpec(
                core,
                kind,
                cleanup,
                null,
                CleanupPriority.NORMAL,
                core.settings().cleanupDeadlineNanos(),
                null,
                null);
    }

    private static boolean capturesNothing(Cleanup<?> cleanup) {
        Class<?> type = cleanup.getClass();
        return type.isHidden()
                && Arrays.stream(type.getDeclaredFields())
                        .allMatch(field -> Modifier.isStatic(field.getModifiers()));
    }
}
