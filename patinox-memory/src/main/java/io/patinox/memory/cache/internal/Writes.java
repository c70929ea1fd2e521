package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.cache.internal.policy.Policies;
import io.patinox.memory.error.CacheReentrantException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a cache is written.
@SuppressWarnings("ReferenceEquality") // entries and keys are the same or different ones
abstract class Writes<K, V> extends Reads<K, V> {
    /*
     * A write locks the shard of its key, unless it replaces the value of an entry in a cache where
     * nobody needs to know of that: then it is one compare-and-set of the value.
     *
     * A function of the user is never run under the lock. It is announced as a flight: the entry's
     * value is taken away (which makes every write without the lock fail, and sends readers to the
     * flight, where they find the old value), the lock is let go, the function runs, and its result
     * is put in under the lock again. Whoever wants to write the key meanwhile finds the flight and
     * waits for its end. So functions of one key come one after the other, each sees the result of
     * the one before, and none of them keeps anybody from any other key.
     */

    private final boolean plainUpdates;
    // whether users' code runs under a lock, and might write to another shard from there
    private final boolean checksAll;

    Writes(Parts<K, V> parts) {
        super(parts);
        // the wheel need not know of ends that move later, but of those that jitter moves earlier
        boolean later = !timed || settings.expiryJitter() == 0;
        this.plainUpdates = !full && !everyHit && !departures.listened() && later;
        this.checksAll = departures.atOnce() || !ours(settings.policy());
    }

    private static boolean ours(EvictionPolicy policy) {
        return policy.getClass().getPackageName().equals(Policies.class.getPackageName());
    }

    final int hashOf(K key) {
        return Hashing.spread(key.hashCode(), seed);
    }

    public final void put(K key, V value) {
        Objects.requireNonNull(value, "value");
        int hash = hashOf(key);
        if (!plainUpdates || !replaceSettled(key, hash, value)) {
            write(key, hash, value, null, null, true);
        }
    }

    private boolean replaceSettled(K key, int hash, V value) {
        Entry<K, V>[] table = bins;
        Entry<K, V> entry = head(table, hash & (table.length - 1));
        while (entry != null && (entry.hash != hash || !key.equals(entry.key))) {
            entry = entry.next;
        }
        if (entry == null) {
            return false;
        }
        V old = entry.settledValue();
        if (timed) {
            long now = clock.nanos();
            if (old == null || expired(entry, now)) {
                return false;
            }
            lifetimes.written(entry, null, now);
        }
        while (old != null) {
            if (entry.replace(old, value)) {
                entry.touch();
                return true;
            }
            old = entry.settledValue();
        }
        return false;
    }

    /// Puts a value in under the lock.
    ///
    /// @param wanted which present value may be replaced, null for any and for none
    /// @param overtaking whether a load of the key is called off, not waited for
    /// @return the value that was there
    final @Nullable V write(
            K key,
            int hash,
            V value,
            @Nullable EntryOptions options,
            @Nullable Predicate<@Nullable V> wanted,
            boolean overtaking) {
        checkOpen();
        while (true) {
            Entry<K, V> seen = full ? find(key, hash) : null;
            Facts facts = lifetimes.facts(key, value, seen, options, clock.nanos());
            Shard<K, V> shard = lock(hash);
            Flight<K, V> flight;
            V old = null;
            boolean relieve = false;
            try {
                flight = flightInTheWay(shard, key, overtaking);
                if (flight == null) {
                    long now = clock.nanos();
                    Entry<K, V> entry = presentOrRemoved(shard, key, hash, now);
                    if (full && (entry == null) != (seen == null)) {
                        // the functions were asked about a new entry, or about an old one, wrongly
                        continue;
                    }
                    old = entry == null ? null : entry.settledValue();
                    if (wanted != null && !wanted.test(old)) {
                        return old;
                    }
                    if (entry == null) {
                        insert(shard, key, hash, value, facts, now);
                    } else if (old != null && wanted != null && !entry.unsettle(old)) {
                        // a write without the lock was faster than the comparison
                        continue;
                    } else {
                        old = replace(shard, entry, wanted == null ? null : old, value, facts, now);
                    }
                    relieve = fit(shard);
                }
            } finally {
                unlock(shard);
            }
            if (flight == null) {
                afterWrite(relieve);
                return old;
            }
            Waiting.await(settings.name(), flight);
        }
    }

