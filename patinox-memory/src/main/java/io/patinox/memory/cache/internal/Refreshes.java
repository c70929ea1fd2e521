package io.patinox.memory.cache.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What is made anew while the old value is served: one at a time for a value.
@SuppressWarnings("ReferenceEquality") // entries and values are the same or different ones
final class Refreshes<K, V> {
    /*
     * A refresh is a flight that is not registered for its key: nobody waits for it who does not
     * want to, and everything goes on as if it were not there. It knows the entry and the value
     * that it started from. If the entry has another value when it lands, or is gone, it came too
     * late and brings its value only to those who asked for it.
     */

    private final Loads<K, V> cache;
    private final ConcurrentMap<K, Flight<K, V>> running = new ConcurrentHashMap<>();

    Refreshes(Loads<K, V> cache) {
        this.cache = cache;
    }

    /// Looks at an entry that was hit when its time had come, or might have.
    void attend(LoadedEntry<K, V> entry, long now) {
        if (now - entry.freshUntil >= 0 && cache.counted) {
            cache.figures.staleServed.increment();
        }
        double beta = cache.loading.earlyRefresh();
        double lot = beta == 0 ? 0 : ThreadLocalRandom.current().nextDouble();
        if (entry.due(now, beta, lot)) {
            renew(entry);
        }
    }

    /// Has an entry made anew, unless that is under way. Not under a lock.
    void renew(LoadedEntry<K, V> entry) {
        if (running(entry.key) || cache.closed()) {
            return;
        }
        List<Flight<K, V>> fresh = new ArrayList<>(1);
        takeOff(entry.key, fresh);
        if (!fresh.isEmpty() && cache.loading.loader() != null) {
            cache.runs.start(fresh, Bulk.reloadAll(cache.loading.loader()));
        }
    }

    boolean running(K key) {
        return running.containsKey(key);
    }

    /// Announces that the value of a key is made anew, or finds who does that.
    ///
    /// @param fresh is given the flight if there was none
    /// @return the flight; null if the key has no value that could be served meanwhile
    @Nullable Flight<K, V> takeOff(K key, List<Flight<K, V>> fresh) {
        int hash = cache.hashOf(key);
        Shard<K, V> shard = cache.lock(hash);
        try {
            Entry<K, V> entry = cache.find(key, hash);
            V value = entry == null ? null : entry.settledValue();
            if (entry == null || value == null || cache.expired(entry, cache.clock.nanos())) {
                return null;
            }
            int writes = entry instanceof LoadedEntry<K, V> loaded ? loaded.writes : 0;
            Flight<K, V> known = running.get(key);
            if (known != null
                    && known.entry == entry
                    && known.old == value
                    && known.writes == writes) {
                return known;
            }
            Flight<K, V> flight = new Flight<>(key, hash, Flight.Kind.REFRESH, entry, value);
            flight.writes = writes;
            running.put(key, flight);
            fresh.add(flight);
            return flight;
        } finally {
            cache.unlock(shard);
        }
    }

    /// Ends a flight. Under the lock of its shard.
    void end(Flight<K, V> flight) {
        running.remove(flight.key, flight);
    }

    void forgetAbsence(K key) {
        int hash = cache.hashOf(key);
        Shard<K, V> shard = cache.lock(hash);
        try {
            shard.forgetAbsence(key);
        } finally {
            cache.unlock(shard);
        }
    }

    /// Ends all flights.
    ///
    /// @param ended is given them
    void close(List<Flight<K, V>> ended) {
        for (Flight<K, V> flight : running.values()) {
            Shard<K, V> shard = cache.shard(flight.hash);
            shard.lock();
            try {
                if (!flight.over) {
                    flight.over = true;
                    ended.add(flight);
                }
                running.remove(flight.key, flight);
            } finally {
                shard.unlock();
            }
        }
    }
}
