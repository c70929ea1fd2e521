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

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HOLD = lookup.findVarHandle(Slot.class, "hold", Object.class);
            LENT = lookup.findVarHandle(Slot.class, "lent", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final ObjectPool<C> pool;

    @Nullable AsyncResourceGuard<C> guard;
    @Nullable C object;

    /// When the object came back last, on the coarse clock.
    long idleSinceNanos;

    /// When the object's lifetime ends, on the coarse clock; drawn once, at its creation.
    long retireAtNanos;

    /// How often objects of this slot were lent.
    long uses;

    /// For how many uses more the place of acquisition is not remembered.
    int usesUntilSite;

    /// The use that the sweep for leaks met last, and the one it reported last, each the lower half
    /// of `uses`: between two sweeps there are not that many. The keeper's own.
    int sweptUse;

    int reportedUse;

    long leasedAtNanos;
    @Nullable Throwable site;

    /// The token that the next lease holds on to; or the tracker that stands for it, while the
    /// present lease is held for long; or null when the slot was idle for a while.
    private volatile @Nullable Object hold;

    private volatile boolean lent;

    Slot(ObjectPool<C> pool, int index) {
        super(index);
        this.pool = pool;
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
        usesUntilSite--;
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
}