    private @Nullable Flight<K, V> flightInTheWay(Shard<K, V> shard, K key, boolean overtaking) {
        shard.forgetAbsence(key);
        Flight<K, V> flight = shard.flight(key);
        if (flight != null
                && overtaking
                && flight.kind == Flight.Kind.LOAD
                && flight.owner != Thread.currentThread()) {
            flight.calledOff = true;
            shard.end(flight);
            return null;
        }
        return flight;
    }

    /// Finds an entry; one that has expired is removed instead. Under the lock.
    final @Nullable Entry<K, V> presentOrRemoved(Shard<K, V> shard, K key, int hash, long now) {
        Entry<K, V> entry = find(key, hash);
        return entry != null && expired(entry, now) && expire(shard, entry, now) ? null : entry;
    }

    /// Removes an entry whose time seems to be over. Under the lock.
    ///
    /// @return whether it was
    private boolean expire(Shard<K, V> shard, Entry<K, V> entry, long now) {
        V value = entry.unsettle();
        if (value == null) {
            // a function is at work on it
            remove(shard, entry, RemovalCause.EXPIRED);
            return true;
        }
        // a write without the lock moves the end before it sets the value, which it can't any more:
        // so if one was faster, its end is seen here
        if (!expired(entry, now)) {
            entry.settle(value);
            return false;
        }
        forget(shard, entry, value, RemovalCause.EXPIRED);
        return true;
    }

    /// Replaces the value of an entry. Under the lock.
    ///
    /// @param taken the value it had, if a flight has taken it away
    /// @return the value it had
    final @Nullable V replace(
            Shard<K, V> shard,
            Entry<K, V> entry,
            @Nullable V taken,
            V value,
            @Nullable Facts facts,
            long now) {
        if (facts != null && capacity.tooLarge(facts.weight(), facts.bytes())) {
            V old = taken == null ? entry.unsettle() : taken;
            forget(shard, entry, old, RemovalCause.REPLACED);
            shard.count(RemovalCause.SIZE);
            departures.entered(entry.key, value);
            departures.left(entry.key, value, RemovalCause.SIZE);
            return old;
        }
        long oldDeadline = entry.deadline();
        lifetimes.written(entry, facts, now);
        V had = exchange(entry, value);
        V old = had == null ? taken : had;
        refit(shard, entry, facts, now);
        if (!everyHit) {
            entry.touch();
        } else if (!pinned(entry)) {
            shard.order.hit(entry);
        }
        boolean earlier = entry.deadline() - oldDeadline < 0;
        if (timed && (earlier || entry instanceof LoadedEntry)) {
            shard.schedule((TimedEntry<K, V>) entry);
        }
        if (old != null && old != value) {
            shard.count(RemovalCause.REPLACED);
            departures.replaced(entry.key, old, value);
        }
        return old;
    }

    @SuppressWarnings("unchecked") // the field is only ever given a V
    private static <K, V> @Nullable V exchange(Entry<K, V> entry, V value) {
        return (V) Entry.VALUE.getAndSet(entry, value);
    }

    /// Removes a key.
    ///
    /// @param wanted which value may be removed, null for any
    /// @return the value that was there, wanted or not
    final @Nullable V delete(
            K key,
            int hash,
            @Nullable Predicate<? super V> wanted,
            boolean overtaking,
            RemovalCause cause) {
        checkOpen();
        while (true) {
            Shard<K, V> shard = lock(hash);
            Flight<K, V> flight;
            try {
                flight = flightInTheWay(shard, key, overtaking);
                if (flight == null) {
                    shard.deletions++;
                    Entry<K, V> entry = presentOrRemoved(shard, key, hash, clock.nanos());
                    if (entry == null) {
                        return null;
                    }
                    V old = entry.settledValue();
                    if (old != null && wanted != null) {
                        if (!wanted.test(old)) {
                            return old;
                        }
                        if (!entry.unsettle(old)) {
                            // a write without the lock was faster than the comparison
                            continue;
                        }
                    } else {
                        old = entry.unsettle();
                    }
                    forget(shard, entry, old, cause);
                    return old;
                }
            } finally {
                unlock(shard);
            }
            Waiting.await(settings.name(), flight);
        }
    }

