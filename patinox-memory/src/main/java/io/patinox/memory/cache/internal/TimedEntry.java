package io.patinox.memory.cache.internal;

/// An entry that ends at a time.
class TimedEntry<K, V> extends Entry<K, V> {

    // set before the value it belongs to, so that a reader never sees a new value as expired
    long deadline;

    TimedEntry(K key, int hash, V value, long deadline) {
        super(key, hash, value);
        this.deadline = deadline;
    }

    @Override
    final long deadline() {
        return deadline;
    }
}
