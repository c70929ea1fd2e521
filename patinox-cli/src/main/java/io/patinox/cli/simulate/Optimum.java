package io.patinox.cli.simulate;

/// The optimum of Belady (1966): knows the future, and gives up the entry that is asked for latest.
/// As a policy may refuse a newcomer, so may it. No policy has more hits.
final class Optimum implements Contender {

    /*
     * An entry is represented by the moment at which it is asked for next: those are all different,
     * so the set of entries is a set of moments, kept in a tree of bits with 64 branches. Asking
     * for a key at a moment that is in the set is a hit. The latest moment in the set is who goes.
     * What is never asked for again is not kept, as nothing is gained by it.
     */

    static final String NAME = "optimal";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long hits(Trace trace, int size) {
        int[] next = nextUses(trace);
        Moments moments = new Moments(next.length);
        int kept = 0;
        long hits = 0;
        for (int now = 0; now < next.length; now++) {
            if (moments.remove(now)) {
                hits++;
                kept--;
            }
            if (next[now] < next.length) {
                moments.add(next[now]);
                if (++kept > size) {
                    moments.remove(moments.latest());
                    kept--;
                }
            }
        }
        return hits;
    }

    /// Returns for each request when its key is asked for again; the length of the trace for never.
    private static int[] nextUses(Trace trace) {
        int[] keys = trace.keys();
        int[] next = new int[keys.length];
        int[] upcoming = new int[trace.distinct()];
        java.util.Arrays.fill(upcoming, keys.length);
        for (int now = keys.length - 1; now >= 0; now--) {
            next[now] = upcoming[keys[now]];
            upcoming[keys[now]] = now;
        }
        return next;
    }

    /// A set of numbers that knows its largest.
    private static final class Moments {

        private static final int BITS = 6;

        // levels[0] has a bit a number, each further one a bit for each word below that isn't 0
        private final long[][] levels;

        Moments(int most) {
            int depth = 1;
            for (long reach = 64; reach < most; reach <<= BITS) {
                depth++;
            }
            levels = new long[depth][];
            int words = most;
            for (int level = 0; level < depth; level++) {
                words = (words >>> BITS) + 1;
                levels[level] = new long[words];
            }
        }

        void add(int number) {
            int at = number;
            for (long[] level : levels) {
                level[at >>> BITS] |= 1L << at;
                at >>>= BITS;
            }
        }

        boolean remove(int number) {
            if ((levels[0][number >>> BITS] & 1L << number) == 0) {
                return false;
            }
            int at = number;
            for (long[] level : levels) {
                level[at >>> BITS] &= ~(1L << at);
                if (level[at >>> BITS] != 0) {
                    break;
                }
                at >>>= BITS;
            }
            return true;
        }

        /// Returns the largest number of a set that is not empty.
        int latest() {
            int at = 0;
            for (int level = levels.length - 1; level >= 0; level--) {
                at = (at << BITS) + 63 - Long.numberOfLeadingZeros(levels[level][at]);
            }
            return at;
        }
    }
}
