package io.patinox.memory.pool.internal;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The registry that holds a pool and its objects: the one it was given, or one of its own.
final class PoolRegistry {
    /// What a registry takes as the budget of its close.
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    /// What a registry that closes the pool leaves it beyond the pool's own time to close.
    private static final Duration SLACK = Duration.ofSeconds(5);

    /// How long a destroy may take in a registry of the pool's own.
    private static final Duration CLEANUP_DEADLINE = Duration.ofSeconds(30);

    private final ResourceRegistry registry;
    private final boolean own;
    private final String name;
    private final Duration closeTimeout;
    private volatile @Nullable AsyncResourceGuard<?> owner;

    PoolRegistry(PoolSettings settings) {
        ResourceRegistry given = settings.registry();
        own = given == null;
        name = settings.name();
        closeTimeout = settings.closeTimeout();
        registry =
                given != null
                        ? given
                        : ResourceRegistry.builder(name)
                                // not the pool's isolated one: that closes with the pool, and
                                // would drop what the registry's has still to deliver
                                .monitor(settings.monitor())
                                .ticker(settings.ticker())
                                .cleanupDeadline(CLEANUP_DEADLINE)
                                .build();
    }

    /// Registers the pool itself, so that closing the registry closes it, before its objects.
    void open(AutoCloseable pool) {
        if (!own) {
            owner =
                    registry.request("pool", () -> pool, AutoCloseable::close)
                            .name(name)
                            .deadline(bounded(closeTimeout.plus(SLACK)))
                            .acquire();
        }
    }

    ResourceRegistry registry() {
        return registry;
    }

    /// {@return the guard that owns the objects, or null in a registry of the pool's own}
    @Nullable AsyncResourceGuard<?> owner() {
        return owner;
    }

    /// Takes the pool itself out of the registry, or closes the pool's own registry, with time for
    /// every cleanup that is under way to reach its deadline.
    void close() {
        AsyncResourceGuard<?> guard = owner;
        if (guard != null) {
            guard.close();
        } else if (own) {
            registry.close(CLEANUP_DEADLINE.plus(SLACK));
        }
    }

    private static Duration bounded(Duration timeout) {
        if (timeout.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    }
}
