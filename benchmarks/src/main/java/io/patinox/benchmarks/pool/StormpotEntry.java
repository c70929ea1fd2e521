package io.patinox.benchmarks.pool;

import stormpot.Allocator;
import stormpot.Poolable;
import stormpot.Slot;

/// What Stormpot pools: a connection that knows its slot.
final class StormpotEntry implements Poolable {

    final StubConnection connection = new StubConnection();
    private final Slot slot;

    private StormpotEntry(Slot slot) {
        this.slot = slot;
    }

    @Override
    public void release() {
        slot.release(this);
    }

    /// Makes them.
    static final class Maker implements Allocator<StormpotEntry> {

        @Override
        public StormpotEntry allocate(Slot slot) {
            return new StormpotEntry(slot);
        }

        @Override
        public void deallocate(StormpotEntry entry) {
            entry.connection.close();
        }
    }
}
