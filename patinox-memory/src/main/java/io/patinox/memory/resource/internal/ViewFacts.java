package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.CleanupPriority;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a view of a resource shows, without any reference to the resource.
///
/// @param type its type
/// @param name its name
/// @param priority of its cleanup
/// @param acquiredMicros when it was acquired, on the clock of its registry
/// @param age how long ago that was
/// @param ownerThread the name of the thread that acquired it
/// @param sizeBytes its size, -1 if it is not known
/// @param tags its tags
/// @param parent the name of its owner or of its scope, or null
/// @param dependsOn the names of what it depends on
/// @param closing whether its cleanup has been asked for
/// @param site where it was acquired, if sampled
public record ViewFacts(
        String type,
        String name,
        CleanupPriority priority,
        long acquiredMicros,
        Duration age,
        String ownerThread,
        long sizeBytes,
        Set<String> tags,
        @Nullable String parent,
        List<String> dependsOn,
        boolean closing,
        @Nullable Throwable site) {

    /// {@return the facts of a resource}
    ///
    /// @param tracked the resource
    public static ViewFacts of(Tracked<?> tracked) {
        ResourceSpec spec = tracked.spec();
        Extras extras = spec.extras();
        return new ViewFacts(
                spec.type(),
                tracked.name(),
                spec.priority(),
                tracked.acquiredMicros(),
                tracked.core().age(tracked),
                tracked.ownerThread(),
                spec.sizeBytes(),
                extras == null ? Set.of() : extras.tags(),
                extras == null ? null : parent(tracked, extras),
                extras == null ? List.of() : dependencies(tracked),
                !tracked.isOpen(),
                spec.site());
    }

    private static @Nullable String parent(Tracked<?> tracked, Extras extras) {
        Tracked<?> owner = extras.owner();
        if (owner != null) {
            return owner.name();
        }
        ScopeCore scope = tracked.core().relations().scope(tracked);
        return scope == null ? null : scope.name();
    }

    private static List<String> dependencies(Tracked<?> tracked) {
        return tracked.core().relations().dependencies(tracked).stream()
                .<String>map(Tracked::name)
                .toList();
    }
}
