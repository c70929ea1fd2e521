package io.patinox.memory.cache.internal;

import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// What stands first in a bin with too many keys: those of one comparable type are kept in order,
/// so that they are found in logarithmic time. Behind it follow the others as in any bin, among
/// them such as compare as equal to one that is there although they are not.
final class Crowd<K, V> extends Entry<K, V> {

    static final int HASH = -1;

    // by hash first: the type's own comparison is needed for equal hashes only
    private final ConcurrentSkipListMap<K, Entry<K, V>> members;
    private final Class<?> type;

    @SuppressWarnings("unchecked") // the key is never looked at: the hash is that of no key
    Crowd(Class<?> type, Hashing hashing) {
        super((K) Entry.class, HASH, null);
        this.type = type;
        Comparator<K> byHash = Comparator.comparingInt(hashing::of);
        members = new ConcurrentSkipListMap<>(byHash.thenComparing(Crowd::compare));
    }

    @SuppressWarnings("unchecked") // members are of one type, which is comparable
    private static <K> int compare(K one, K other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    boolean takes(Object key) {
        return key.getClass() == type;
    }

    /// Adds an entry, unless its key compares as equal to one that is there.
    boolean add(Entry<K, V> entry) {
        return takes(entry.key) && members.putIfAbsent(entry.key, entry) == null;
    }

    boolean remove(Entry<K, V> entry) {
        return takes(entry.key) && members.remove(entry.key, entry);
    }

    @SuppressWarnings("unchecked") // a key of the members' type is a K
    @Nullable Entry<K, V> find(Object key) {
        Entry<K, V> found = takes(key) ? members.get((K) key) : null;
        return found != null && found.key.equals(key) ? found : null;
    }

    Iterable<Entry<K, V>> members() {
        return members.values();
    }
}
