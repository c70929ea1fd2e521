package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheLoadException;
import io.patinox.memory.error.CacheRecursiveException;
import io.patinox.memory.internal.Backoff;
import io.patinox.memory.monitor.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How values that are missing are made, once for a key at a time.
@SuppressWarnings("ReferenceEquality") // an entry is the same or another one
abstract class Loads<K, V> extends Writes<K, V> {
    /*
     * A load is a flight that is registered for its key before its function begins, so whoever
     * wants the key finds it and joins. It is over once: when the first of these takes the lock of
     * the shard and says so in `over`: its value arrives, it fails, its time is over, nobody waits
     * for it any more, the cache is closed. Whatever comes later is dropped, so nothing is counted,
     * stored or told twice. A write or an invalidation does not end it but calls it off: it lands
     * for those who wait, and is not stored.
     *
     * Everything the user's functions say of a value is asked before the lock is taken; landing is
     * told after it is free, as that may run code of whoever waits.
     *
     * A load that fails while an old value is kept for that case lands with the old value, whose
     * entry is made visible again for as long as no other attempt is made. So hits in that time
     * are plain hits.
     */

    /// Makes values, for one flight or several.
    @FunctionalInterface
    interface Work<K, V> {

        /// {@return the values by key; other keys than asked for may be among them}
        Map<K, V> make(List<Flight<K, V>> flights) throws Exception;
    }

    private static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final long ABSENCES_BY_DEFAULT = 10_000;
    private static final int FEWEST_ABSENCES = 64;

    final LoadSettings<K, V> loading;
    final LoadFigures figures = new LoadFigures();
    final Refreshes<K, V> refreshes = new Refreshes<>(this);
    final LoadRuns<K, V> runs;
    private final Ticker ticker;
    private final boolean counted;
    private final long errorNanos;

