package io.patinox.memory.pool.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the share of a key.
final class KeyDirectory<K, C> {
    /*
     * Keys are the user's, and so are their `equals` and `hashCode`, which may throw or take long.
     * A map from keys would call them while it holds the lock of a bin. So the map here is from
     * hash codes, and what is equal to a key is looked for in a list that never changes: without a
     * lock, by the thread that asks. A list is replaced by compare-and-set.
     */
    private final ConcurrentHashMap<Integer, Entry<K, C>> lists = new ConcurrentHashMap<>();

    /// An entry of the list of one hash code. Compared by identity.
    private static final class Entry<K, C> {
        final KeyShare<K, C> share;
        final @Nullable Entry<K, C> next;

        Entry(KeyShare<K, C> share, @Nullable Entry<K, C> next) {
            this.share = share;
            this.next = next;
        }
    }

    @Nullable KeyShare<K, C> find(K key, int hash) {
        return find(key, lists.get(hash));
    }

    private @Nullable KeyShare<K, C> find(K key, @Nullable Entry<K, C> list) {
        for (Entry<K, C> entry = list; entry != null; entry = entry.next) {
            if (key.equals(entry.share.key)) {
                return entry.share;
            }
        }
        return null;
    }

    /// Adds a share unless there is one of the key.
    ///
    /// @return the share that is there now
    KeyShare<K, C> add(KeyShare<K, C> share) {
        while (true) {
            Entry<K, C> list = lists.get(share.hash);
            KeyShare<K, C> known = find(share.key, list);
            if (known != null) {
                return known;
            }
            if (replace(share.hash, list, new Entry<>(share, list))) {
                return share;
            }
        }
    }

    /// Removes a share, if it is still there.
    ///
    /// @return whether it was
    boolean remove(KeyShare<K, C> share) {
        while (true) {
            Entry<K, C> list = lists.get(share.hash);
            Entry<K, C> rest = null;
            boolean found = false;
            for (Entry<K, C> entry = list; entry != null; entry = entry.next) {
                if (entry.share == share) {
                    found = true;
                } else {
                    rest = new Entry<>(entry.share, rest);
                }
            }
            if (!found || replace(share.hash, list, rest)) {
                return found;
            }
        }
    }

    private boolean replace(int hash, @Nullable Entry<K, C> before, @Nullable Entry<K, C> after) {
        if (before == null) {
            return after == null || lists.putIfAbsent(hash, after) == null;
        }
        return after == null ? lists.remove(hash, before) : lists.replace(hash, before, after);
    }

    void forEach(Consumer<KeyShare<K, C>> action) {
        for (Entry<K, C> list : lists.values()) {
            for (Entry<K, C> entry = list; entry != null; entry = entry.next) {
                action.accept(entry.share);
            }
        }
    }

    List<KeyShare<K, C>> all() {
        List<KeyShare<K, C>> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }
}
