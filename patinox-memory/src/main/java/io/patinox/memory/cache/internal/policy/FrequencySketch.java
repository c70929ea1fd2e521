package io.patinox.memory.cache.internal.policy;

/// Estimates how often a hash was seen lately: four counters of four bits each, of which the least
/// counts (Cormode and Muthukrishnan, 2005), with ageing (Einziger, Friedman and Manes, 2017).
///
/// Takes 8 bytes an entry, up to twice that after rounding. Not thread-safe.
final class FrequencySketch {

    /*
     * A word holds 16 counters. Each of four mixes of a hash chooses a word by its low bits and a
     * counter in it by its high bits, so that the table can be doubled by copying it: the counters
     * of a hash are then found in both halves.
     *
     * Ageing halves every counter once in a period of PERIOD times as many increments as there are
     * entries. It is done word by word as increments come, so that no single one takes long; a hash
     * whose counters lie in words on both sides of the sweep is estimated too low for that long.
     */

    static final int MOST = 15;
    static final int PERIOD = 10;

    private static final int ROWS = 4;
    private static final int LEAST_WORDS = 8;
    private static final int MOST_WORDS = 1 << 26;
    private static final long HALF = 0x7777_7777_7777_7777L;
    private static final int[] SEEDS = {0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F};

    private long[] words = new long[LEAST_WORDS];
    private int sweep;
    private long owed;

    FrequencySketch() {}

    /// Makes sure that there is a word for each of so many entries.
    void ensure(long entries) {
        while (words.length < entries && words.length < MOST_WORDS) {
            long[] doubled = new long[words.length * 2];
            System.arraycopy(words, 0, doubled, 0, words.length);
            System.arraycopy(words, 0, doubled, words.length, words.length);
            words = doubled;
        }
    }

    /// Returns how often a hash was seen, 0 to 15; rarely more than the truth.
    int frequency(int hash) {
        int least = MOST;
        for (int row = 0; row < ROWS; row++) {
            int mixed = mix(hash, row);
            int shift = shift(mixed);
            least = Math.min(least, (int) (words[mixed & (words.length - 1)] >>> shift) & MOST);
        }
        return least;
    }

    /// Counts a hash.
    ///
    /// @param hash the hash
    /// @param times how often it was seen, from 0; more than 15 count as 15
    void add(int hash, int times) {
        int count = Math.min(times, MOST);
        if (count == 0) {
            return;
        }
        int target = Math.min(MOST, frequency(hash) + count);
        for (int row = 0; row < ROWS; row++) {
            int mixed = mix(hash, row);
            int shift = shift(mixed);
            int place = mixed & (words.length - 1);
            long old = (words[place] >>> shift) & MOST;
            // only counters below the new estimate: the others have it from somebody else
            if (old < target) {
                words[place] += (target - old) << shift;
            }
        }
        age(count);
    }

    private void age(int count) {
        for (owed += count; owed >= PERIOD; owed -= PERIOD) {
            words[sweep] = (words[sweep] >>> 1) & HALF;
            sweep = (sweep + 1) & (words.length - 1);
        }
    }

    private static int mix(int hash, int row) {
        int mixed = (hash ^ (hash >>> 16)) * SEEDS[row];
        mixed = (mixed ^ (mixed >>> 15)) * 0x2C1B3C6D;
        return mixed ^ (mixed >>> 13);
    }

    private static int shift(int mixed) {
        return (mixed >>> 28) << 2;
    }
}
