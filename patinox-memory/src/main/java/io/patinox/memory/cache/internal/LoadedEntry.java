package io.patinox.memory.cache.internal;

import org.jspecify.annotations.Nullable;

/// An entry whose value is made anew before it ends, or served after it should have.
///
/// Its life has up to three parts. It is fresh until `freshUntil`. Then it is stale: readers see it
/// until `deadline`, which is the end of the window in which it is served while it is made anew.
/// After that it is kept until `goneAt` for the case that it can't be made.
final class LoadedEntry<K, V> extends FullEntry<K, V> {

    // chances for an early refresh beyond that many times the expected distance are none
    private static final double REACH = 20;

    long freshUntil;
    long goneAt;
    long refreshAt;
    // whether the wheel waits for that time, too
    private boolean ahead;
    // a hit before that has nothing to think about
    long attentionAt;
    // how often in a row it could not be made anew
    int failures;
    // which value this is: counted, as the same value may be written again
    int writes;

    LoadedEntry(K key, int hash, V value, long deadline) {
        super(key, hash, value, deadline);
        this.freshUntil = deadline;
        this.goneAt = deadline;
    }

    /// The wheel waits until nobody wants it any more, and before that until it is to be made anew,
    /// if the clock has that done.
    @Override
    public long deadlineNanos() {
        long gone = goneAt - deadline > 0 ? goneAt : deadline;
        return ahead ? earlier(refreshAt, gone) : gone;
    }

    boolean ahead() {
        return ahead;
    }

    /// Tells whether the wheel has come because it is to be made anew, not because it has ended.
    /// After that the wheel waits for its end only.
    boolean takeAhead(long now) {
        boolean come = ahead && now - refreshAt >= 0 && now - deadline < 0;
        ahead &= !come;
        return come;
    }

    /// Notes that it has a new value.
    ///
    /// @param freshNanos how long the value is fresh
    /// @return how long readers may see it
    long written(LoadSettings<K, V> loads, @Nullable Facts facts, long freshNanos, long now) {
        long revalidate = Lifetimes.nanos(loads.staleWhileRevalidate());
        long onError = Lifetimes.nanos(loads.staleIfError());
        boolean ends = freshNanos < Lifetimes.FOREVER_NANOS;
        long refresh = facts == null ? Facts.NEVER : facts.refreshNanos();
        if (ends && revalidate > 0) {
            refresh = Math.min(refresh, freshNanos);
        }
        freshUntil = now + freshNanos;
        goneAt = ends ? freshUntil + Math.max(revalidate, onError) : freshUntil;
        refreshAt = now + Math.min(refresh, Lifetimes.FOREVER_NANOS);
        ahead = loads.refreshAhead() && refresh < Lifetimes.FOREVER_NANOS;
        double distance = facts == null ? 0 : (double) facts.cost() * loads.earlyRefresh() * REACH;
        long early = ends ? (long) Math.min(distance, (double) freshNanos) : 0;
        attentionAt = earlier(refreshAt, freshUntil - early);
        failures = 0;
        writes++;
        return ends ? freshNanos + revalidate : freshNanos;
    }

    /// Notes that the value could not be made anew.
    ///
    /// @param byTheClock whether the clock has it done
    void putOff(long until, boolean byTheClock) {
        failures++;
        refreshAt = until;
        ahead = byTheClock;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /// Tells whether the value is to be made anew: its time has come, or the lot has drawn it.
    ///
    /// The lot is that of optimal probabilistic cache stampede prevention (Vattani, Chierichetti
    /// and Lowenstein, VLDB 2015): the nearer the end and the longer the load, the likelier.
    ///
    /// @param beta how early, 1 for what is optimal under their assumptions; 0 for never
    /// @param lot from 0 to 1, evenly
    boolean due(long now, double beta, double lot) {
        if (now - refreshAt >= 0) {
            return true;
        }
        if (beta == 0 || failures > 0) {
            return false;
        }
        double ahead = (double) cost() * beta * -Math.log(1 - lot);
        return (double) (freshUntil - now) <= ahead;
    }
}
