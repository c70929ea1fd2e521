package io.patinox.memory.pool.internal;

/// The part of the engine that lets newcomers pass those who wait, where that was asked for.
final class Overtaking {
    /*
     * A slot that is put while somebody waits is left free and the head is told to look, once;
     * until it has looked, newcomers may take what is free. Each such taker pays with one of the
     * head's passes after it has its slot, and has the slot put to the head when none is left. So a
     * head is passed as often as it has passes at the most, counted exactly. No wake-up is lost:
     * the releaser frees, then looks whether the head was told; the head notes that it looks, then
     * looks for free slots.
     */
    private final FifoEngine engine;
    private final FreeSlots slots;
    private final Dispatcher dispatcher;
    private final MailedLock lock;
    private final Passes passes;

    Overtaking(FifoEngine engine, FreeSlots slots, Dispatcher dispatcher, MailedLock lock) {
        this.engine = engine;
        this.slots = slots;
        this.dispatcher = dispatcher;
        this.lock = lock;
        passes = dispatcher.passes;
    }

    /// Takes a free slot past the head, if it may.
    ///
    /// @return the slot, or -1
    int take() {
        if (engine.waiting() == 0 || dispatcher.isSuspended() || !passes.areLeft()) {
            return -1;
        }
        int slot = slots.claim();
        if (slot < 0 || passes.pay()) {
            return slot;
        }
        // The pass went to somebody else, so the slot goes to the head.
        if (!engine.put(slot, passes::time)) {
            engine.claimed(slot);
        }
        return -1;
    }

    /// Leaves a slot free although somebody waits, and has the head look for it.
    ///
    /// @return false when the engine is closed: the caller still holds the slot
    boolean leaveFree(int slot) {
        slots.expose(slot);
        if (engine.isClosed()) {
            return !slots.claim(slot);
        }
        if (!passes.headIsTold()) {
            Outbox out = new Outbox(passes.time());
            lock.lock();
            try {
                lock.readMail(out);
                Waiter head = dispatcher.queue.head();
                if (head != null && head.canLook()) {
                    passes.tellHead();
                    head.tell();
                } else {
                    dispatcher.dispatch(-1, true, passes.time(), out);
                }
            } finally {
                engine.unlockAndDeliver(out);
            }
        }
        return true;
    }

    /// Looks for a free slot, for a head that was told to.
    void look(Waiter waiter, long now) {
        Outbox out = new Outbox(now);
        lock.lock();
        try {
            lock.readMail(out);
            if (dispatcher.queue.isHead(waiter)) {
                passes.headLooks(now);
                dispatcher.dispatch(-1, true, now, out);
            }
        } finally {
            engine.unlockAndDeliver(out);
        }
    }
}
