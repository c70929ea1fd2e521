package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.internal.StripedCounter;
import org.jspecify.annotations.Nullable;

/// How a cache is read: the hit path, and what is beside it.
@SuppressWarnings("ReferenceEquality") // entries and keys are the same or different ones
abstract class Reads<K, V> extends Residents<K, V> {
    /*
     * A hit reads the bin, the hash and the key of the entry, its value, and its deadline and the
     * clock's copy if entries end by time. It adds one to a counter in the entry, by plain
     * accesses: that counter is at once what the policy judges by and what statistics add up. No
     * lock, no compare-and-set, no buffer, no allocation. Everything that is not a plain hit is in
     * methods of its own, so that the path stays small enough to be inlined.
     */

    // an end that moves by less is not moved: a hot entry is then written once in a while only
    static final long TICK_NANOS = 1_000_000;

    // how many entries a cache is thought to hold as long as its bounds don't say so
    private static final long ROOM_UNKNOWN = 1_024;
    private static final long FEW = 16;

    final boolean everyHit;
    private final boolean endsMove;
    private final boolean watched;
    final StripedCounter misses = new StripedCounter();
    private final boolean counting;
    final @Nullable CurveSampler sampler;
    private volatile boolean closed;

    Reads(Parts<K, V> parts) {
        super(parts);
        this.everyHit = settings.policy().everyHit();
        this.endsMove = lifetimes.byReads();
        this.sampler = settings.curve() ? new CurveSampler(roomForEntries()) : null;
        this.watched = everyHit || endsMove || watchesHits() || sampler != null;
        this.counting = settings.statistics();
    }

    /// {@return whether [#afterHit] is to be called}
    boolean watchesHits() {
        return false;
    }

    /// Is called at each hit if [#watchesHits()] says so.
    void afterHit(Entry<K, V> entry, V value) {}

    public final @Nullable V getIfPresent(K key) {
        int hash = Hashing.spread(key.hashCode(), seed);
        Entry<K, V>[] table = bins;
        Entry<K, V> entry = head(table, hash & (table.length - 1));
        while (entry != null) {
            if (entry.hash == hash && (entry.key == key || key.equals(entry.key))) {
                V value = entry.settledValue();
                if (value == null || (timed && entry.deadline() - clock.nanos() <= 0)) {
                    break;
                }
                int hits = entry.hits;
                if (hits < 0 || watched) {
                    watchedHit(entry, value);
                } else {
                    entry.hits = hits + 1;
                }
                return value;
            }
            entry = entry.next;
        }
        return readAgain(key, hash);
    }

    /// Reads a key that the hit path has not found: it may be in a crowd, or on its way to a larger
    /// table, or have a function at work on it; or it is not there.
    private @Nullable V readAgain(K key, int hash) {
        Entry<K, V> entry = find(key, hash);
        if (entry != null) {
            V value = present(entry);
            if (value != null) {
                watchedHit(entry, value);
                return value;
            }
        }
        missed(key, hash);
        return null;
    }

    final void missed(K key, int hash) {
        checkOpen();
        sample(hash);
        if (counting) {
            misses.increment();
        }
    }

    /// {@return the value of an entry as a reader sees it; null if it has none any more}
    final @Nullable V present(Entry<K, V> entry) {
        V value = entry.settledValue();
        if (value == null) {
            value = unsettledValue(entry);
        }
        return value != null && expired(entry, clock.nanos()) ? null : value;
    }

    private @Nullable V unsettledValue(Entry<K, V> entry) {
        Shard<K, V> shard = shard(entry.hash);
        shard.lock();
        try {
            V value = entry.settledValue();
            if (value != null) {
                return value;
            }
            Flight<K, V> flight = shard.flight(entry.key);
            return flight != null && flight.entry == entry ? flight.old : null;
        } finally {
            shard.unlock();
        }
    }

    private void sample(int hash) {
        if (sampler != null && sampler.samples(hash)) {
            sampler.access(hash);
        }
    }

    /// {@return about how many entries the cache holds when it is full}
    final long roomForEntries() {
        long entries = capacity.entries();
        CacheBounds bounds = capacity.bounds();
        long room = bounds.maxEntries() == 0 ? Long.MAX_VALUE : bounds.maxEntries();
        room = Math.min(room, scaled(entries, capacity.weight(), bounds.maxWeight()));
        room = Math.min(room, scaled(entries, capacity.bytes(), bounds.maxBytes()));
        return room == Long.MAX_VALUE ? Math.max(ROOM_UNKNOWN, entries) : room;
    }

    private static long scaled(long entries, long used, long most) {
        return most == 0 || used <= 0 || entries < FEW
                ? Long.MAX_VALUE
                : Math.max(1, (long) ((double) most / used * entries));
    }

    private void watchedHit(Entry<K, V> entry, V value) {
        sample(entry.hash);
        if (entry.hits < 0) {
            entry.countSampled();
        } else {
            entry.hits++;
        }
        if (endsMove) {
            TimedEntry<K, V> timedEntry = (TimedEntry<K, V>) entry;
            if (lifetimes.read(timedEntry, value, clock.nanos(), TICK_NANOS)) {
                reschedule(timedEntry);
            }
        }
        if (everyHit || entry.hits < 0) {
            tellOrder(entry);
        }
        if (watchesHits()) {
            afterHit(entry, value);
        }
    }

    private void reschedule(TimedEntry<K, V> entry) {
        Shard<K, V> shard = shard(entry.hash);
        shard.lock();
        try {
            if (find(entry.key, entry.hash) == entry) {
                shard.schedule(entry);
            }
        } finally {
            shard.unlock();
        }
    }

    /// Tells the order of a hit. A hit that was only sampled may be left out; one of an order that
    /// asks for every hit may not. Sampled hits of one entry in a row are told once, and a certain
    /// number for each entry that comes in: the order learns nothing from the others, and they are
    /// most of the hits of a very hot key, and of a cache that has all it is asked for.
    private void tellOrder(Entry<K, V> entry) {
        Shard<K, V> shard = shard(entry.hash);
        if (everyHit) {
            shard.lock();
        } else if (!shard.tells(entry) || !shard.tryLock()) {
            return;
        }
        try {
            // an entry with a value is in the cache; one without may have a function at work on it
            boolean here = entry.settledValue() != null || find(entry.key, entry.hash) == entry;
            if (!everyHit && !shard.tellingsLeft()) {
                if (sampler == null) {
                    shard.mute(entry);
                }
            } else if (here && !pinned(entry)) {
                shard.told(entry);
                shard.order.hit(entry);
            }
        } finally {
            shard.unlock();
        }
    }

    public final @Nullable V peek(K key) {
        Entry<K, V> entry = find(key, Hashing.spread(key.hashCode(), seed));
        return entry == null ? null : present(entry);
    }

    /// Throws if the cache is closed.
    final void checkOpen() {
        if (closed) {
            throw new CacheClosedException(settings.name());
        }
    }

    /// Lets nobody in any more.
    final void shut() {
        closed = true;
    }

    final boolean closed() {
        return closed;
    }
}
