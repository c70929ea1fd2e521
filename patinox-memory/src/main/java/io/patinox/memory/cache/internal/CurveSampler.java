package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.MissRatioCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Estimates, from a sample of its keys, how many reads a cache would find at which size.
///
/// *Threads.* All methods may be called from any thread, and none waits, but [#curve()] and
/// [#reach] may for each other. `samples` is two instructions and a volatile read.
final class CurveSampler {

    /*
     * SHARDS (C. Waldspurger et al., Efficient MRC Construction with SHARDS, FAST 2015): of all
     * keys those are watched whose hash is below a threshold, so either all reads of a key count or
     * none. The reuse distance of a read among the watched keys, divided by the share of keys that
     * are watched, is about its distance among all keys; and a read with distance d is a hit in
     * every LRU cache of more than d entries.
     *
     * The paper bounds the memory by lowering the threshold whenever there are too many keys, which
     * ends with a sample of keys of which most are long dead. Here the sample is to cover `reach`
     * entries, four times what the cache holds: the threshold follows from that, and of too many
     * watched keys the one that was read longest ago is dropped. What is further away than the
     * reach is a miss at all sizes of the curve, so nothing is lost by that.
     *
     * Small caches are watched whole. So that it costs little there, too, at most BURST sampled
     * reads are looked at between two ticks, which come about once a second. After a rest the
     * distances of keys that were read before it aren't known: in the first quarter of a burst
     * nothing counts, and reads of keys that are stale are left out.
     *
     * Counts are halved after every AGE of them, so that the curve follows the load.
     *
     * A sample that misses the hottest key, or has it, is off by the same factor in its misses at
     * all sizes. MissRatioCurve.anchored sets that right with the hit ratio that the cache really
     * has; it is what the paper calls SHARDS-adj, for a policy that need not be LRU.
     */

    static final int MOST_KEYS = 2_048;
    static final int REACH = 4;
    static final int BURST = 32_768;
    private static final int AGE = 65_536;
    private static final int BITS = 24;
    private static final int ALL = 1 << BITS;
    private static final int POINTS = 64;
    private static final int SPREAD = 0x9E3779B9;

    private final ReentrantLock lock = new ReentrantLock();

    // 0 while at rest
    private volatile int threshold;

    // all of these are guarded by the lock
    private long reach;
    private int awakeThreshold;
    private ReuseStack stack = new ReuseStack(1);
    private double[] hits = new double[1];
    private double total;
    private double sinceAged;
    private int left = BURST;
    private int unsettled;

    /// Creates a sampler.
    ///
    /// @param entries how many entries the cache holds when it is full, from 1
    CurveSampler(long entries) {
        reach(entries);
    }

    /// Says how large the cache is, if that has changed. A change by less than a half is ignored.
    ///
    /// @param entries how many entries the cache holds when it is full, from 1
    void reach(long entries) {
        lock.lock();
        try {
            reachLocked(entries);
        } finally {
            lock.unlock();
        }
    }

    private void reachLocked(long entries) {
        long wanted =
                Math.max(1, entries) > Long.MAX_VALUE / REACH
                        ? Long.MAX_VALUE
                        : Math.max(1, entries) * REACH;
        if (reach != 0 && wanted / 3 * 2 < reach && reach / 3 * 2 < wanted) {
            return;
        }
        double before = rate();
        reach = wanted;
        awakeThreshold = (int) Math.max(1, Math.min(ALL, (double) MOST_KEYS * ALL / wanted));
        int most = (int) Math.min(MOST_KEYS, wanted);
        double scale = before == 0 ? 1 : rate() / before;
        double[] rescaled = new double[most];
        for (int i = 0; i < hits.length; i++) {
            int at = (int) (i * scale);
            if (at < most) {
                rescaled[at] += hits[i] * scale;
            }
        }
        total *= scale;
        hits = rescaled;
        stack = new ReuseStack(most);
        // the first reads of keys that have been read long before
        unsettled = most;
        threshold = threshold == 0 && before != 0 ? 0 : awakeThreshold;
    }

    /// Tells whether reads of a key are to be reported.
    ///
    /// @param hash the hash of the key, not negative
    /// @return whether to call [#access]
    boolean samples(int hash) {
        return (hash * SPREAD) >>> (Integer.SIZE - BITS) < threshold;
    }

    /// Notes a read of a key that [#samples] has chosen, hit or miss. Left out if another thread is
    /// at it.
    ///
    /// @param hash the hash of the key, not negative
    void access(int hash) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (left == 0) {
                return;
            }
            int distance = stack.seen(hash);
            if (unsettled > 0) {
                unsettled--;
            } else if (distance != ReuseStack.STALE) {
                if (distance != ReuseStack.UNKNOWN) {
                    hits[distance]++;
                }
                total++;
                age();
            }
            if (--left == 0) {
                threshold = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends a rest, and follows the size of the cache. To be called about once a second; does
    /// nothing if another thread is at it.
    ///
    /// @param entries how many entries the cache holds when it is full, from 1
    void tick(long entries) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            reachLocked(entries);
            if (left == 0) {
                stack.mark();
                unsettled = BURST / 4;
                threshold = awakeThreshold;
            }
            left = BURST;
        } finally {
            lock.unlock();
        }
    }

    /// Returns what is known so far.
    ///
    /// @return the curve of an LRU cache
    MissRatioCurve curve() {
        lock.lock();
        try {
            List<MissRatioCurve.Point> points = new ArrayList<>();
            double found = 0;
            int summed = 0;
            for (int i = 1; i <= POINTS; i++) {
                // from 1 to all, each by the same factor more than the one before
                int upTo = (int) Math.round(Math.pow(hits.length, (double) i / POINTS));
                if (upTo == summed) {
                    continue;
                }
                while (summed < upTo) {
                    found += hits[summed++];
                }
                long entries = Math.round(upTo / rate());
                points.add(new MissRatioCurve.Point(entries, total == 0 ? 0 : found / total));
            }
            return new MissRatioCurve(points, Math.round(total));
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many entries the cache holds when it is full, as far as is known here.
    long entries() {
        lock.lock();
        try {
            return reach / REACH;
        } finally {
            lock.unlock();
        }
    }

    private double rate() {
        return (double) awakeThreshold / ALL;
    }

    private void age() {
        if (++sinceAged < AGE) {
            return;
        }
        sinceAged = 0;
        for (int i = 0; i < hits.length; i++) {
            hits[i] /= 2;
        }
        total /= 2;
    }
}
