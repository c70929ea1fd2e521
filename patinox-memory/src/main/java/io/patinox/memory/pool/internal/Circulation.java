package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import io.patinox.memory.resource.AsyncResourceGuard;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// How objects come into a pool and go out of it, and what a pool among others has to tell them of
/// its objects: see [Allowance].
final class Circulation<C> {
    private final ObjectPool<C> pool;
    private final FifoEngine engine;
    private final Allowance allowance;

    Circulation(ObjectPool<C> pool) {
        this.pool = pool;
        engine = pool.engine();
        allowance = pool.allowance();
    }

    /// Gives a held slot with a good object to whoever is next, in whichever pool.
    void offerAmongOthers(Slot<C> slot) {
        if (allowance.yields()) {
            retire(slot, RetireReason.MOVED);
        } else {
            offerHere(slot);
        }
    }

    private void offerHere(Slot<C> slot) {
        if (engine.put(slot, pool.clock())) {
            offered();
        } else {
            retire(slot, RetireReason.CLOSED);
        }
    }

    /// Says that an object may have become idle, for whoever waits elsewhere.
    void offered() {
        if (!pool.isAlone()) {
            // Between freeing a slot and asking who waits; not each engine has a fence there.
            VarHandle.fullFence();
            allowance.offered();
        }
    }

    /// Puts a new object into its slot and offers it. It makes room for no other pool: it was made
    /// because this one got the room.
    void welcome(Slot<C> slot, AsyncResourceGuard<C> guard, C object, Generation<C> generation) {
        Tracing<C> tracing = pool.tracing();
        if (tracing != null) {
            tracing.created(object);
        }
        pool.lifetimes().begin(slot, guard, object, generation);
        if (pool.lifetimes().isOld(slot)) {
            retire(slot, RetireReason.EVICTED);
        } else if (pool.population().mayGo()) {
            retire(slot, RetireReason.RESIZED);
        } else {
            offerHere(slot);
        }
    }

    /// Takes the object out of a held slot for good, and has it destroyed.
    void retire(Slot<C> slot, RetireReason reason) {
        pool.meters().retire(reason);
        allowance.leaving(reason);
        Tracing<C> tracing = pool.tracing();
        if (tracing != null) {
            tracing.retired(slot.object, reason);
        }
        Generation<C> generation = slot.generation;
        AsyncResourceGuard<C> guard = slot.empty();
        boolean handedOver = false;
        try {
            if (guard != null) {
                destroy(guard, generation);
                handedOver = true;
            }
        } finally {
            pool.gone(slot.index, reason);
            if (!handedOver) {
                allowance.left();
            }
        }
    }

    /// Has an object destroyed that was announced to be leaving.
    void destroy(AsyncResourceGuard<C> guard, @Nullable Generation<C> generation) {
        CompletableFuture<?> gone = pool.custody().dispose(guard, generation);
        if (!pool.isAlone()) {
            var _ = gone.whenComplete((_, _) -> allowance.left());
        }
    }
}
