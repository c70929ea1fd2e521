package io.patinox.memory.pool.internal;

import org.jspecify.annotations.Nullable;

/// What a lease holds on to while it is open, and nobody else but its slot does: see [LeakSweep]. A
/// slot uses it for one lease after the other.
final class Token<C> {
    final Slot<C> slot;

    /// Who acquired the newest lease. Written by whoever has just taken the slot.
    @Nullable Thread borrower;

    Token(Slot<C> slot, @Nullable Thread borrower) {
        this.slot = slot;
        this.borrower = borrower;
    }
}
