package io.patinox.memory.cache.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Knows which keys have a tag.
///
/// *Threads.* Safe for any threads, but the changes of one key must come one after the other: the
/// cache makes them under the lock of the key's shard, together with the change of the entry.
///
/// @param <K> the type of the keys
final class TagIndex<K> {

    /*
     * The keys of a tag are in a set that only functions of `compute` touch, which the map runs one
     * at a time for a tag. So a set that has become empty is removed in the same step, and nobody
     * can add to a set that is no longer in the map.
     */

    private final ConcurrentHashMap<String, Set<K>> members = new ConcurrentHashMap<>();

    /// Notes which tags a key has now. Takes time for those that are other than before.
    ///
    /// @param key the key
    /// @param before the tags it had, empty if it was not in the cache
    /// @param after the tags it has, empty if it is no longer in the cache
    void changed(K key, Set<String> before, Set<String> after) {
        if (before.equals(after)) {
            return;
        }
        for (String tag : before) {
            if (!after.contains(tag)) {
                members.computeIfPresent(tag, (_, keys) -> without(keys, key));
            }
        }
        for (String tag : after) {
            if (!before.contains(tag)) {
                members.compute(tag, (_, keys) -> with(keys, key));
            }
        }
    }

    /// Returns the keys that have a tag at one moment of the call.
    ///
    /// @param tag the tag
    /// @return the keys, a copy
    List<K> members(String tag) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array can't be made of a generic type
        List<K>[] copy = new List[] {List.of()};
        members.computeIfPresent(
                tag,
                (_, keys) -> {
                    copy[0] = List.copyOf(keys);
                    return keys;
                });
        return copy[0];
    }

    /// Returns how many tags have members.
    int tags() {
        return members.size();
    }

    private static <K> Set<K> with(@Nullable Set<K> keys, K key) {
        Set<K> grown = keys == null ? new HashSet<>(4) : keys;
        grown.add(key);
        return grown;
    }

    private static <K> @Nullable Set<K> without(Set<K> keys, K key) {
        keys.remove(key);
        return keys.isEmpty() ? null : keys;
    }
}
