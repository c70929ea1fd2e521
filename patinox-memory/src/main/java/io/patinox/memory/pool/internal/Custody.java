package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupOutcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps the pool's objects in a resource registry.
///
/// Each object is acquired and registered in one step, so none is lost between the two; `destroy`
/// runs in the registry's cleanup engine, with its deadline, away from borrowers.
final class Custody<C> {
    private final ObjectPool<C> pool;
    private final PoolRegistry registry;
    private final Map<AsyncResourceGuard<C>, CompletableFuture<CleanupOutcome>> pending =
            new ConcurrentHashMap<>();

    Custody(ObjectPool<C> pool, PoolRegistry registry) {
        this.pool = pool;
        this.registry = registry;
    }

    /// Has the manager create an object, which is its own to destroy.
    AsyncResourceGuard<C> create(int slot, ConnectionManager<C> manager) {
        var request =
                registry.registry()
                        .request("pooled-object", () -> createNonNull(manager), manager::destroy)
                        .name(pool.name() + ":" + slot);
        AsyncResourceGuard<?> owner = registry.owner();
        return owner == null ? request.acquire() : request.ownedBy(owner).acquire();
    }

    /// Takes an object into custody that was made elsewhere.
    AsyncResourceGuard<C> adopt(int slot, C object, ConnectionManager<C> manager) {
        var request =
                registry.registry()
                        .request("pooled-object", () -> object, manager::destroy)
                        .name(pool.name() + ":" + slot);
        AsyncResourceGuard<?> owner = registry.owner();
        return owner == null ? request.acquire() : request.ownedBy(owner).acquire();
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