    /// Has a function make the new value of a key out of the old one; null removes the key.
    ///
    /// @param ifPresent whether to do nothing if the key is not there
    /// @param ifAbsent whether to do nothing if it is
    final @Nullable V compute(
            K key,
            boolean ifPresent,
            boolean ifAbsent,
            BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        int hash = hashOf(key);
        checkOpen();
        while (true) {
            Shard<K, V> shard = lock(hash);
            Flight<K, V> flight;
            boolean mine = false;
            try {
                flight = shard.flight(key);
                if (flight == null) {
                    Entry<K, V> entry = presentOrRemoved(shard, key, hash, clock.nanos());
                    V present = entry == null ? null : entry.settledValue();
                    if (present == null ? ifPresent : ifAbsent) {
                        return present;
                    }
                    V old = entry == null ? null : entry.unsettle();
                    flight = new Flight<>(key, hash, Flight.Kind.COMPUTE, entry, old);
                    flight.owner = Thread.currentThread();
                    shard.begin(flight);
                    mine = true;
                }
            } finally {
                unlock(shard);
            }
            if (mine) {
                return land(flight, function);
            }
            Waiting.await(settings.name(), flight);
        }
    }

    private @Nullable V land(
            Flight<K, V> flight,
            BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        V value;
        Facts facts;
        try {
            value = function.apply(flight.key, flight.old);
            facts =
                    value == null
                            ? null
                            : lifetimes.facts(flight.key, value, flight.entry, null, clock.nanos());
        } catch (Throwable thrown) {
            giveUp(flight, thrown);
            throw thrown;
        }
        settle(flight, value, facts);
        flight.landing.complete(value);
        return value;
    }

    /// Puts in what a flight brings, unless it is a load that was called off.
    final void settle(Flight<K, V> flight, @Nullable V value, @Nullable Facts facts) {
        Shard<K, V> shard = lockToEnd(flight.hash);
        boolean relieve;
        try {
            if (flight.calledOff || !shard.end(flight)) {
                return;
            }
            Entry<K, V> entry = flight.entry;
            long now = clock.nanos();
            if (closed()) {
                endClosed(shard, flight);
            } else if (value != null && entry != null) {
                replace(shard, entry, flight.old, value, facts, now);
            } else if (value != null) {
                insert(shard, flight.key, flight.hash, value, facts, now);
            } else if (entry != null) {
                forget(shard, entry, flight.old, RemovalCause.EXPLICIT);
            }
            relieve = fit(shard);
        } finally {
            unlock(shard);
        }
        afterWrite(relieve);
    }

    private void endClosed(Shard<K, V> shard, Flight<K, V> flight) {
        if (flight.entry != null) {
            forget(shard, flight.entry, flight.old, RemovalCause.CLOSED);
        }
    }

    private static <K, V> V flightValue(Flight<K, V> flight) {
        return Objects.requireNonNull(flight.old, "an entry in flight had a value");
    }

    /// Ends a flight whose function failed: everything is as it was.
    final void giveUp(Flight<K, V> flight, Throwable thrown) {
        Shard<K, V> shard = lockToEnd(flight.hash);
        try {
            boolean _ = shard.end(flight);
            if (closed()) {
                endClosed(shard, flight);
            } else if (flight.entry != null) {
                flight.entry.settle(flightValue(flight));
            }
        } finally {
            unlock(shard);
        }
        flight.landing.completeExceptionally(thrown);
    }

    /// Removes everything. Loads are called off; functions that compute are waited for.
    final void clear(RemovalCause cause) {
        for (int s = 0; s < shards.length; s++) {
            for (Flight<K, V> flight : clearShard(s, cause)) {
                if (!closed()) {
                    delete(flight.key, flight.hash, null, true, cause);
                }
            }
        }
    }

