package io.patinox.memory.cache;

import org.jspecify.annotations.Nullable;

/// An entry of a cache, as an [EvictionOrder] sees it: no key and no value, but how often it was
/// hit, what it weighs, and some room for the order's own notes.
///
/// Implemented by the cache, and by tests of policies. *Threads.* For use under the lock of the
/// shard, which the cache has whenever it calls an order.
public interface PolicyNode {

    /// Returns the hash of the key, already spread: equal for equal keys, never negative. Good to
    /// recognise a key that comes back after its entry was evicted.
    ///
    /// @return the hash
    int hash();

    /// Returns how often the entry was hit since it was last asked by [#takeHits()], without
    /// starting anew. Counted without synchronisation: concurrent hits may count as one.
    ///
    /// @return from 0
    int hits();

    /// Returns how often the entry was hit since this was last called, or since it was added; and
    /// starts to count anew.
    ///
    /// @return from 0
    int takeHits();

    /// Returns how much of the capacity the entry takes: 1 if the cache is bounded by entries only.
    ///
    /// @return from 0; an entry without weight is never asked to go
    long weight();

    /// Returns what it would cost to have the value again: what the user said, or how many
    /// nanoseconds it took to load; 1 if nobody knows.
    ///
    /// @return at least 1
    default long cost() {
        return 1;
    }

    /// Returns the note the order made: 0 at first.
    ///
    /// @return the note
    short mark();

    /// Makes a note, such as a queue and a frequency in a few bits each.
    ///
    /// @param mark the note
    void mark(short mark);

    /// Returns the neighbour towards the first of the [NodeQueue] it is in. For [NodeQueue] only.
    ///
    /// @return the neighbour, or null
    @Nullable PolicyNode before();

    /// Sets the neighbour towards the first. For [NodeQueue] only.
    ///
    /// @param before the neighbour, or null
    void before(@Nullable PolicyNode before);

    /// Returns the neighbour towards the last of the [NodeQueue] it is in. For [NodeQueue] only.
    ///
    /// @return the neighbour, or null
    @Nullable PolicyNode after();

    /// Sets the neighbour towards the last. For [NodeQueue] only.
    ///
    /// @param after the neighbour, or null
    void after(@Nullable PolicyNode after);
}
