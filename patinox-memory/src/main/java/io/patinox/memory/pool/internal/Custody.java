package io.patinox.memory.pool.internal;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Keeps the pool's objects in a resource registry: the one it was given, or one of its own.
///
/// Each object is acquired and registered in one step, so none is lost between the two; `destroy`
/// runs in the registry's cleanup engine, with its deadline, away from borrowers.
final class Custody<C> {
    /// What a registry takes as the budget of its close.
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    /// What a registry that closes the pool leaves it beyond the pool's own time to close.
    private static final Duration SLACK = Duration.ofSeconds(5);

    /// How long a destroy may take in a registry of the pool's own.
    private static final Duration CLEANUP_DEADLINE = Duration.ofSeconds(30);

    private static final String TYPE = "pooled-object";

    private final ObjectPool<C> pool;

    /// One for all objects.
    private final Cleanup<C> destroy;

    private final ResourceRegistry registry;
    private final boolean own;
    private final long lifetimeNanos;
    private final Map<AsyncResourceGuard<C>, CompletableFuture<CleanupOutcome>> pending =
            new ConcurrentHashMap<>();
    private volatile @Nullable AsyncResourceGuard<ObjectPool<C>> self;

    Custody(ObjectPool<C> pool, @Nullable ResourceRegistry given) {
        this.pool = pool;
        destroy = pool.manager()::destroy;
        own = given == null;
        registry =
                given != null
                        ? given
                        : ResourceRegistry.builder(pool.name())
                                // not the pool's isolated one: that closes with the pool, and
                                // would drop what the registry's has still to deliver
                                .monitor(pool.settings().monitor())
                                .ticker(pool.settings().ticker())
                                .cleanupDeadline(CLEANUP_DEADLINE)
                                .build();
        lifetimeNanos = PoolSettings.nanos(pool.settings().times().lifetime());
    }

    /// Registers the pool itself, so that closing the registry closes it, before its objects.
    void open() {
        if (!own) {
            self =
                    registry.request("pool", () -> pool, ObjectPool::close)
                            .name(pool.name())
                            .deadline(bounded(pool.settings().times().close().plus(SLACK)))
                            .acquire();
        }
    }

    AsyncResourceGuard<C> create(int slot) {
        AsyncResourceGuard<ObjectPool<C>> owner = self;
        if (owner == null) {
            // The registry has the pool's name; names for its objects would be most of their cost.
            return registry.acquire(TYPE, this::createNonNull, destroy);
        }
        return registry.request(TYPE, this::createNonNull, destroy)
                .name(pool.name() + ":" + slot)
                .ownedBy(owner)
                .acquire();
    }

    private C createNonNull() throws Exception {
        C created = pool.manager().create();
        if (created == null) {
            throw new NullPointerException("ConnectionManager.create() returned null");
        }
        return created;
    }

    void destroy(AsyncResourceGuard<C> guard) {
        CompletableFuture<CleanupOutcome> cleanup = guard.cleanup();
        pending.put(guard, cleanup);
        var _ = cleanup.whenComplete((_, _) -> pending.remove(guard));
    }

    /// {@return the cleanups that are under way}
    CompletableFuture<Void> pendingCleanups() {
        return CompletableFuture.allOf(pending.values().toArray(CompletableFuture[]::new));
    }

    /// {@return how long an object may live: up to a tenth less than the limit, drawn anew for each
    /// object, so that objects that were created together aren't replaced together}
    long drawLifetimeNanos() {
        if (lifetimeNanos == 0) {
            return PoolSettings.nanos(ObjectPool.TIMEOUT_MAX.multipliedBy(100));
        }
        return lifetimeNanos - ThreadLocalRandom.current().nextLong(lifetimeNanos / 10 + 1);
    }

    /// Takes the pool itself out of the registry, or closes the pool's own registry, with time for
    /// every cleanup that is under way to reach its deadline.
    void close() {
        AsyncResourceGuard<ObjectPool<C>> guard = self;
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
