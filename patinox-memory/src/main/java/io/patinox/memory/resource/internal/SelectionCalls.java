package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.CleanupOutcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What a selection asks of the registry.
public final class SelectionCalls {
    private SelectionCalls() {}

    /// Passes every live resource to the visitor, without a lock.
    ///
    /// @param core the registry
    /// @param visitor is told of each
    public static void walk(RegistryCore core, Consumer<Tracked<?>> visitor) {
        core.live().walk(visitor);
    }

    /// {@return whether a resource has a tag}
    ///
    /// @param tracked the resource
    /// @param tag the tag
    public static boolean hasTag(Tracked<?> tracked, String tag) {
        Extras extras = tracked.spec().extras();
        return extras != null && extras.tags().contains(tag);
    }

    /// Queues cleanups.
    ///
    /// @param core the registry
    /// @param selected the resources
    /// @return how many ended in which way, once all have
    public static CompletableFuture<Map<CleanupOutcome, Long>> cleanup(
            RegistryCore core, List<Tracked<?>> selected) {
        selected.forEach(tracked -> core.engine().submit(tracked, Word.EXIT_EVICTED));
        CompletableFuture<?>[] ends =
                selected.stream().map(Tracked::future).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends)
                .thenApply(all -> {
                    Map<CleanupOutcome, Long> outcomes = new EnumMap<>(CleanupOutcome.class);
                    for (Tracked<?> tracked : selected) {
                        outcomes.merge(Objects.requireNonNull(tracked.outcome()), 1L, Long::sum);
                    }
                    return Collections.unmodifiableMap(outcomes);
                });
    }
}
