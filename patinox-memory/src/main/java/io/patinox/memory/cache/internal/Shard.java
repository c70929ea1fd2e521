package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.RemovalCause;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A part of a cache with a lock of its own: what its entries' policy remembers, the functions that
/// are at work on its keys, and its counts. Everything needs the lock that doesn't say otherwise.
@SuppressWarnings("EnumOrdinal") // counts by cause: an array instead of boxes in a map
final class Shard<K, V> {

    private static final VarHandle MOVES;

    static {
        try {
            MOVES = MethodHandles.lookup().findVarHandle(Shard.class, "moves", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    // so many entries may end under one hold of the lock
    private static final int PORTION = 512;

    private static final int TELLINGS_A_MISS = 16;
    private static final int TELLINGS_MOST = 4_096;
    private static final int MUTED_MOST = 512;
    private static final long LONGEST_REST = 60_000_000_000L;

    final GuardedOrder order;
    private final @Nullable TimerWheel<TimedEntry<K, V>> wheel;
    private final Map<K, Flight<K, V>> flights = new HashMap<>();
    private @Nullable Absences<K, V> absences;
    private final long[] removals = new long[RemovalCause.values().length];
    // changed under the lock only
    private int moves;
    // when the wheel has something to do, at the earliest
    private volatile long soonest;

    // read without the lock to find the fullest shard; then they may be a moment old
    long entries;
    long goneHits;
    // how many sampled hits the order may still be told before the next entry comes in: a cache
    // that takes nothing in has nothing to learn, and its hits should cost what hits cost; read
    // without the lock, too
    private int tellings;
    // sampled entries that are not told of for the time being
    private final List<Entry<K, V>> muted = new ArrayList<>(0);
    // the entry whose sampled hit the order was told last; read without the lock, too
    @Nullable Entry<K, V> lastTold;
    // how often something was removed on request: who loads what nobody asked for looks at it
    long deletions;

    // what this operation has changed and not yet told the cache's capacity
    long entriesChange;
    long weightChange;
    long bytesChange;

    Shard(GuardedOrder order, @Nullable TimerWheel<TimedEntry<K, V>> wheel) {
        this.order = order;
        this.wheel = wheel;
        this.soonest = wheel == null ? 0 : Long.MAX_VALUE;
    }

    /// Notes that an entry came in: from now on there is something to tell again.
    void taughtByMiss() {
        tellings = Math.min(tellings + TELLINGS_A_MISS, TELLINGS_MOST);
        if (!muted.isEmpty()) {
            muted.forEach(Entry::sample);
            muted.clear();
        }
    }

    /// Has hits of a sampled entry only counted until the next entry comes in.
    void mute(Entry<K, V> entry) {
        if (muted.size() < MUTED_MOST) {
            entry.mute();
            muted.add(entry);
        }
    }

    /// Tells whether the order is to be told of a sampled hit. Needs no lock.
    @SuppressWarnings("ReferenceEquality") // entries are the same or different ones
    boolean tells(Entry<K, V> entry) {
        return tellings <= 0 || lastTold != entry;
    }

    boolean tellingsLeft() {
        return tellings > 0;
    }

    void told(Entry<K, V> entry) {
        tellings--;
        lastTold = entry;
    }

    void lock() {
        lock.lock();
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    void unlock() {
        lock.unlock();
    }

    boolean heldByMe() {
        return lock.isHeldByCurrentThread();
    }

    /// {@return how often entries began or ended to move; odd while they do} Needs no lock.
    int moves() {
        // an acquire fence after the reader's walk is in the volatile read of the chain it made
        VarHandle.acquireFence();
        return (int) MOVES.getAcquire(this);
    }

    void beginMove() {
        MOVES.setOpaque(this, (int) MOVES.get(this) + 1);
        VarHandle.fullFence();
    }

    void endMove() {
        MOVES.setRelease(this, (int) MOVES.get(this) + 1);
    }

    /// Waits until entries have moved, if they do.
    @SuppressWarnings("LockNotBeforeTry") // there is nothing to do under the lock
    void awaitMoved() {
        lock.lock();
        lock.unlock();
    }

    @Nullable Flight<K, V> flight(K key) {
        return flights.isEmpty() ? null : flights.get(key);
    }

    /// {@return what is remembered of keys that have no value; null if nothing ever was}
    @Nullable Absences<K, V> absences() {
        return absences;
    }

    Absences<K, V> absences(int most) {
        Absences<K, V> known = absences;
        if (known == null) {
            known = new Absences<>(most);
            absences = known;
        }
        return known;
    }

    /// Forgets that a key has no value.
    void forgetAbsence(K key) {
        if (absences != null) {
            absences.forget(key);
        }
    }

    void begin(Flight<K, V> flight) {
        forgetAbsence(flight.key);
        flights.put(flight.key, flight);
    }

    /// Ends a flight, if it is still the one for its key.
    boolean end(Flight<K, V> flight) {
        return flights.remove(flight.key, flight);
    }

    Iterable<Flight<K, V>> flights() {
        return flights.values();
    }

    /// Has the wheel wait for the end of an entry, or for a new end that is earlier.
    void schedule(TimedEntry<K, V> entry) {
        if (wheel != null) {
            wheel.schedule(entry);
            long due = entry.deadlineNanos();
            if (due - soonest < 0) {
                soonest = due;
            }
        }
    }

    /// Tells whether an advance may have something to do. Needs no lock; may be a moment late.
    boolean advanceDue(long now) {
        return soonest - now <= 0;
    }

    void cancel(TimedEntry<K, V> entry) {
        if (wheel != null) {
            wheel.cancel(entry);
        }
    }

    /// Hands on what has ended, but not too much at once.
    ///
    /// @return whether that was all
    boolean advance(long now, Consumer<TimedEntry<K, V>> ended) {
        if (wheel == null) {
            return true;
        }
        boolean all = wheel.advance(now, PORTION, ended) < PORTION;
        soonest = now + Math.min(wheel.nextDelayNanos(now), LONGEST_REST);
        return all;
    }

    void count(RemovalCause cause) {
        removals[cause.ordinal()]++;
    }

    long removals(RemovalCause cause) {
        return removals[cause.ordinal()];
    }
}
