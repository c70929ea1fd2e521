package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.CacheLoadException;
import io.patinox.memory.internal.Backoff;
import io.patinox.memory.monitor.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How loads end: what becomes of the values they bring, and of their failures.
@SuppressWarnings("ReferenceEquality") // an entry is the same or another one
abstract class Landings<K, V> extends Writes<K, V> {
    /*
     * Everything the user's functions say of a value is asked before the lock is taken; landing is
     * told after it is free, as that may run code of whoever waits.
     *
     * A load that fails while an old value is kept for that case lands with the old value, whose
     * entry is made visible again for as long as no other attempt is made. So hits in that time
     * are plain hits.
     */

    private static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final long ABSENCES_BY_DEFAULT = 10_000;
    private static final int FEWEST_ABSENCES = 64;

    final LoadSettings<K, V> loading;
    final LoadFigures figures = new LoadFigures();
    final Ticker ticker;
    final boolean counted;
    final long errorNanos;

    Landings(Parts<K, V> parts) {
        super(parts);
        this.loading = settings.loads();
        this.ticker = settings.ticker();
        this.counted = settings.statistics();
        this.errorNanos = Lifetimes.nanos(loading.staleIfError());
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
                refreshEnded(flight);
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
        if (entry == null || !unchanged(entry, flight)) {
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

    private boolean unchanged(Entry<K, V> entry, Flight<K, V> flight) {
        return entry == flight.entry
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
                refreshEnded(flight);
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
        reports.loadFailed(flight.key, failure, refresh || stale != null);
    }

    /// As [#fail], also if its value had arrived but could not be put in: nobody may wait for ever.
    final void failForGood(Flight<K, V> flight, Throwable thrown) {
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
        if (entry instanceof LoadedEntry<K, V> loaded && unchanged(entry, flight)) {
            loaded.putOff(now + pauseNanos(loaded.failures + 1), loading.refreshAhead());
            if (loaded.ahead()) {
                shard(flight.hash).schedule(loaded);
            }
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
        entry.putOff(now + pause, false);
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

    /// Puts in what a loader brought beyond what it was asked for: keys that are not there, that
    /// nobody is at work on, and in whose shard nothing was invalidated meanwhile.
    final void storeExtras(
            List<Flight<K, V>> flights, Map<K, V> values, long nanos, long[] before) {
        Set<K> asked = new HashSet<>();
        flights.forEach(flight -> asked.add(flight.key));
        for (Map.Entry<K, V> extra : values.entrySet()) {
            if (extra.getValue() != null && !asked.contains(extra.getKey())) {
                try {
                    storeExtra(extra.getKey(), extra.getValue(), nanos, before);
                } catch (Throwable thrown) {
                    // nobody asked for it, so nobody can be told but the monitor
                    reports.callbackFailed("what is asked of a loaded value", thrown);
                }
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

    /// Notes that a refresh is over. Under the lock of its shard.
    abstract void refreshEnded(Flight<K, V> flight);
}
