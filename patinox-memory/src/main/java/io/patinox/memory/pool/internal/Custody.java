package io.patinox.memory.pool.internal;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupOutcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Keeps the pool's objects in a resource registry.
///
/// Each object is acquired and registered in one step, so none is lost between the two; `destroy`
/// runs in the registry's cleanup engine, with its deadline, away from borrowers.
final class Custody<C> {
    private final ObjectPool<C> pool;
    private final PoolRegistry registry;
    private final long lifetimeNanos;
    private final Map<AsyncResourceGuard<C>, CompletableFuture<CleanupOutcome>> pending =
            new ConcurrentHashMap<>();

    Custody(ObjectPool<C> pool, PoolRegistry registry) {
        this.pool = pool;
        this.registry = registry;
        lifetimeNanos = PoolSettings.nanos(pool.settings().times().lifetime());
    }

    AsyncResourceGuard<C> create(int slot) {
        var request =
                registry.registry()
                        .request("pooled-object", this::createNonNull, pool.manager()::destroy)
                        .name(pool.name() + ":" + slot);
        AsyncResourceGuard<?> owner = registry.owner();
        return owner == null ? request.acquire() : request.ownedBy(owner).acquire();
    }

    private C createNonNull() throws Exception {
        C created = pool.manager().create();
        if (created == null) {
            throw new NullPointerException("ConnectionManager.create() returned null");
        }
        return created;
    }

    void destroy(AsyncResourceGuard<C> guard) {
        var _ = dispose(guard);
    }

    /// Has an object destroyed.
    ///
    /// @return completes when it is gone, or given up
    CompletableFuture<CleanupOutcome> dispose(AsyncResourceGuard<C> guard) {
        CompletableFuture<CleanupOutcome> cleanup = guard.cleanup();
        pending.put(guard, cleanup);
        var _ = cleanup.whenComplete((_, _) -> pending.remove(guard));
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

    /// {@return how long an object may live: up to a tenth less than the limit, drawn anew for each
    /// object, so that objects that were created together aren't replaced together}
    long drawLifetimeNanos() {
        if (lifetimeNanos == 0) {
            return PoolSettings.nanos(ObjectPool.TIMEOUT_MAX.multipliedBy(100));
        }
        return lifetimeNanos - ThreadLocalRandom.current().nextLong(lifetimeNanos / 10 + 1);
    }
}
