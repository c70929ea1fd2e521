package io.patinox.memory.cache.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds what has become due among very many: a hierarchical timing wheel (G. Varghese and A.
/// Lauck, Hashed and Hierarchical Timing Wheels, SOSP 1987). Everything but a jump of the clock
/// takes constant time, and nothing is allocated once all lists have been used.
///
/// What is due is delivered by the first [#advance] one tick after its deadline at the latest, and
/// never before its deadline. Deadlines may be moved later without a word to the wheel; what is to
/// be due earlier must be [scheduled][#schedule] again.
///
/// *Threads.* For use under one lock. The consumer of an advance may call the wheel.
///
/// @param <T> the type of what is timed
final class TimerWheel<T extends Timed> {

    /*
     * Time is counted in ticks from the creation of the wheel. A level has 64 lists; a list of
     * level n covers 64^n ticks. Something due at tick d stands, seen from the current tick t, in
     * the lowest level that reaches: n with d - t < 64^(n+1), in list (d >> 6n) mod 64. Since d - t
     * >= 64^n there, that list is not the one of t, unless it is a whole turn ahead. What is
     * further away than the top level reaches waits in the furthest list of it, and is placed anew
     * when that comes up.
     *
     * When the clock moves from t to u, the lists of each level between (t >> 6n) and (u >> 6n),
     * the last included, have come up, at most 64 of them however far it jumps. All their members
     * first move to `pending`, list by list in constant time, and only then is anything done with
     * them one by one: delivered if its deadline has passed, else placed anew. So a member that is
     * placed into a list that has just come up, a turn ahead, is not met again at once. `pending`
     * is a list as any other: a consumer may cancel what is in it, may advance the wheel itself,
     * and may throw, and what is left in it is simply the first thing that the next advance looks
     * at. Nothing is ever in no list while user code runs, except the member that is being
     * delivered.
     *
     * A deadline counts from the tick that begins at it or after it. What is scheduled too late
     * goes to `pending`, or, during an advance, to the next tick; else a consumer that puts back
     * what it was given would never come to an end.
     *
     * Only differences of times are looked at, so the clock may wrap around. When it goes back, the
     * wheel stands still until it is where it was: nothing is lost, nothing is early.
     */

    static final int DEFAULT_SHIFT = 24;

    private static final int LEVELS = 5;
    private static final int BITS = 6;
    private static final int LISTS = 1 << BITS;
    private static final int MASK = LISTS - 1;
    private static final long LONGEST = (1L << (BITS * LEVELS)) - 1;

    private final @Nullable TimerList[] lists = new @Nullable TimerList[LEVELS * LISTS];
    private final TimerList pending = new TimerList();
    private final int shift;

    private long tick;
    private long tickNanos;
    private int advancing;
    private int size;

    /// Creates an empty wheel with a tick of 2^24 ns, about 16.8 ms.
    ///
    /// @param nowNanos what the clock says
    TimerWheel(long nowNanos) {
        this(nowNanos, DEFAULT_SHIFT);
    }

    /// Creates an empty wheel.
    ///
    /// @param nowNanos what the clock says
    /// @param shift the logarithm of the nanoseconds of a tick, from 0 to 24
    TimerWheel(long nowNanos, int shift) {
        this.tickNanos = nowNanos;
        this.shift = shift;
    }

    /// Returns how many are scheduled.
    int size() {
        return size;
    }

    /// Puts something in, or puts it where it belongs now if it is in already.
    ///
    /// @param timed what to wait for
    void schedule(T timed) {
        cancel(timed);
        place(timed);
        size++;
    }

    /// Takes something out, if it is in.
    ///
    /// @param timed what not to wait for
    void cancel(T timed) {
        if (timed.timerAfter() != null) {
            TimerList.unlink(timed);
            size--;
        }
    }

    /// Takes everything out.
    void clear() {
        pull(tick + LONGEST + 1);
        for (Timed timed = pending.first(); timed != null; timed = pending.first()) {
            TimerList.unlink(timed);
        }
        size = 0;
    }

    /// Moves the wheel to the present and delivers what is due.
    ///
    /// @param nowNanos what the clock says
    /// @param consumer is given what is due, which is no longer in the wheel then
    /// @return how many were delivered
    int advance(long nowNanos, Consumer<? super T> consumer) {
        return advance(nowNanos, Integer.MAX_VALUE, consumer);
    }

    /// Moves the wheel to the present and delivers what is due, but not too much at once.
    ///
    /// @param nowNanos what the clock says
    /// @param most how many to deliver, from 1; the rest is delivered by the next advance
    /// @param consumer is given what is due, which is no longer in the wheel then
    /// @return how many were delivered
    int advance(long nowNanos, int most, Consumer<? super T> consumer) {
        long passedNanos = nowNanos - tickNanos;
        if (passedNanos > 0) {
            long ticks = passedNanos >> shift;
            long before = tick;
            pull(before + ticks);
            tick = before + ticks;
            tickNanos += ticks << shift;
        }
        int delivered = 0;
        advancing++;
        try {
            while (delivered < most) {
                @SuppressWarnings("unchecked") // only what schedule took is ever in a list
                T timed = (T) pending.first();
                if (timed == null) {
                    break;
                }
                TimerList.unlink(timed);
                if (timed.deadlineNanos() - nowNanos <= 0) {
                    size--;
                    delivered++;
                    consumer.accept(timed);
                } else {
                    place(timed);
                }
            }
        } finally {
            advancing--;
        }
        return delivered;
    }

    /// Returns how long it takes until an advance has something to do. That may be to find that a
    /// deadline has been moved.
    ///
    /// @param nowNanos what the clock says
    /// @return nanoseconds from 0; `Long.MAX_VALUE` if nothing is scheduled
    long nextDelayNanos(long nowNanos) {
        if (!pending.isEmpty()) {
            return 0;
        }
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        long nearest = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++) {
            long current = tick >> (BITS * level);
            // the list a whole turn ahead is used too, except in the lowest level
            for (long ahead = 1; ahead <= LISTS; ahead++) {
                TimerList list = lists[index(level, current + ahead)];
                if (list != null && !list.isEmpty()) {
                    nearest = Math.min(nearest, ((current + ahead) << (BITS * level)) - tick);
                    break;
                }
            }
        }
        return Math.max(0, (nearest << shift) - (nowNanos - tickNanos));
    }

    // everything whose list comes up until then is pending
    private void pull(long until) {
        for (int level = 0; level < LEVELS; level++) {
            long from = tick >> (BITS * level);
            long to = until >> (BITS * level);
            if (from == to) {
                return;
            }
            for (long i = from + 1; i <= Math.min(to, from + LISTS); i++) {
                TimerList list = lists[index(level, i)];
                if (list != null) {
                    list.moveAllTo(pending);
                }
            }
        }
    }

    private void place(Timed timed) {
        long leftNanos = timed.deadlineNanos() - tickNanos;
        // rounded up, and without overflow
        long ticks = leftNanos <= 0 ? 0 : ((leftNanos - 1) >> shift) + 1;
        if (ticks == 0 && advancing == 0) {
            pending.addLast(timed);
            return;
        }
        ticks = Math.clamp(ticks, 1, LONGEST);
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(ticks)) / BITS;
        int index = index(level, (tick + ticks) >> (BITS * level));
        TimerList list = lists[index];
        if (list == null) {
            list = new TimerList();
            lists[index] = list;
        }
        list.addLast(timed);
    }

    private static int index(int level, long list) {
        return level * LISTS + (int) (list & MASK);
    }
}
