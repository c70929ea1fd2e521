package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheRecursiveException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How values that are missing are made, once for a key at a time.
@SuppressWarnings("ReferenceEquality") // an entry is the same or another one
abstract class Loads<K, V> extends Landings<K, V> {
    /*
     * A load is a flight that is registered for its key before its function begins, so whoever
     * wants the key finds it and joins. It is over once: when the first of these takes the lock of
     * the shard and says so in `over`: its value arrives, it fails, its time is over, nobody waits
     * for it any more, the cache is closed. Whatever comes later is dropped, so nothing is counted,
     * stored or told twice. A write or an invalidation does not end it but calls it off: it lands
     * for those who wait, and is not stored.
     */

    /// Makes values, for one flight or several.
    @FunctionalInterface
    interface Work<K, V> {

        /// {@return the values by key}
        Map<K, V> make(List<Flight<K, V>> flights) throws Exception;

        /// {@return whether other keys than asked for may be among the values}
        default boolean generous() {
            return false;
        }
    }

    final Refreshes<K, V> refreshes = new Refreshes<>(this);
    final LoadRuns<K, V> runs;

    Loads(Parts<K, V> parts) {
        super(parts);
        this.runs = new LoadRuns<>(this);
    }

    /// Makes the value of a key that was not there a moment ago, or waits for whoever is making it.
    final @Nullable V load(K key, CacheLoader<K, V> loader) {
        int hash = hashOf(key);
        boolean apart = runs.apart(loader);
        while (true) {
            Takeoff<K, V> takeoff = takeOff(key, hash, apart ? null : Thread.currentThread());
            if (takeoff.value != null) {
                return takeoff.value;
            }
            Flight<K, V> flight = takeoff.flight();
            if (takeoff.mine && apart) {
                runs.depart(flight, loader);
            } else if (takeoff.mine) {
                runs.here(List.of(List.of(flight)), single(loader));
            }
            if (awaited(flight)) {
                return landed(flight);
            }
        }
    }

    static <K, V> Work<K, V> single(CacheLoader<K, V> loader) {
        return flights -> {
            K key = flights.getFirst().key;
            V value = loader.load(key);
            return value == null ? Map.of() : Map.of(key, value);
        };
    }

    @Override
    final void refreshEnded(Flight<K, V> flight) {
        refreshes.end(flight);
    }

    @Override
    final boolean watchesHits() {
        // asked by the constructor above this one
        return settings.loads().keepsTimes();
    }

    @Override
    final void afterHit(Entry<K, V> entry, V value) {
        LoadedEntry<K, V> loaded = (LoadedEntry<K, V>) entry;
        long now = clock.nanos();
        if (now - loaded.attentionAt >= 0) {
            refreshes.attend(loaded, now);
        }
    }

    @Override
    final void renew(LoadedEntry<K, V> entry) {
        refreshes.renew(entry);
    }

    /// What there is to do about a key: nothing, as it has a value; join a flight; or start one.
    static final class Takeoff<K, V> {
        final @Nullable V value;
        private final @Nullable Flight<K, V> flight;
        final boolean mine;

        Takeoff(@Nullable V value, @Nullable Flight<K, V> flight, boolean mine) {
            this.value = value;
            this.flight = flight;
            this.mine = mine;
        }

        Flight<K, V> flight() {
            if (flight == null) {
                throw new IllegalStateException("there is a value");
            }
            return flight;
        }
    }

    /// Announces the load of a key, unless it has a value or a function is at work on it.
    ///
    /// @param owner who runs the load, null if that is not yet known
    final Takeoff<K, V> takeOff(K key, int hash, @Nullable Thread owner) {
        Shard<K, V> shard = lock(hash);
        try {
            Flight<K, V> flight = shard.flight(key);
            if (flight != null) {
                return join(flight);
            }
            long now = clock.nanos();
            Flight<K, V> known = shard.absences() == null ? null : shard.absences().find(key, now);
            if (known != null) {
                figures.absenceHits.increment();
                return new Takeoff<>(null, known, false);
            }
            LoadedEntry<K, V> stale = stale(key, hash, now);
            Entry<K, V> entry = stale == null ? presentOrRemoved(shard, key, hash, now) : null;
            if (entry != null) {
                return new Takeoff<>(entry.settledValue(), null, false);
            }
            flight = new Flight<>(key, hash, Flight.Kind.LOAD, null, null);
            flight.owner = owner;
            flight.stale = stale;
            flight.waiters = 1;
            shard.begin(flight);
            return new Takeoff<>(null, flight, true);
        } finally {
            unlock(shard);
        }
    }

