package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.PolicyNode;
import io.patinox.memory.cache.RemovalCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How entries come into a cache and leave it: every way in and out ends in one of these methods,
/// which keep table, policy, wheel, counts and listeners in step. All of them need the shard's
/// lock, except [#relieve()].
@SuppressWarnings("ReferenceEquality") // entries and keys are the same or different ones
abstract class Residents<K, V> extends Bins<K, V> {
    /*
     * Invariants, when the lock of a shard is free:
     * 1. An entry is in the table if and only if it is counted in `entries`; it is known to the
     *    order if and only if it is in the table and not pinned; and it is on the wheel if and only
     *    if it is in the table and ends by time.
     * 2. An entry in the table is settled (has a value), or it is the `entry` of the flight that is
     *    registered for its key. One that is not in the table has no value.
     * 3. What is in the cache is within its bounds, unless everything is pinned, or a thread is
     *    between letting go of the lock and the end of relieve().
     */

    // a shard gives up its own entries unless it has less than its share by more than an eighth
    private static final int SLACK = 8;
    // how often in a row an order may name an entry that isn't there, before another is taken
    private static final int TRUST = 8;
    // how many evictions of a shard are told of at once
    private static final int EVICTIONS_A_LOOK = 1_024;

    final CacheSettings<K, V> settings;
    final Capacity capacity;
    final CacheClock clock;
    final CacheReports reports;
    final Troubles troubles;
    final Lifetimes<K, V> lifetimes;
    final Departures<K, V> departures;
    private final boolean byWeight;
    private final boolean byBytes;
    final boolean full;
    final boolean timed;
    final @Nullable TagIndex<K> tags;

    Residents(Parts<K, V> parts) {
        super(parts.shards(), parts.settings().initialCapacity());
        this.settings = parts.settings();
        this.reports = parts.reports();
        this.troubles = parts.troubles();
        this.capacity = new Capacity(settings.bounds());
        this.clock = parts.clock();
        this.departures = parts.departures();
        this.byWeight = settings.weigher() != null;
        this.byBytes = settings.valueSizer() != null;
        this.full = settings.full();
        this.timed = settings.timed();
        this.tags = settings.taggable() ? new TagIndex<>() : null;
        this.lifetimes = new Lifetimes<>(settings);
    }

    final boolean expired(Entry<K, V> entry, long now) {
        return timed && entry.deadline() - now <= 0;
    }

    /// Puts a new entry in, whose key is not there.
    final void insert(
            Shard<K, V> shard, K key, int hash, V value, @Nullable Facts facts, long now) {
        if (facts != null && capacity.tooLarge(facts.weight(), facts.bytes())) {
            shard.count(RemovalCause.SIZE);
            departures.entered(key, value);
            departures.left(key, value, RemovalCause.SIZE);
            return;
        }
        departures.entered(key, value);
        Entry<K, V> entry = lifetimes.newEntry(key, hash, value, facts, now);
        if (facts != null && entry instanceof FullEntry<K, V> fullEntry) {
            fullEntry.weight(facts.charge(byWeight, byBytes));
            fullEntry.bytes(facts.bytes());
        }
        if (shard.order.samples(hash)) {
            entry.sample();
        }
        Entry<K, V> surplus = add(entry);
        shard.entries++;
        shard.entriesChange++;
        charge(shard, entry, 1);
        if (!pinned(entry)) {
            shard.order.added(entry);
            shard.taughtByMiss();
        }
        if (timed) {
            shard.schedule((TimedEntry<K, V>) entry);
        }
        retag(entry, Set.of(), tagsOf(entry));
        if (surplus != null) {
            remove(shard, surplus, RemovalCause.COLLISION);
        }
    }

    /// Notes what is new about an entry whose value was replaced.
    final void refit(Shard<K, V> shard, Entry<K, V> entry, @Nullable Facts facts, long now) {
        if (facts == null || !(entry instanceof FullEntry<K, V> fullEntry)) {
            return;
        }
        retag(entry, fullEntry.tags, facts.tags());
        fullEntry.tags = facts.tags();
        boolean wasPinned = pinned(entry);
        long oldWeight = entry.weight();
        charge(shard, entry, -1);
        fullEntry.weight(facts.charge(byWeight, byBytes));
        fullEntry.bytes(facts.bytes());
        fullEntry.cost(facts.cost());
        fullEntry.pinned = facts.pinned();
        charge(shard, entry, 1);
        boolean isPinned = pinned(entry);
        if (wasPinned && !isPinned) {
            // what the order noted when it last knew the entry says nothing any more
            entry.mark((short) 0);
            shard.order.added(entry);
        } else if (!wasPinned && isPinned) {
            long fresh = fullEntry.weight();
            // the order's queues take off what they have counted
            fullEntry.weight(oldWeight);
            shard.order.removed(entry);
            fullEntry.weight(fresh);
        } else if (!isPinned) {
            shard.order.updated(entry, oldWeight);
        }
    }

    private static Set<String> tagsOf(Entry<?, ?> entry) {
        return entry instanceof FullEntry<?, ?> fullEntry ? fullEntry.tags : Set.of();
    }

    private void retag(Entry<K, V> entry, Set<String> before, Set<String> after) {
        if (tags != null) {
            tags.changed(entry.key, before, after);
        }
    }

