package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheBounds;
import org.jspecify.annotations.Nullable;

/// Puts entries of a snapshot into a cache, with what is known of them: how popular they were, how
/// long they may still live, how old they are. Never in place of what is there, and never at the
/// cost of another entry.
///
/// *Threads.* Safe for any threads.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public final class Restore<K, V> {

    private final Cache<K, V> cache;
    private final @Nullable BoundedCache<K, V> bounded;

    private Restore(Cache<K, V> cache) {
        this.cache = cache;
        this.bounded = cache instanceof BoundedCache<K, V> b ? b : null;
    }

    /// Prepares to restore.
    ///
    /// @param cache the cache
    /// @param <K> the type of the keys
    /// @param <V> the type of the values
    /// @return what entries can be given to
    public static <K, V> Restore<K, V> into(Cache<K, V> cache) {
        return new Restore<>(cache);
    }

    /// Refuses a cache that is closed, as far as that can be known.
    ///
    /// @throws io.patinox.memory.error.CacheClosedException if it is closed
    public void checkOpen() {
        if (bounded != null) {
            bounded.checkOpen();
        }
    }

    /// Tells whether the cache can take another entry without giving one up.
    ///
    /// @return whether there is room
    public boolean hasRoom() {
        CacheBounds bounds = cache.bounds();
        if (bounds.maxEntries() > 0 && cache.size() >= bounds.maxEntries()) {
            return false;
        }
        if (bounded == null) {
            return true;
        }
        return below(bounded.capacity.weight(), bounds.maxWeight())
                && below(bounded.capacity.bytes(), bounds.maxBytes());
    }

    private static boolean below(long present, long most) {
        return most == 0 || present < most;
    }

    /// Tells whether the policy goes by the order of hits, so that it must be told of the hottest
    /// entry last.
    ///
    /// @return whether [#touch] does anything
    public boolean ordered() {
        return bounded != null && bounded.settings.policy().everyHit();
    }

    /// Puts an entry in, if its key is not there.
    ///
    /// @param key its key
    /// @param value its value
    /// @param hits how often it was hit since its policy last looked
    /// @param remainingNanos how long it may still live; -1 for what a new entry may
    /// @param ageNanos how old it is; -1 if that isn't known
    /// @return whether it was put in
    public boolean put(K key, V value, int hits, long remainingNanos, long ageNanos) {
        if (bounded == null) {
            return cache.asMap().putIfAbsent(key, value) == null;
        }
        return put(bounded, key, value, hits, remainingNanos, ageNanos);
    }

    private static <K, V> boolean put(
            BoundedCache<K, V> cache, K key, V value, int hits, long remaining, long age) {
        cache.checkOpen();
        int hash = cache.hashOf(key);
        Facts facts = cache.lifetimes.facts(key, value, null, null, cache.clock.nanos());
        Shard<K, V> shard = cache.lock(hash);
        boolean relieve;
        try {
            long now = cache.clock.nanos();
            if (shard.flight(key) != null
                    || cache.presentOrRemoved(shard, key, hash, now) != null) {
                return false;
            }
            cache.insert(shard, key, hash, value, facts, now);
            Entry<K, V> entry = cache.find(key, hash);
            if (entry == null) {
                return false;
            }
            // the policy sees the hits, and statistics don't: nobody has read this cache
            for (int i = Math.min(hits, Short.MAX_VALUE); i > 0; i--) {
                entry.touch();
            }
            if (cache.timed && remaining >= 0) {
                endEarlier(shard, (TimedEntry<K, V>) entry, now + remaining);
            }
            if (age >= 0 && entry instanceof FullEntry<K, V> full) {
                full.writtenAt = now - age;
            }
            relieve = cache.fit(shard);
        } finally {
            cache.unlock(shard);
        }
        cache.afterWrite(relieve);
        return true;
    }

    private static <K, V> void endEarlier(
            Shard<K, V> shard, TimedEntry<K, V> entry, long deadline) {
        if (deadline - entry.deadline() >= 0) {
            return;
        }
        if (entry instanceof FullEntry<K, V> full && deadline - full.hardDeadline < 0) {
            full.hardDeadline = deadline;
        }
        entry.deadline = deadline;
        shard.schedule(entry);
    }

    /// Tells the policy of a hit, if it goes by the order of hits.
    ///
    /// @param key the key that is to be hotter than all before it
    @SuppressWarnings("ReferenceEquality") // null or the one that was found
    public void touch(K key) {
        BoundedCache<K, V> to = bounded;
        if (to == null || !ordered()) {
            return;
        }
        int hash = to.hashOf(key);
        Shard<K, V> shard = to.lock(hash);
        try {
            Entry<K, V> entry = to.find(key, hash);
            if (entry != null && !to.pinned(entry)) {
                shard.order.hit(entry);
            }
        } finally {
            to.unlock(shard);
        }
    }
}
