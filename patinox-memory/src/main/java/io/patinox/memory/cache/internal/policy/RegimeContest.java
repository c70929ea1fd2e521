package io.patinox.memory.cache.internal.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets all regimes serve the same sample of the uses of keys, each in a [MiniCache], and tells
/// which one has the most hits.
///
/// A cache of a size behaves like one of a hundredth of the size that sees a hundredth of the keys,
/// with all of their uses: the method of miniature simulations (Waldspurger et al., "Cache Modeling
/// and Optimization using Miniature Simulations", USENIX ATC 2017), with the spatial sampling of
/// SHARDS (FAST 2015). Not thread-safe.
final class RegimeContest {

    /*
     * A score is the number of hits of the last uses, as many as MEMORY times the size of a mini
     * cache, roughly: all scores are multiplied by one factor at the end of each period. The holder
     * is replaced if the best one leads by half a standard deviation of the number of its hits, and
     * by one use of a hundred, because a change costs hits, too. Half a deviation is enough: all
     * of them see the same uses, so most of the noise is in all scores alike.
     *
     * Until a mini cache is full, all regimes have the same hits. So up to that time there is only
     * one, in the first regime, and the others are made of copies of what it holds then, where it
     * holds it: like the cache itself, they come from the first regime. A mini cache that began
     * in its regime would promise what a change to it does not keep, since what is in the queues
     * matters for long. For the first PATIENCE sizes there is no change: what is seen while the
     * queues fill favours those who keep what is new.
     */

    private static final Regime[] REGIMES = Regime.values();
    private static final int PERIODS = 8;
    private static final int MEMORY = 8;
    private static final double FADING = Math.exp(-1.0 / PERIODS / MEMORY);
    private static final int PATIENCE = 6;
    private static final double DEVIATIONS = 0.5;
    private static final double LEAD = 0.01;

    private final int capacity;
    private final int period;
    private final List<MiniCache> minis = new ArrayList<>();
    private final double[] scores = new double[REGIMES.length];
    private double uses;
    private long served;
    private int sinceVerdict;
    private int holder;

    /// @param capacity the size of the mini caches, at least 1
    RegimeContest(int capacity) {
        this.capacity = capacity;
        this.period = Math.max(PERIODS, capacity / PERIODS);
        minis.add(new MiniCache(capacity, REGIMES[0]));
    }

    /// Lets all regimes serve a use of a key.
    ///
    /// @return the regime to change to, or null for no change
    @Nullable Regime use(int hash) {
        if (minis.size() == 1 && minis.getFirst().isFull()) {
            start();
        }
        uses++;
        served++;
        for (int n = 0; n < minis.size(); n++) {
            if (minis.get(n).use(hash)) {
                scores[n]++;
            }
        }
        sinceVerdict++;
        if (sinceVerdict < period) {
            return null;
        }
        sinceVerdict = 0;
        return minis.size() == 1 ? null : verdict();
    }

    /// {@return the size of the mini caches}
    int capacity() {
        return capacity;
    }

    /// {@return the regime that holds at present}
    Regime holder() {
        return REGIMES[holder];
    }

    private void start() {
        MiniCache first = minis.getFirst();
        for (int n = 1; n < REGIMES.length; n++) {
            minis.add(first.copy(REGIMES[n]));
            scores[n] = scores[0];
        }
    }

    private @Nullable Regime verdict() {
        int best = holder;
        for (int n = 0; n < scores.length; n++) {
            if (scores[n] > scores[best]) {
                best = n;
            }
        }
        double lead = scores[best] - scores[holder];
        boolean clear =
                served > PATIENCE * (long) capacity
                        && lead > DEVIATIONS * Math.sqrt(scores[best]) + LEAD * uses;
        for (int n = 0; n < scores.length; n++) {
            scores[n] *= FADING;
        }
        uses *= FADING;
        if (!clear) {
            return null;
        }
        holder = best;
        return REGIMES[best];
    }
}
