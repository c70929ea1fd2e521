package io.patinox.memory.pool.internal;

import io.patinox.memory.resource.AsyncResourceGuard;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One place of a pool, and the object in it, if any.
///
/// The plain fields belong to whoever holds the slot; the engine hands a slot over with a
/// happens-before edge. The keeper reads some of them without holding it, for reports only.
final class Slot<C> {
    private static final VarHandle HOLDER;

    static {
        try {
            HOLDER = MethodHandles.lookup().findVarHandle(Slot.class, "holder", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int index;
    final ObjectPool<C> pool;

    @Nullable AsyncResourceGuard<C> guard;
    @Nullable C object;

    /// When the object came back last, on the coarse clock.
    long idleSinceNanos;

    /// When the object's lifetime ends, on the coarse clock; drawn once, at its creation.
    long retireAtNanos;

    /// How often objects of this slot were lent.
    long uses;

    /// Counts down to the next lease whose place of acquisition is remembered.
    int usesUntilSite;

    long leasedAtNanos;
    @Nullable Throwable site;

    /// The lease, or what tracks it, while the slot is lent: see `LeakSweep`.
    private volatile @Nullable Object holder;

    Slot(ObjectPool<C> pool, int index) {
        this.pool = pool;
        this.index = index;
    }

    void fill(AsyncResourceGuard<C> created, C content, long now, long retireAt) {
        guard = created;
        object = content;
        idleSinceNanos = now;
        retireAtNanos = retireAt;
    }

    @Nullable AsyncResourceGuard<C> empty() {
        AsyncResourceGuard<C> old = guard;
        guard = null;
        object = null;
        return old;
    }

    /// Notes who holds the slot. A release store: the fields above are visible to who reads it.
    void lend(Lease<C> lease, long now, @Nullable Throwable acquiredAt) {
        uses++;
        leasedAtNanos = now;
        if (acquiredAt != null) {
            site = acquiredAt;
        }
        HOLDER.setRelease(this, lease);
    }

    void leave() {
        HOLDER.setRelease(this, null);
        if (site != null) {
            site = null;
        }
    }

    @Nullable Object holder() {
        return holder;
    }

    /// {@return the thread that holds the slot, if it is held and the thread still lives}
    @Nullable Thread borrower() {
        return switch (holder) {
            case Lease<?> lease -> lease.borrower();
            case LeaseTracker tracker -> tracker.borrower();
            case null, default -> null;
        };
    }

    boolean replaceHolder(Object expected, @Nullable Object replacement) {
        return HOLDER.compareAndSet(this, expected, replacement);
    }
}
