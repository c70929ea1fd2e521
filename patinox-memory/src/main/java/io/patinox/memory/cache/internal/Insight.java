package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheAdvice;
import io.patinox.memory.cache.CacheAdvisor;
import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.cache.CacheEntry;
import io.patinox.memory.cache.CacheStatistics;
import io.patinox.memory.cache.MissRatioCurve;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a cache tells of itself.
final class Insight<K, V> {

    private final BoundedCache<K, V> cache;
    private final RecentRatio lately = new RecentRatio();

    Insight(BoundedCache<K, V> cache) {
        this.cache = cache;
    }

    @Nullable CacheEntry<K, V> entry(K key) {
        Entry<K, V> entry = cache.find(key, cache.hashOf(key));
        return entry == null ? null : shown(entry);
    }

    private @Nullable CacheEntry<K, V> shown(Entry<K, V> entry) {
        V value = cache.present(entry);
        if (value == null) {
            return null;
        }
        long now = cache.clock.nanos();
        Duration age = null;
        Set<String> tags = Set.of();
        if (entry instanceof FullEntry<K, V> full) {
            age = cache.settings.recordTimes() ? Duration.ofNanos(now - full.writtenAt) : null;
            tags = full.tags;
        }
        return new CacheEntry<>(
                entry.key,
                value,
                entry.weight(),
                entry.bytes(),
                entry.hits(),
                age,
                cache.lifetimes.remaining(entry, now),
                tags);
    }

    List<CacheEntry<K, V>> ranked(int limit, boolean hottest) {
        Options.inRange("limit", limit, 1, Integer.MAX_VALUE);
        record Ranked<K, V>(long rank, CacheEntry<K, V> entry) {}
        List<Ranked<K, V>> all = new ArrayList<>();
        int shards = cache.shards.length;
        for (int s = 0; s < shards; s++) {
            Shard<K, V> shard = cache.shards[s];
            List<Entry<K, V>> entries = new ArrayList<>();
            List<Long> ranks = new ArrayList<>();
            shard.lock();
            try {
                cache.collectLocked(s, shards, entries);
                for (Entry<K, V> entry : entries) {
                    boolean pinned = cache.pinned(entry);
                    ranks.add(pinned ? Long.MAX_VALUE : shard.order.rank(entry));
                }
            } finally {
                shard.unlock();
            }
            for (int i = 0; i < entries.size(); i++) {
                CacheEntry<K, V> shown = shown(entries.get(i));
                if (shown != null) {
                    all.add(new Ranked<>(ranks.get(i), shown));
                }
            }
        }
        Comparator<Ranked<K, V>> byRank = Comparator.comparingLong(Ranked::rank);
        return all.stream()
                .sorted(hottest ? byRank.reversed() : byRank)
                .limit(limit)
                .map(Ranked::entry)
                .toList();
    }

    CacheStatistics statistics() {
        long hits = 0;
        Map<RemovalCause, Long> removals = new EnumMap<>(RemovalCause.class);
        int shards = cache.shards.length;
        for (int s = 0; s < shards; s++) {
            Shard<K, V> shard = cache.shards[s];
            shard.lock();
            try {
                hits += shard.goneHits;
                for (RemovalCause cause : RemovalCause.values()) {
                    removals.merge(cause, shard.removals(cause), Long::sum);
                }
                List<Entry<K, V>> entries = new ArrayList<>();
                cache.collectLocked(s, shards, entries);
                for (Entry<K, V> entry : entries) {
                    hits += entry.allHits();
                }
            } finally {
                shard.unlock();
            }
        }
        boolean weighed = cache.settings.weigher() != null;
        return new CacheStatistics(
                hits,
                cache.misses.sum(),
                cache.figures.loads.sum(),
                cache.figures.failures.sum(),
                Duration.ofNanos(cache.figures.times.snapshot().sum()),
                removals,
                cache.capacity.entries(),
                weighed ? cache.capacity.weight() : cache.capacity.entries(),
                cache.capacity.bytes());
    }

    MetricsSnapshot metrics() {
        CacheStatistics figures = statistics();
        CacheBounds bounds = cache.capacity.bounds();
        MetricsSnapshot.Builder snapshot =
                MetricsSnapshot.builder(cache.component(), cache.name())
                        .counter("cache.hits", figures.hits())
                        .counter("cache.misses", figures.misses())
                        .counter("cache.loads", figures.loads())
                        .counter("cache.loads.failed", figures.loadFailures())
                        .counter("cache.loads.joined", cache.figures.joined.sum())
                        .counter("cache.refreshes", cache.figures.refreshes.sum())
                        .counter("cache.refreshes.failed", cache.figures.refreshFailures.sum())
                        .counter("cache.stale.served", cache.figures.staleServed.sum())
                        .counter("cache.absence.hits", cache.figures.absenceHits.sum())
                        .histogram("cache.load.time", cache.figures.times.snapshot());
        for (RemovalCause cause : RemovalCause.values()) {
            snapshot.counter(
                    "cache.removals." + cause.name().toLowerCase(Locale.ROOT),
                    figures.removals().getOrDefault(cause, 0L));
        }
        return snapshot.gauge("cache.entries", figures.entries())
                .gauge("cache.weight", figures.weight())
                .gauge("cache.bytes", figures.bytes())
                .gauge("cache.entries.max", bounds.maxEntries())
                .gauge("cache.weight.max", bounds.maxWeight())
                .gauge("cache.bytes.max", bounds.maxBytes())
                .gauge("cache.removals.waiting", cache.departures.waiting())
                .counter("cache.callback.failed", cache.reports.callbackFailures())
                .build();
    }

    MissRatioCurve curve() {
        return sampler().curve().anchored(cache.roomForEntries(), hitRatio());
    }

    CacheAdvice advice() {
        return CacheAdvisor.advise(sampler().curve(), cache.roomForEntries(), hitRatio());
    }

    private CurveSampler sampler() {
        CurveSampler sampler = cache.sampler;
        if (sampler == null) {
            throw new InvalidOptionException(
                    "missRatioCurve",
                    false,
                    "true to ask for other sizes",
                    "build the cache with missRatioCurve(true)");
        }
        return sampler;
    }

    // of late: each time it is asked for, what was before counts half
    private double hitRatio() {
        CacheStatistics figures = statistics();
        synchronized (lately) {
            return lately.ratio(figures.hits(), figures.hits() + figures.misses());
        }
    }

    Health health() {
        if (!cache.closed()) {
            cache.reports.observe(cache.capacity.entries());
        }
        return cache.reports.health(cache.closed());
    }
}
