package io.patinox.memory.pool.internal;

import io.patinox.memory.resource.AsyncResourceGuard;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One place of a pool, and the object in it, if any.
///
/// The plain fields belong to whoever holds the slot; the engine hands a slot over with a
/// happens-before edge. The keeper reads some of them without holding it, for reports only.
final class Slot<C> extends SlotWord {
    private static final VarHandle HOLD;
    private static final VarHandle LENT;
    private static final VarHandle RETIRE_AT;
    private static final VarHandle NEXT_SITE_USE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HOLD = lookup.findVarHandle(Slot.class, "hold", Object.class);
            LENT = lookup.findVarHandle(Slot.class, "lent", boolean.class);
            RETIRE_AT = lookup.findVarHandle(Slot.class, "retireAtNanos", long.class);
            NEXT_SITE_USE = lookup.findVarHandle(Slot.class, "nextSiteUse", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final ObjectPool<C> pool;

    @Nullable AsyncResourceGuard<C> guard;
    @Nullable C object;

    /// When the object came back last, on the coarse clock.
    long idleSinceNanos;

    /// When the object's lifetime ends, on the coarse clock; may be brought forward: [Lifetimes].
    long retireAtNanos;

    /// How often objects of this slot were lent.
    long uses;

    /// At which use the slot is looked at again, to remember the place or as it is the last.
    long nextSiteUse;

    long leasedAtNanos;
    @Nullable Throwable site;

    /// The use that the sweep for leaks met last, and the one it reported last, each the lower half
    /// of `uses`: between two sweeps there are not that many. The keeper's own.
    int sweptUse;

    int reportedUse;

    /// The token that the next lease holds on to; or the tracker that stands for it, while the
    /// present lease is held for long; or null when the slot was idle for a while.
    private volatile @Nullable Object hold;

    private volatile boolean lent;

    // What Lifetimes and Keepalive keep; written by whoever holds the slot.

    /// What the object belongs to; set before the object is there.
    @Nullable Generation<C> generation;

    long bornNanos;

    /// How often the slot had been lent before the present object came.
    long usesBefore;

    /// When the object was last examined in the background; as old as the object at first.
    long checkedAtNanos;

    /// From 0 to 1, drawn at the object's creation: by how much its turn comes earlier.
    float lot;

    /// Written by whoever has the lease, read for reports.
    @Nullable Label label;

    Slot(ObjectPool<C> pool, int index) {
        super(index);
        this.pool = pool;
    }

    void fill(AsyncResourceGuard<C> created, C content, long now, long retireAt) {
        guard = created;
        object = content;
        idleSinceNanos = now;
        checkedAtNanos = now;
        setRetireAt(retireAt);
    }

    @Nullable AsyncResourceGuard<C> empty() {
        AsyncResourceGuard<C> old = guard;
        guard = null;
        object = null;
        generation = null;
        return old;
    }

    /// Lends the slot to the calling thread, which holds it.
    ///
    /// @return what the lease is to hold on to
    Token<C> lend(long now) {
        Thread borrower = Thread.currentThread();
        Token<C> mine = token();
        if (mine == null) {
            mine = new Token<>(this, borrower);
            hold = mine;
        } else if (mine.borrower != borrower) {
            // Not without need: a reference stored into an old object costs a fence.
            mine.borrower = borrower;
        }
        uses++;
        leasedAtNanos = now;
        LENT.setRelease(this, true);
        return mine;
    }

    /// The lease is over; its holder still has the slot.
    void leave() {
        LENT.setRelease(this, false);
        if (site != null) {
            site = null;
        }
    }

    boolean isLent() {
        return lent;
    }

    /// {@return the thread that holds the slot, if it is lent and the thread still lives}
    @Nullable Thread borrower() {
        Object held = hold;
        if (!lent) {
            return null;
        }
        return switch (held) {
            case Token<?> token -> token.borrower;
            case LeaseTracker standIn -> standIn.borrower();
            case null, default -> null;
        };
    }

    @SuppressWarnings("unchecked") // a slot holds no other's token
    @Nullable Token<C> token() {
        return hold instanceof Token<?> token ? (Token<C>) token : null;
    }

    /// Lets go of the token, so that only leases hold on to it.
    void track(Token<C> held, LeaseTracker standIn) {
        HOLD.compareAndSet(this, held, standIn);
    }

    /// Takes the slot back from a lease whose token is gone.
    ///
    /// @return false when another lease has it by now
    boolean recover(LeaseTracker standIn) {
        return HOLD.compareAndSet(this, standIn, null);
    }

    /// {@return whether there is anything to forget}
    boolean holdsAnything() {
        return hold != null;
    }

    /// Forgets who had the slot last. Called by who holds it.
    void forget() {
        hold = null;
    }

    /// {@return what the present lease is called, or null; to be trusted as far as `uses` is}
    @Nullable String label() {
        Label given = label;
        return given == null || given.use() != uses ? null : given.text();
    }

    /// {@return whether there is an object, as far as can be seen without holding the slot}
    boolean isOccupied() {
        return object != null;
    }

    long retireAt() {
        return (long) RETIRE_AT.getVolatile(this);
    }

    void setRetireAt(long nanos) {
        RETIRE_AT.setVolatile(this, nanos);
    }

    /// Changes the end of the lifetime, unless it was changed before.
    boolean moveRetireAt(long planned, long nanos) {
        return RETIRE_AT.compareAndSet(this, planned, nanos);
    }

    void setNextLook(long use) {
        NEXT_SITE_USE.setVolatile(this, use);
    }
}
