package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// The objects that were made by one manager between two evictions. They keep their manager, which
/// validates, recycles and destroys them whatever manager the pool has by then.
final class Generation<C> {
    final ConnectionManager<C> manager;

    /// Whether the manager resets what comes back.
    final boolean recycles;

    /// The objects of this generation, those being created too, and one more while it is the pool's
    /// present one.
    private final AtomicInteger members = new AtomicInteger(1);

    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Generation(ConnectionManager<C> manager) {
        this(manager, Recycling.isDoneBy(manager));
    }

    private Generation(ConnectionManager<C> manager, boolean recycles) {
        this.manager = manager;
        this.recycles = recycles;
    }

    /// {@return a generation of the same manager}
    Generation<C> next() {
        return new Generation<>(manager, recycles);
    }

    /// Counts an object that is about to be created.
    ///
    /// @return false when the generation has ended: there is a newer one by now
    boolean enter() {
        int now = members.get();
        while (now > 0) {
            if (members.compareAndSet(now, now + 1)) {
                return true;
            }
            now = members.get();
        }
        return false;
    }

    /// Takes an object off the count: it is destroyed, or was never made.
    void leave() {
        if (members.decrementAndGet() == 0) {
            gone.complete(null);
        }
    }

    /// {@return ends when the generation is no longer the present one and its last object is gone}
    CompletableFuture<Void> gone() {
        return gone;
    }
}
