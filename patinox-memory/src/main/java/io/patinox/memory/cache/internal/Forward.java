package io.patinox.memory.cache.internal;

/// What stands in a bin whose entries have moved to a larger table.
final class Forward<K, V> extends Entry<K, V> {

    static final int HASH = -2;

    final Entry<K, V>[] to;

    @SuppressWarnings("unchecked") // the key is never looked at: the hash is that of no key
    Forward(Entry<K, V>[] to) {
        super((K) Entry.class, HASH, null);
        this.to = to;
    }
}
