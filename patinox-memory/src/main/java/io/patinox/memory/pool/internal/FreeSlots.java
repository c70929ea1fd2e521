package io.patinox.memory.pool.internal;

/// Which slots are free, and whether anybody waits: where engine A ([ControlWords]) and engine B
/// ([GatedSlots]) differ. [FifoEngine] is the rest of both.
///
/// `take` and `free` may be called by any thread at any time. All else but `claim` of a single slot
/// and the questions is called under the engine's lock; `enter` as [#entersUnderLock] says.
interface FreeSlots {

    /// {@return the slot that the calling thread should try first; it may be anything but free}
    int likely();

    /// Takes one slot if it is free and nobody waits.
    boolean take(SlotWord slot);

    /// Takes a free slot unless somebody waits.
    ///
    /// @return the slot, or -1
    int take();

    /// Makes a slot free unless somebody waits.
    ///
    /// @return false when somebody waits: the caller still holds the slot and must dispatch it
    boolean free(int slot);

    /// The same, for who has the slot at hand.
    boolean free(SlotWord slot);

    /// Makes a slot free whoever waits.
    void expose(int slot);

    /// Takes any free slot, whoever waits.
    ///
    /// @return the slot, or -1
    int claim();

    /// Takes the lowest free slot that is not below the given one, whoever waits.
    ///
    /// @return the slot, or -1
    int claimFrom(int slot);

    /// Takes one slot if it is free, whoever waits.
    boolean claim(int slot);

    /// Says whether [#enter] must be called under the engine's lock.
    boolean entersUnderLock();

    /// {@return how many are counted}
    int waiters();

    /// Counts a waiter. From when this returns, `take` gives nothing and `free` refuses.
    ///
    /// @return whether a slot may become free unseen by who looks now: see [GatedSlots]
    boolean enter();

    /// Takes a waiter off the count.
    void leave();

    /// Adds slots, all held, until there are so many; those that were there stay as they are. What
    /// the others do meanwhile needs no regard.
    void grow(int count);

    /// The same, with words that are part of something larger: those of all slots from now on, of
    /// which the first were there before.
    void grow(SlotWord[] words);

    /// Says that nobody has waited for a while.
    void relax();

    /// {@return how many slots are free; a sum over slots that are read one after the other}
    int freeCount();

    boolean isFree(int slot);
}
