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
    private static final VarHandle TOKEN;
    private static final VarHandle LENT;
    private static final VarHandle RETIRE_AT;
    private static final VarHandle NEXT_SITE_USE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOKEN = lookup.findVarHandle(Slot.class, "token", Token.class);
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

    /// The use that the sweep for leaks met last, and the one it reported last; the keeper's own.
    long sweptUse;

    long reportedUse;

    /// What the next lease holds on to; null while the present one is tracked.
    private volatile @Nullable Token<C> token = new Token<>(this, null);

    /// Stands for the token of a lease that is held for long.
    private volatile @Nullable LeaseTracker tracker;

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
        Token<C> mine = token;
        if (mine == null) {
            mine = new Token<>(this, borrower);
            token = mine;
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
        Token<C> held = token;
        LeaseTracker standIn = tracker;
        if (!lent) {
            return null;
        }
        if (held != null) {
            return held.borrower;
        }
        return standIn == null ? null : standIn.borrower();
    }

    @Nullable Token<C> token() {
        return token;
    }

    @Nullable LeaseTracker tracker() {
        return tracker;
    }

    /// Lets go of the token, so that only leases hold on to it.
    void track(Token<C> held, LeaseTracker standIn) {
        tracker = standIn;
        TOKEN.compareAndSet(this, held, null);
    }

    /// Takes the slot back from a lease whose token is gone.
    ///
    /// @return false when another lease has it by now
    boolean recover() {
        return TOKEN.compareAndSet(this, null, new Token<>(this, null));
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