    private List<Flight<K, V>> clearShard(int s, RemovalCause cause) {
        List<Flight<K, V>> computing = new ArrayList<>();
        Shard<K, V> shard = lockToEnd(s);
        try {
            shard.deletions++;
            if (shard.absences() != null) {
                shard.absences().clear();
            }
            List<Flight<K, V>> loading = new ArrayList<>();
            for (Flight<K, V> flight : shard.flights()) {
                (flight.kind == Flight.Kind.LOAD ? loading : computing).add(flight);
            }
            for (Flight<K, V> flight : loading) {
                flight.calledOff = true;
                shard.end(flight);
            }
            List<Entry<K, V>> entries = new ArrayList<>();
            collectLocked(s, shards.length, entries);
            for (Entry<K, V> entry : entries) {
                if (entry.settledValue() != null) {
                    boolean late = expired(entry, clock.nanos());
                    remove(shard, entry, late ? RemovalCause.EXPIRED : cause);
                }
            }
        } finally {
            unlock(shard);
        }
        return computing;
    }

    /// Removes what has expired in a shard. Tells whether something has ended. Needs no lock; may
    /// be a moment late.
    final boolean sweepDue() {
        if (!timed) {
            return false;
        }
        long now = clock.nanos();
        for (Shard<K, V> shard : shards) {
            if (shard.advanceDue(now)) {
                return true;
            }
        }
        return false;
    }

    final void sweepAll() {
        for (Shard<K, V> shard : shards) {
            sweep(shard);
        }
        report();
    }

    final void sweep(Shard<K, V> shard) {
        forgetOldAbsences(shard);
        boolean all = false;
        List<LoadedEntry<K, V>> anew = new ArrayList<>();
        while (!all) {
            shard.lock();
            try {
                long now = clock.nanos();
                all = shard.advance(now, entry -> wakened(shard, entry, now, anew));
            } finally {
                unlock(shard);
            }
            anew.forEach(this::renew);
            anew.clear();
        }
    }

    private void wakened(
            Shard<K, V> shard, TimedEntry<K, V> entry, long now, List<LoadedEntry<K, V>> anew) {
        if (entry instanceof LoadedEntry<K, V> loaded && loaded.takeAhead(now)) {
            shard.schedule(loaded);
            anew.add(loaded);
        } else if (!expire(shard, entry, now)) {
            shard.schedule(entry);
        }
    }

    /// Has the value of an entry made anew. Not under a lock.
    abstract void renew(LoadedEntry<K, V> entry);

    private void forgetOldAbsences(Shard<K, V> shard) {
        shard.lock();
        try {
            if (shard.absences() != null) {
                shard.absences().purge(clock.nanos());
            }
        } finally {
            shard.unlock();
        }
    }

    /// Locks the shard of a key, for a write that the user has asked for.
    final Shard<K, V> lock(int hash) {
        Shard<K, V> shard = lockToEnd(hash);
        // asked under the lock: after close has cleared a shard, nothing gets in any more
        if (closed()) {
            unlock(shard);
            checkOpen();
        }
        return shard;
    }

    /// Locks the shard of a key, for what must be done in a closed cache, too.
    final Shard<K, V> lockToEnd(int hash) {
        Shard<K, V> shard = shard(hash);
        if (checksAll) {
            for (Shard<K, V> each : shards) {
                checkFree(each);
            }
        } else {
            checkFree(shard);
        }
        shard.lock();
        return shard;
    }

    private void checkFree(Shard<K, V> shard) {
        if (shard.heldByMe()) {
            throw new CacheReentrantException(
                    settings.name(), "a write", "an eviction listener or a policy");
        }
    }

    final void unlock(Shard<K, V> shard) {
        capacity.settle(shard);
        shard.unlock();
    }

    final void afterWrite(boolean relieve) {
        if (relieve) {
            relieve();
        }
        long entries = capacity.entries();
        if (entries > bins.length) {
            grow(entries);
        }
        report();
    }

    /// Delivers and reports what happened under a lock. Not under any lock.
    final void report() {
        departures.deliver();
        troubles.report();
    }
}
