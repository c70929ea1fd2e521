package io.patinox.memory.pool.internal;

/// What an engine asks about a slot before it grants it.
interface Custodian {

    /// A custodian that trusts everything.
    Custodian TRUSTING =
            new Custodian() {
                @Override
                public boolean isDoubtful(int slot) {
                    return false;
                }

                @Override
                public boolean examine(int slot) {
                    throw new IllegalStateException("slot " + slot + " was not in doubt");
                }

                @Override
                public void discard(int slot) {
                    throw new IllegalStateException("slot " + slot + " was not in doubt");
                }
            };

    /// Says whether a slot must be examined before anybody gets it. Called with the engine's lock
    /// held, of a slot that the engine holds: reads fields and calls nobody.
    boolean isDoubtful(int slot);

    /// Says that a slot's time is over, however fit it has proved. Called like [#isDoubtful].
    default boolean isOver(int slot) {
        return false;
    }

    /// Begins to examine a slot, which from now on is the custodian's. Called without the lock. The
    /// verdict is told by [FifoEngine#pass] or [FifoEngine#fail], by whatever thread.
    ///
    /// @return false when the slot is known to be of no use without further ado; the engine then
    ///   calls [#discard] and is told nothing more
    boolean examine(int slot);

    /// Does away with a slot that was of no use. Called without the lock.
    void discard(int slot);
}
