package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.BudgetMember;
import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheStatistics;
import io.patinox.memory.cache.MissRatioCurve;

/// A cache as a member of a budget.
///
/// @param cache the cache, bounded by bytes
public record CacheMember(Cache<?, ?> cache) implements BudgetMember {

    @Override
    public String name() {
        return cache.name();
    }

    @Override
    public MissRatioCurve curve() {
        return cache.missRatioCurve();
    }

    @Override
    public long reads() {
        CacheStatistics figures = cache.statistics();
        return figures.hits() + figures.misses();
    }

    @Override
    public long entries() {
        return cache.size();
    }

    @Override
    public long usedBytes() {
        return cache.statistics().bytes();
    }

    @Override
    public void maxBytes(long maxBytes) {
        cache.resize(cache.bounds().withMaxBytes(maxBytes));
    }
}