    /// {@return the load that is under way for a key, joined; null if there is none}
    final @Nullable Flight<K, V> joinLoad(K key, int hash) {
        Shard<K, V> shard = lock(hash);
        try {
            Flight<K, V> flight = shard.flight(key);
            if (flight == null || flight.kind != Flight.Kind.LOAD) {
                return null;
            }
            join(flight);
            return flight;
        } finally {
            unlock(shard);
        }
    }

    private Takeoff<K, V> join(Flight<K, V> flight) {
        if (flight.kind == Flight.Kind.LOAD) {
            flight.waiters++;
            if (counted) {
                figures.joined.increment();
            }
        }
        return new Takeoff<>(null, flight, false);
    }

    /// Finds an entry that is kept for the case that it can't be made anew. Under the lock.
    private @Nullable LoadedEntry<K, V> stale(K key, int hash, long now) {
        return errorNanos > 0
                        && find(key, hash) instanceof LoadedEntry<K, V> entry
                        && expired(entry, now)
                        && entry.freshUntil + errorNanos - now > 0
                ? entry
                : null;
    }

    /// Waits for a flight, however it lands.
    ///
    /// @return whether it was a load that has an outcome; otherwise the key must be looked at again
    final boolean awaited(Flight<K, V> flight) {
        if (flight.kind == Flight.Kind.COMPUTE) {
            Waiting.await(settings.name(), flight);
            return false;
        }
        if (!flight.landing.isDone()) {
            runs.urge(flight);
            try {
                Waiting.await(settings.name(), flight);
            } catch (CacheInterruptedException | CacheRecursiveException e) {
                leave(flight);
                throw e;
            }
        }
        return !flight.abandoned();
    }

    /// Takes back that somebody waits for a load. One that nobody waits for any more is called off
    /// and told to stop, if it runs on no caller.
    final void leave(Flight<K, V> flight) {
        Flight.Stoppable<K, V> run = null;
        Shard<K, V> shard = lockToEnd(flight.hash);
        try {
            flight.waiters--;
            if (flight.waiters == 0 && !flight.over && flight.run != null) {
                run = flight.run;
                flight.over = true;
                shard.end(flight);
            }
        } finally {
            unlock(shard);
        }
        if (run != null) {
            flight.fail(new Flight.AbandonedException());
            run.drop(flight);
        }
    }

    /// Gives a load up that has not begun. Others who wait for it begin anew.
    final void abandon(Flight<K, V> flight) {
        Shard<K, V> shard = lockToEnd(flight.hash);
        try {
            flight.over = true;
            shard.end(flight);
        } finally {
            unlock(shard);
        }
        flight.fail(new Flight.AbandonedException());
    }

    /// Has values made on the calling thread, and lands every flight they are for, however it ends.
    final void perform(List<Flight<K, V>> flights, Work<K, V> work) {
        Thread me = Thread.currentThread();
        flights.forEach(flight -> flight.owner = me);
        boolean held = runs.permits.hold();
        long started = ticker.nanos();
        long share = 0;
        try {
            long[] before = work.generous() ? deletions() : null;
            Map<K, V> values = Objects.requireNonNull(work.make(flights), "values of loadAll");
            share = Math.max(1, (ticker.nanos() - started) / flights.size());
            for (Flight<K, V> flight : flights) {
                arriveOrFail(flight, values.get(flight.key), share);
            }
            if (before != null) {
                storeExtras(flights, values, share, before);
            }
        } catch (Throwable thrown) {
            if (thrown instanceof InterruptedException) {
                me.interrupt();
            }
            flights.forEach(flight -> failForGood(flight, thrown));
        } finally {
            if (counted) {
                figures.times.record(ticker.nanos() - started);
            }
            if (held) {
                runs.permits.release();
            }
        }
    }

    /// {@return what a load that has landed brought, or what it failed with}
    static <K, V> @Nullable V landed(Flight<K, V> flight) {
        Throwable failure = flight.landing.isCompletedExceptionally() ? flight.failure : null;
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return flight.landing.join();
    }

    private long[] deletions() {
        long[] counts = new long[shards.length];
        for (int s = 0; s < shards.length; s++) {
            shards[s].lock();
            counts[s] = shards[s].deletions;
            shards[s].unlock();
        }
        return counts;
    }
}
