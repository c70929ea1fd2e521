package io.patinox.memory.pool.internal;

import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.error.Options;
import io.patinox.memory.pool.LeaseInfo;
import io.patinox.memory.pool.PooledConnection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.time.Duration;

/// The right to use one slot's object once. 24 bytes, and none where the compiler sees that it
/// doesn't escape; all else about a lease stands in its slot.
final class Lease<C> implements PooledConnection<C> {
    /*
     * A lease is released once, however many threads close it. The usual closer is the thread that
     * acquired it, and it must not pay for what the others might do: an atomic exchange would cost
     * as much as the rest of the release, and keep the lease from being optimised away.
     *
     * So the borrower announces itself by a plain volatile store, and looks whether another thread
     * is at it; the others agree among themselves by a compare-and-set, and look whether the
     * borrower is at it (Dekker's argument: one of the two sees the other). A borrower that sees
     * another, and the other that doesn't see the borrower, settle it by one more compare-and-set:
     *
     *   the borrower:   closing = 1; mine if others == NONE, or others: TRYING -> BORROWER
     *   another thread: others: NONE -> TRYING; not mine if closing;
     *                   mine if others: TRYING -> TAKEN
     *
     * If the borrower saw NONE, it had announced itself before any other tried: that one sees it
     * and leaves. If it saw TRYING, the two compare-and-sets have one winner, and if the other has
     * left, the borrower's succeeds. If it saw TAKEN, it leaves.
     *
     * The volatile accesses of a lease that doesn't escape cost nothing, as the compiler knows that
     * nobody else is there.
     *
     * Who the borrower is stands in the token, which passes to the next lease only when this one
     * was released: whoever takes itself for the borrower then finds `closing` or `others` set.
     */
    private static final byte NONE = 0;
    private static final byte TRYING = 1;
    private static final byte BORROWER = 2;
    private static final byte TAKEN = 3;

    private static final VarHandle OTHERS;

    static {
        try {
            OTHERS = MethodHandles.lookup().findVarHandle(Lease.class, "others", byte.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Token<C> token;

    /// 1 once the borrower closes it. An `int`, as the compiler does without the fence of a
    /// volatile store to a lease that doesn't escape, but not if it is a `boolean` (seen in JDK
    /// 25).
    private volatile int closing;

    private volatile byte others;
    private volatile boolean broken;

    Lease(Token<C> token) {
        this.token = token;
    }

    @Override
    public C connection() {
        C object = token.slot.object;
        if (closing != 0 || others == TAKEN || object == null) {
            throw new LeaseReleasedException(token.slot.pool.name());
        }
        return object;
    }

    @Override
    public void expire() {
        broken = true;
    }

    @Override
    public boolean isReleased() {
        return closing != 0 || others == TAKEN;
    }

    @Override
    public LeaseInfo info() {
        checkOpen();
        Slot<C> slot = token.slot;
        long now = slot.pool.clock().coarseNanos();
        return new LeaseInfo(
                slot.pool.name(),
                nanos(now - slot.bornNanos),
                slot.uses - slot.usesBefore,
                nanos(slot.leasedAtNanos - slot.idleSinceNanos),
                nanos(now - slot.leasedAtNanos),
                slot.label());
    }

    /// The coarse clock lags, so a difference to what was read elsewhere may be below zero.
    private static Duration nanos(long difference) {
        return Duration.ofNanos(Math.max(0, difference));
    }

    @Override
    public PooledConnection<C> label(String label) {
        Options.text("label", label);
        checkOpen();
        Slot<C> slot = token.slot;
        slot.label = new Label(slot.uses, label);
        return this;
    }

    private void checkOpen() {
        if (isReleased()) {
            throw new LeaseReleasedException(token.slot.pool.name());
        }
    }

    @Override
    public C detach() {
        Token<C> held = token;
        try {
            if (!release(held)) {
                throw new LeaseReleasedException(held.slot.pool.name());
            }
            return held.slot.pool.returns().detach(held.slot);
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    @Override
    public void close() {
        Token<C> held = token;
        try {
            if (release(held)) {
                Slot<C> slot = held.slot;
                slot.pool.returns().takeBack(slot, broken);
            }
        } finally {
            // Without the fence the token could count as unreachable while the lease is being
            // released, and the keeper could take the slot for leaked.
            Reference.reachabilityFence(held);
        }
    }

    /// {@return whether this call is the one that releases the lease}
    private boolean release(Token<C> held) {
        return Thread.currentThread() == held.borrower ? closeByBorrower() : closeByAnother();
    }

    private boolean closeByBorrower() {
        if (closing != 0) {
            return false;
        }
        closing = 1;
        return others == NONE || OTHERS.compareAndSet(this, TRYING, BORROWER);
    }

    private boolean closeByAnother() {
        return OTHERS.compareAndSet(this, NONE, TRYING)
                && closing == 0
                && OTHERS.compareAndSet(this, TRYING, TAKEN);
    }

    @Override
    public String toString() {
        Slot<C> slot = token.slot;
        return "lease of " + slot.pool.name() + "#" + slot.index + (isReleased() ? ", closed" : "");
    }
}
