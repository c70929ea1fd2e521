package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheBounds;
import java.util.concurrent.atomic.AtomicLong;

/// How much is in a cache, and how much may be. One account for all shards, so that what one shard
/// does not need another can use.
final class Capacity {

    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile CacheBounds bounds;
    private volatile long maxEntries;
    private volatile long maxWeight;
    private volatile long maxBytes;

    Capacity(CacheBounds bounds) {
        this.bounds = bounds;
        set(bounds);
    }

    final void set(CacheBounds fresh) {
        bounds = fresh;
        maxEntries = limit(fresh.maxEntries());
        maxWeight = limit(fresh.maxWeight());
        maxBytes = limit(fresh.maxBytes());
    }

    private static long limit(long bound) {
        return bound == 0 ? Long.MAX_VALUE : bound;
    }

    CacheBounds bounds() {
        return bounds;
    }

    /// {@return whether there would be too much if a shard's changes were added}
    boolean exceeded(Shard<?, ?> shard) {
        return entries.get() + shard.entriesChange > maxEntries
                || (maxWeight != Long.MAX_VALUE && weight.get() + shard.weightChange > maxWeight)
                || (maxBytes != Long.MAX_VALUE && bytes.get() + shard.bytesChange > maxBytes);
    }

    boolean exceeded() {
        return entries.get() > maxEntries || weight.get() > maxWeight || bytes.get() > maxBytes;
    }

    /// {@return whether an entry is more than the whole cache may hold}
    boolean tooLarge(long itsWeight, long itsBytes) {
        return itsWeight > maxWeight || itsBytes > maxBytes;
    }

    /// Adds a shard's changes.
    ///
    /// @return whether there was anything to add
    boolean settle(Shard<?, ?> shard) {
        boolean grown = false;
        if (shard.entriesChange != 0) {
            entries.addAndGet(shard.entriesChange);
            grown |= shard.entriesChange > 0;
            shard.entriesChange = 0;
        }
        if (shard.weightChange != 0) {
            weight.addAndGet(shard.weightChange);
            grown |= shard.weightChange > 0;
            shard.weightChange = 0;
        }
        if (shard.bytesChange != 0) {
            bytes.addAndGet(shard.bytesChange);
            grown |= shard.bytesChange > 0;
            shard.bytesChange = 0;
        }
        return grown;
    }

    long entries() {
        return entries.get();
    }

    long weight() {
        return weight.get();
    }

    long bytes() {
        return bytes.get();
    }

    /// {@return the bound that policies work by: of the weight, else of the bytes, else of the
    /// entries; without any, the largest number}
    long unit() {
        return maxWeight != Long.MAX_VALUE
                ? maxWeight
                : maxBytes != Long.MAX_VALUE ? maxBytes : maxEntries;
    }
}
