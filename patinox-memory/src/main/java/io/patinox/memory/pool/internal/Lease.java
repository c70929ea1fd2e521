package io.patinox.memory.pool.internal;

import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.pool.PooledConnection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;

/// The right to use one slot's object once. 24 bytes; all else about a lease stands in its slot.
final class Lease<C> implements PooledConnection<C> {
    private static final int HELD = 0;
    private static final int BROKEN = 1;
    private static final int RELEASED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Lease.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Slot<C> slot;
    private final Thread borrower;
    private volatile int state;

    Lease(Slot<C> slot) {
        this.slot = slot;
        // Kept here, not in the slot: a reference stored into an old object costs a fence.
        borrower = Thread.currentThread();
    }

    Thread borrower() {
        return borrower;
    }

    @Override
    public C connection() {
        C object = slot.object;
        if (state == RELEASED || object == null) {
            throw new LeaseReleasedException(slot.pool.name());
        }
        return object;
    }

    @Override
    public void expire() {
        STATE.compareAndSet(this, HELD, BROKEN);
    }

    @Override
    public boolean isReleased() {
        return state == RELEASED;
    }

    @Override
    public void close() {
        try {
            int before = (int) STATE.getAndSet(this, RELEASED);
            if (before != RELEASED) {
                slot.pool.takeBack(slot, before == BROKEN);
            }
        } finally {
            // Without the fence the lease could count as unreachable while it is being released,
            // and the keeper could take the slot for leaked.
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public String toString() {
        return "lease of " + slot.pool.name() + "#" + slot.index + (isReleased() ? ", closed" : "");
    }
}