    Loads(Parts<K, V> parts) {
        super(parts);
        this.loading = settings.loads();
        this.runs = new LoadRuns<>(this);
        this.ticker = settings.ticker();
        this.counted = settings.statistics();
        this.errorNanos = Lifetimes.nanos(loading.staleIfError());
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
                runs.here(List.of(flight), single(loader));
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
            long[] before = flights.size() > 1 ? deletions() : null;
            Map<K, V> values = Objects.requireNonNull(work.make(flights), "values of loadAll");
            share = Math.max(1, (ticker.nanos() - started) / flights.size());
            for (Flight<K, V> flight : flights) {
                arriveOrFail(flight, values.get(flight.key), share);
            }
            if (before != null && values.size() > 0) {
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

    /// Takes what a load has brought, if the users' functions have nothing against it.
    final void arriveOrFail(Flight<K, V> flight, @Nullable V value, long nanos) {
        try {
            arrive(flight, value, nanos);
        } catch (Throwable thrown) {
            failForGood(flight, thrown);
        }
    }

    /// Takes what a load has brought, unless it is over.
    private void arrive(Flight<K, V> flight, @Nullable V value, long nanos) {
        Entry<K, V> replaced = flight.kind == Flight.Kind.REFRESH ? flight.entry : null;
        Facts facts = value == null ? null : factsOf(flight.key, value, replaced, nanos);
        Shard<K, V> shard = lockToEnd(flight.hash);
        boolean relieve;
        try {
            if (flight.over) {
                return;
            }
            flight.over = true;
            if (flight.kind == Flight.Kind.REFRESH) {
                refreshes.end(flight);
                storeAnew(shard, flight, value, facts);
            } else if (shard.end(flight) && !flight.calledOff) {
                store(shard, flight, value, facts);
            }
            relieve = fit(shard);
        } finally {
            unlock(shard);
        }
        afterWrite(relieve);
        if (counted) {
            figures.loads.increment();
        }
        reports.loaded();
        flight.landing.complete(value);
    }

    private @Nullable Facts factsOf(K key, V value, @Nullable Entry<K, V> replaced, long nanos) {
        EntryOptions options =
                full ? EntryOptions.none().withCost(Math.max(1, nanos)) : EntryOptions.none();
        return lifetimes.facts(key, value, replaced, options, clock.nanos());
    }

    private void store(
            Shard<K, V> shard, Flight<K, V> flight, @Nullable V value, @Nullable Facts facts) {
        long now = clock.nanos();
        Entry<K, V> entry = presentOrRemoved(shard, flight.key, flight.hash, now);
        if (value == null) {
            remember(shard, flight, Lifetimes.nanos(loading.cacheNulls()), now);
        } else if (entry == null) {
            insert(shard, flight.key, flight.hash, value, facts, now);
        } else {
            replace(shard, entry, null, value, facts, now);
        }
    }

    /// Puts in what a refresh brings, if the entry still has the value that it was made from.
    private void storeAnew(
            Shard<K, V> shard, Flight<K, V> flight, @Nullable V value, @Nullable Facts facts) {
        Entry<K, V> entry = find(flight.key, flight.hash);
        if (!unchanged(entry, flight)) {
            return;
        }
        long now = clock.nanos();
        // taken away first, as it might be replaced without the lock otherwise
        if (!Entry.VALUE.compareAndSet(entry, flight.old, null)) {
            return;
        }
        if (value != null) {
            replace(shard, entry, flight.old, value, facts, now);
        } else {
            forget(shard, entry, flight.old, RemovalCause.EXPLICIT);
            remember(shard, flight, Lifetimes.nanos(loading.cacheNulls()), now);
        }
        if (counted) {
            figures.refreshes.increment();
        }
    }

    private boolean unchanged(@Nullable Entry<K, V> entry, Flight<K, V> flight) {
        return entry != null
                && entry == flight.entry
                && (!(entry instanceof LoadedEntry<K, V> loaded) || loaded.writes == flight.writes);
    }

    private void remember(Shard<K, V> shard, Flight<K, V> flight, long nanos, long now) {
        if (nanos > 0) {
            long room = settings.bounds().maxEntries();
            long most = (room == 0 ? ABSENCES_BY_DEFAULT : room) / 4 / shards.length;
            int share = Math.clamp(most, FEWEST_ABSENCES, Integer.MAX_VALUE);
            shard.absences(share).remember(flight, now + nanos, now);
        }
    }

    /// Takes it that a load has failed, unless it is over.
    final void fail(Flight<K, V> flight, Throwable thrown) {
        Throwable failure = unchecked(flight.key, thrown);
        boolean refresh = flight.kind == Flight.Kind.REFRESH;
        long remembered = refresh ? 0 : rememberedNanos(thrown, failure);
        V stale = null;
        Shard<K, V> shard = lockToEnd(flight.hash);
        try {
            if (flight.over) {
                return;
            }
            flight.over = true;
            long now = clock.nanos();
            if (refresh) {
                refreshes.end(flight);
                putOff(flight, now);
            } else if (shard.end(flight) && !flight.calledOff) {
                stale = revive(flight, now);
                if (stale == null) {
                    remember(shard, flight, remembered, now);
                }
            }
        } finally {
            unlock(shard);
        }
        count(refresh, stale != null);
        if (stale != null) {
            flight.landing.complete(stale);
        } else {
            flight.fail(failure);
        }
        reports.loadFailed(flight.key, failure, refresh || stale != null, ticker.nanos());
    }

    /// As [#fail], also if its value had arrived but could not be put in: nobody may wait for ever.
    private void failForGood(Flight<K, V> flight, Throwable thrown) {
        fail(flight, thrown);
        flight.fail(unchecked(flight.key, thrown));
    }

    private void count(boolean refresh, boolean served) {
        if (counted) {
            figures.failures.increment();
            if (refresh) {
                figures.refreshFailures.increment();
            }
            if (served) {
                figures.staleServed.increment();
            }
        }
    }

    private Throwable unchecked(K key, Throwable thrown) {
        return thrown instanceof RuntimeException || thrown instanceof Error
                ? thrown
                : new CacheLoadException(settings.name(), key, thrown);
    }

    private long rememberedNanos(Throwable thrown, Throwable failure) {
        if (loading.cacheExceptions() == null) {
            return 0;
        }
        try {
            Duration asked = loading.cacheExceptions().apply(thrown);
            return asked == null ? 0 : Lifetimes.nanos(asked);
        } catch (Throwable second) {
            if (second != failure) {
                failure.addSuppressed(second);
            }
            return 0;
        }
    }

    private void putOff(Flight<K, V> flight, long now) {
        Entry<K, V> entry = find(flight.key, flight.hash);
        if (unchanged(entry, flight) && entry instanceof LoadedEntry<K, V> loaded) {
            loaded.putOff(now + pauseNanos(loaded.failures + 1));
        }
    }

    /// Makes an old value visible until the next attempt to make it anew.
    private @Nullable V revive(Flight<K, V> flight, long now) {
        LoadedEntry<K, V> entry = flight.stale;
        if (entry == null || find(flight.key, flight.hash) != entry) {
            return null;
        }
        V value = entry.settledValue();
        long left = entry.freshUntil + errorNanos - now;
        if (value == null || left <= 0) {
            return null;
        }
        long pause = Math.min(left, pauseNanos(entry.failures + 1));
        entry.putOff(now + pause);
        entry.hardDeadline = now + pause;
        entry.deadline = now + pause;
        return value;
    }

    // at least half of what the back-off allows: an attempt costs whoever makes it a wait
    private static long pauseNanos(int failures) {
        return (BACKOFF.ceilingNanos(failures)
                        + BACKOFF.delayNanos(failures, ThreadLocalRandom.current()))
                / 2;
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

    /// Puts in what a loader brought beyond what it was asked for: keys that are not there, that
    /// nobody is at work on, and in whose shard nothing was invalidated meanwhile.
    private void storeExtras(
            List<Flight<K, V>> flights, Map<K, V> values, long nanos, long[] before) {
        Set<K> asked = new HashSet<>();
        flights.forEach(flight -> asked.add(flight.key));
        for (Map.Entry<K, V> extra : values.entrySet()) {
            if (extra.getValue() != null && !asked.contains(extra.getKey())) {
                storeExtra(extra.getKey(), extra.getValue(), nanos, before);
            }
        }
    }

    private void storeExtra(K key, V value, long nanos, long[] before) {
        int hash = hashOf(key);
        Facts facts = factsOf(key, value, null, nanos);
        Shard<K, V> shard = lockToEnd(hash);
        boolean relieve;
        try {
            long now = clock.nanos();
            if (closed()
                    || shard.flight(key) != null
                    || shard.deletions != before[hash & (shards.length - 1)]
                    || presentOrRemoved(shard, key, hash, now) != null) {
                return;
            }
            shard.forgetAbsence(key);
            insert(shard, key, hash, value, facts, now);
            relieve = fit(shard);
        } finally {
            unlock(shard);
        }
        afterWrite(relieve);
    }
}
