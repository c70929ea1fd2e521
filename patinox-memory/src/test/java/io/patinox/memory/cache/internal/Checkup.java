package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.CacheBounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The universal check of a cache at rest: table, policy, wheel and counts agree.
final class Checkup {

    private Checkup() {}

    static <K, V> void of(BoundedCache<K, V> cache, KnowingPolicy policy) {
        long entries = 0;
        long bytes = 0;
        long weight = 0;
        Set<K> keys = new HashSet<>();
        for (int s = 0; s < cache.shards.length; s++) {
            Shard<K, V> shard = cache.shards[s];
            List<Entry<K, V>> found = new ArrayList<>();
            shard.lock();
            try {
                cache.collectLocked(s, cache.shards.length, found);
                assertThat(shard.flights()).as("functions at work").isEmpty();
                assertThat(shard.entries).as("counted in shard %s", s).isEqualTo(found.size());
                assertThat(shard.entriesChange).isZero();
                assertThat(shard.weightChange).isZero();
                assertThat(shard.bytesChange).isZero();
                int known = 0;
                for (Entry<K, V> entry : found) {
                    assertThat(entry.settledValue()).as("value of %s", entry.key).isNotNull();
                    assertThat(keys.add(entry.key)).as("%s is there once", entry.key).isTrue();
                    assertThat(cache.find(entry.key, entry.hash)).isSameAs(entry);
                    assertThat(cache.shard(entry.hash)).isSameAs(shard);
                    weight += entry.weight();
                    bytes += entry.bytes();
                    if (!cache.pinned(entry) && !policy.orders.isEmpty()) {
                        known++;
                        assertThat(policy.orders.get(s).known.contains(entry)).isTrue();
                    }
                    if (cache.timed) {
                        assertThat(((TimedEntry<K, V>) entry).timerAfter()).isNotNull();
                    }
                }
                // a cache without bounds asks no policy
                if (!policy.orders.isEmpty()) {
                    assertThat(policy.orders.get(s).known).hasSize(known);
                    assertThat(policy.orders.get(s).wrong).as("wrong calls").isZero();
                }
            } finally {
                shard.unlock();
            }
            entries += found.size();
        }
        bounds(cache, entries, weight, bytes);
    }

    private static void bounds(BoundedCache<?, ?> cache, long entries, long weight, long bytes) {
        CacheBounds bounds = cache.bounds();
        assertThat(cache.size()).isEqualTo(entries);
        assertThat(cache.capacity.bytes()).isEqualTo(bytes);
        if (bounds.maxWeight() > 0) {
            assertThat(cache.capacity.weight()).isEqualTo(weight);
        }
        assertThat(cache.capacity.exceeded()).as("beyond its bounds").isFalse();
    }
}
