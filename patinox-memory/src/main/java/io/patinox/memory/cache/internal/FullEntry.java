package io.patinox.memory.cache.internal;

import java.util.Set;

/// An entry of a cache that keeps more of its entries than when they end. Its fields are written
/// under the lock of the shard; readers without it may see them a moment late.
class FullEntry<K, V> extends TimedEntry<K, V> {

    private long weight = 1;
    private long bytes;
    private long cost = 1;
    // whatever is read, the entry ends then at the latest
    long hardDeadline;
    long writtenAt;
    boolean pinned;
    Set<String> tags = Set.of();

    FullEntry(K key, int hash, V value, long deadline) {
        super(key, hash, value, deadline);
        this.hardDeadline = deadline;
    }

    @Override
    public final long weight() {
        return weight;
    }

    final void weight(long weight) {
        this.weight = weight;
    }

    @Override
    final long bytes() {
        return bytes;
    }

    final void bytes(long bytes) {
        this.bytes = bytes;
    }

    @Override
    public final long cost() {
        return cost;
    }

    final void cost(long cost) {
        this.cost = Math.max(1, cost);
    }
}
