package io.patinox.memory.cache;

import org.jspecify.annotations.Nullable;

/// What a policy remembers of the entries of one shard: who is to go next.
///
/// *Threads.* The cache calls an order under the lock of its shard: one thread at a time, with
/// everything before visible. An order must not keep that lock for long, must not block, and must
/// not call the cache.
///
/// *Contract.* Every node is [added][#added] once and leaves once: by [#evict()], or by [#removed].
/// Between those the order knows it, and [#evict()] returns it sooner or later. Calls must be
/// cheap: a bounded number of steps on average. An order that throws is reported, and the cache
/// evicts entries in any order instead; it never grows beyond its bound.
public interface EvictionOrder {

    /// Takes a new entry. It may be the next that [#evict()] returns: that is how an order refuses
    /// to admit one.
    ///
    /// @param node the entry; it is in no [NodeQueue], and its [PolicyNode#mark()] is 0
    void added(PolicyNode node);

    /// Is told of a hit: of each if the policy asks for [EvictionPolicy#everyHit()], otherwise only
    /// of hits of nodes for which [#samples] said yes, and of those some may be left out.
    ///
    /// @param node an entry it knows
    default void hit(PolicyNode node) {}

    /// Is told that the value of an entry was replaced, and maybe its weight. It need not count as
    /// a hit. Not told of every replacement: only where the weight may have changed.
    ///
    /// @param node an entry it knows
    /// @param oldWeight the weight it had; [PolicyNode#weight()] is the new one
    default void updated(PolicyNode node, long oldWeight) {}

    /// Forgets an entry that left for a reason of its own: removed, expired.
    ///
    /// @param node an entry it knows
    void removed(PolicyNode node);

    /// Chooses who goes, and forgets it. The cache asks as often as it needs to be within its
    /// bound.
    ///
    /// @return an entry it knows; null only if it knows none
    @Nullable PolicyNode evict();

    /// Is told that the shard may hold more, or less, from now on.
    ///
    /// @param capacity in the unit of [PolicyNode#weight()], at least 1
    default void resized(long capacity) {}

    /// Tells whether hits of a new entry are to be reported to [#hit] one by one. Good for a few
    /// entries in a hundred: such a hit may take a lock.
    ///
    /// @param hash the hash of the entry's key, as [PolicyNode#hash()] returns it
    /// @return whether to report its hits; by default no
    default boolean samples(int hash) {
        return false;
    }

    /// Tells how much the order would like to keep an entry: of two, the one with the lower rank
    /// would go first if one had to go. Only for reports, such as the hottest entries.
    ///
    /// @param node an entry it knows
    /// @return the rank; any number
    default long rank(PolicyNode node) {
        return node.hits();
    }
}
