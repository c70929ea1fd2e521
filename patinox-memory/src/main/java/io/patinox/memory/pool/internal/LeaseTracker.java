package io.patinox.memory.pool.internal;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/// Stands for a lease in its slot, without keeping the lease or its borrower reachable.
final class LeaseTracker extends PhantomReference<Lease<?>> {
    private final int slot;
    private final WeakReference<Thread> borrower;

    LeaseTracker(Lease<?> lease, ReferenceQueue<Lease<?>> queue, int slot) {
        super(lease, queue);
        this.slot = slot;
        borrower = new WeakReference<>(lease.borrower());
    }

    int slot() {
        return slot;
    }

    @Nullable Thread borrower() {
        return borrower.get();
    }
}
