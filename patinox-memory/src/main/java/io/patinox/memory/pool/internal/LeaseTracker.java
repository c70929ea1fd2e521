package io.patinox.memory.pool.internal;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/// Stands for the token of a lease in its slot, without keeping it or the borrower reachable.
final class LeaseTracker extends PhantomReference<Token<?>> {
    private final int slot;
    private final WeakReference<Thread> borrower;

    LeaseTracker(Token<?> token, ReferenceQueue<Token<?>> queue, int slot) {
        super(token, queue);
        this.slot = slot;
        borrower = new WeakReference<>(token.borrower);
    }

    int slot() {
        return slot;
    }

    @Nullable Thread borrower() {
        return borrower.get();
    }
}
