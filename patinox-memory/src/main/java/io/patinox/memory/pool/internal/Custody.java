package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceSupplier;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private final ResourceRegistry registry;
    private final boolean own;
    private final Map<AsyncResourceGuard<C>, CompletableFuture<CleanupOutcome>> pending =
            new ConcurrentHashMap<>();
    private volatile @Nullable AsyncResourceGuard<ObjectPool<C>> self;

    /// The cleanup of the objects of the present manager; of another in a race, for once.
    private volatile @Nullable Destroying<C> destroying;

    Custody(ObjectPool<C> pool, @Nullable ResourceRegistry given) {
        this.pool = pool;
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
    }

    /// Registers the pool itself, so that closing the registry closes it, before its objects.
    void open() {
        if (!own) {
            self =
                    registry.request("pool", () -> pool, ObjectPool::close)
                            .name(pool.name())
                            .deadline(bounded(pool.settings().closeTimeout().plus(SLACK)))
                            .acquire();
        }
    }

    /// Has the manager create an object, which is its own to destroy.
    AsyncResourceGuard<C> create(int slot, ConnectionManager<C> manager) {
        return acquire(slot, () -> createNonNull(manager), manager);
    }

    private AsyncResourceGuard<C> acquire(
            int slot, ResourceSupplier<C> supplier, ConnectionManager<C> manager) {
        Cleanup<C> destroy = destroyBy(manager);
        AsyncResourceGuard<ObjectPool<C>> owner = self;
        if (owner == null) {
            // The registry has the pool's name; names for its objects would be most of their cost.
            return registry.acquire(TYPE, supplier, destroy);
        }
        return registry.request(TYPE, supplier, destroy)
                .name(pool.name() + ":" + slot)
                .ownedBy(owner)
                .acquire();
    }

    /// {@return the one cleanup of all objects of a manager}
    @SuppressWarnings("ReferenceEquality") // the very same manager
    private Cleanup<C> destroyBy(ConnectionManager<C> manager) {
        Destroying<C> known = destroying;
        if (known == null || known.manager != manager) {
            known = new Destroying<>(manager, manager::destroy);
            destroying = known;
        }
        return known.cleanup;
    }

    private record Destroying<C>(ConnectionManager<C> manager, Cleanup<C> cleanup) {}

    /// Takes an object into custody that was made elsewhere.
    AsyncResourceGuard<C> adopt(int slot, C object, ConnectionManager<C> manager) {
        return acquire(slot, () -> object, manager);
    }

    private static <C> C createNonNull(ConnectionManager<C> manager) throws Exception {
        C created = manager.create();
        if (created == null) {
            throw new NullPointerException("ConnectionManager.create() returned null");
        }
        return created;
    }

    /// Has an object destroyed, which then leaves its generation.
    void destroy(AsyncResourceGuard<C> guard, @Nullable Generation<C> generation) {
        CompletableFuture<CleanupOutcome> cleanup = guard.cleanup();
        pending.put(guard, cleanup);
        var _ =
                cleanup.whenComplete((_, _) -> {
                    pending.remove(guard);
                    if (generation != null) {
                        generation.leave();
                    }
                });
    }

    /// {@return how many objects are being destroyed}
    int destroying() {
        return pending.size();
    }

    /// {@return the cleanups that are under way}
    CompletableFuture<Void> pendingCleanups() {
        return CompletableFuture.allOf(pending.values().toArray(CompletableFuture[]::new));
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