    private void charge(Shard<K, V> shard, Entry<K, V> entry, int sign) {
        long weight = entry.weight();
        if (byWeight) {
            shard.weightChange += sign * weight;
        }
        shard.bytesChange += sign * entry.bytes();
    }

    final boolean pinned(Entry<K, V> entry) {
        return full && (entry.weight() == 0 || ((FullEntry<K, V>) entry).pinned);
    }

    /// Takes an entry out, settled or in flight, that the order still knows.
    final void remove(Shard<K, V> shard, Entry<K, V> entry, RemovalCause cause) {
        if (!pinned(entry)) {
            shard.order.removed(entry);
        }
        leave(shard, entry, cause);
    }

    private void leave(Shard<K, V> shard, Entry<K, V> entry, RemovalCause cause) {
        V value = entry.unsettle();
        if (value == null) {
            Flight<K, V> flight = shard.flight(entry.key);
            if (flight != null && flight.entry == entry) {
                flight.entry = null;
                value = flight.old;
            }
        }
        gone(shard, entry, value, cause);
    }

    /// Takes out an entry that has no value any more, and that the order still knows.
    final void forget(Shard<K, V> shard, Entry<K, V> entry, @Nullable V value, RemovalCause cause) {
        if (!pinned(entry)) {
            shard.order.removed(entry);
        }
        gone(shard, entry, value, cause);
    }

    /// Takes out an entry that has no value any more, with the value it had.
    private void gone(Shard<K, V> shard, Entry<K, V> entry, @Nullable V value, RemovalCause cause) {
        unlink(entry);
        if (timed) {
            shard.cancel((TimedEntry<K, V>) entry);
        }
        shard.entries--;
        shard.entriesChange--;
        shard.goneHits += entry.allHits();
        if (shard.lastTold == entry) {
            shard.lastTold = null;
        }
        charge(shard, entry, -1);
        retag(entry, tagsOf(entry), Set.of());
        shard.count(cause);
        if (cause == RemovalCause.SIZE && shard.removals(cause) % EVICTIONS_A_LOOK == 0) {
            reports.evicted(EVICTIONS_A_LOOK, capacity.entries());
        }
        if (value != null) {
            departures.left(entry.key, value, cause);
        }
    }

    /// Evicts what is too much, and tells the capacity of the shard's changes. To be called at the
    /// end of every operation that puts anything in.
    ///
    /// @return whether [#relieve()] must be called when the lock is free
    final boolean fit(Shard<K, V> shard) {
        do {
            while (capacity.exceeded(shard)) {
                if (belowItsShare(shard) || !evictOne(shard)) {
                    capacity.settle(shard);
                    return shards.length > 1;
                }
            }
        } while (capacity.settle(shard));
        return false;
    }

    // by entries, not by weight: a huge entry then takes room from all shards, and not at once from
    // itself, being all that its own has
    private boolean belowItsShare(Shard<K, V> shard) {
        return shard.entries * shards.length * SLACK <= capacity.entries() * (SLACK - 1);
    }

    private boolean evictOne(Shard<K, V> shard) {
        for (int n = 0; n < TRUST; n++) {
            PolicyNode node = shard.order.evict();
            if (node == null) {
                break;
            }
            @SuppressWarnings("unchecked") // the order knows no other nodes
            Entry<K, V> entry = (Entry<K, V>) node;
            // an order that returns what it was told has left is asked again
            if (find(entry.key, entry.hash) == entry) {
                leave(shard, entry, RemovalCause.SIZE);
                return true;
            }
        }
        Entry<K, V> any = anyEntry(shard);
        if (any == null) {
            return false;
        }
        remove(shard, any, RemovalCause.SIZE);
        return true;
    }

    /// Finds an entry that may go, for when the order knows none though there are some.
    private @Nullable Entry<K, V> anyEntry(Shard<K, V> shard) {
        if (shard.entries == 0) {
            return null;
        }
        int own = indexOf(shard);
        int length = bins.length;
        int step = shards.length;
        int start = ThreadLocalRandom.current().nextInt(length / step);
        List<Entry<K, V>> found = new ArrayList<>();
        for (int n = 0; n < length / step; n++) {
            int index = own + ((start + n) % (length / step)) * step;
            collectLocked(index, length, found);
            for (Entry<K, V> entry : found) {
                if (!pinned(entry)) {
                    return entry;
                }
            }
            found.clear();
        }
        return null;
    }

    private int indexOf(Shard<K, V> shard) {
        int index = 0;
        while (shards[index] != shard) {
            index++;
        }
        return index;
    }

    /// Evicts from the fullest shards until the cache is within its bounds. Not under any lock.
    final void relieve() {
        int fruitless = 0;
        while (capacity.exceeded() && fruitless < shards.length) {
            Shard<K, V> fullest = shards[fruitless];
            for (Shard<K, V> shard : shards) {
                if (fruitless == 0 && shard.entries > fullest.entries) {
                    fullest = shard;
                }
            }
            fruitless = relieve(fullest) ? 0 : fruitless + 1;
        }
    }

    private boolean relieve(Shard<K, V> shard) {
        shard.lock();
        try {
            boolean fruitful = false;
            // no more than makes it as full as the others
            do {
                if (!evictOne(shard)) {
                    break;
                }
                fruitful = true;
            } while (capacity.exceeded(shard)
                    && shard.entries * shards.length >= capacity.entries() + shard.entriesChange);
            capacity.settle(shard);
            return fruitful;
        } finally {
            shard.unlock();
        }
    }
}
