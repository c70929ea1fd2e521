package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.ResourceSupplier;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps the pool's objects in a resource registry.
///
/// Each object is acquired and registered in one step, so none is lost between the two; `destroy`
/// runs in the registry's cleanup engine, with its deadline, away from borrowers.
final class Custody<C> {
    private static final String TYPE = "pooled-object";

    private final ObjectPool<C> pool;
    private final PoolRegistry registry;
    private final Map<AsyncResourceGuard<C>, CompletableFuture<CleanupOutcome>> pending =
            new ConcurrentHashMap<>();

    /// The cleanup of the objects of the present manager; of another in a race, for once.
    private volatile @Nullable Destroying<C> destroying;

    Custody(ObjectPool<C> pool, PoolRegistry registry) {
        this.pool = pool;
        this.registry = registry;
    }

    /// Has the manager create an object, which is its own to destroy.
    AsyncResourceGuard<C> create(int slot, ConnectionManager<C> manager) {
        return acquire(slot, () -> createNonNull(manager), manager);
    }

    private AsyncResourceGuard<C> acquire(
            int slot, ResourceSupplier<C> supplier, ConnectionManager<C> manager) {
        Cleanup<C> destroy = destroyBy(manager);
        AsyncResourceGuard<?> owner = registry.owner();
        if (owner == null) {
            // The registry has the pool's name; names for its objects would be most of their cost.
            return registry.registry().acquire(TYPE, supplier, destroy);
        }
        return registry.registry()
                .request(TYPE, supplier, destroy)
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

    void destroy(AsyncResourceGuard<C> guard, @Nullable Generation<C> generation) {
        var _ = dispose(guard, generation);
    }

    /// Has an object destroyed, which then leaves its generation.
    ///
    /// @return completes when it is gone, or given up
    CompletableFuture<CleanupOutcome> dispose(
            AsyncResourceGuard<C> guard, @Nullable Generation<C> generation) {
        CompletableFuture<CleanupOutcome> cleanup = guard.cleanup();
        pending.put(guard, cleanup);
        var _ =
                cleanup.whenComplete((_, _) -> {
                    pending.remove(guard);
                    if (generation != null) {
                        generation.leave();
                    }
                });
        return cleanup;
    }

    /// {@return how many objects are being destroyed}
    int destroying() {
        return pending.size();
    }

    /// {@return the cleanups that are under way}
    CompletableFuture<Void> pendingCleanups() {
        return CompletableFuture.allOf(pending.values().toArray(CompletableFuture[]::new));
    }
}
