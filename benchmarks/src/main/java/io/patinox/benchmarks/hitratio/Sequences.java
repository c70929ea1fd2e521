package io.patinox.benchmarks.hitratio;

import java.util.Arrays;
import java.util.Random;

/// Makes sequences of keys of a known kind.
final class Sequences {

    private static final int ELSEWHERE = 1 << 28;

    private Sequences() {}

    /// Keys of which the one of rank r comes in proportion to 1/r.
    static int[] zipf(int keys, int length, long seed) {
        double[] sums = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += 1.0 / (rank + 1);
            sums[rank] = sum;
        }
        Random random = new Random(seed);
        int[] sequence = new int[length];
        for (int i = 0; i < length; i++) {
            int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
            sequence[i] = Math.min(found < 0 ? -found - 1 : found, keys - 1);
        }
        return sequence;
    }

    /// The share of uses of the most frequent keys, in percent: what a cache can hit that knows the
    /// frequencies, but not what comes.
    static double bestOfZipf(int keys, int capacity) {
        double best = 0;
        double all = 0;
        for (int rank = 1; rank <= keys; rank++) {
            all += 1.0 / rank;
            best += rank <= capacity ? 1.0 / rank : 0;
        }
        return 100 * best / all;
    }

    /// All keys, again and again.
    static int[] loop(int keys, int length) {
        int[] sequence = new int[length];
        Arrays.setAll(sequence, i -> i % keys);
        return sequence;
    }

    /// All keys, up and down.
    static int[] zigzag(int keys, int length) {
        int[] sequence = new int[length];
        Arrays.setAll(sequence, i -> Math.abs(keys - 1 - i % (2 * keys - 2)));
        return sequence;
    }

    /// New keys, three of ten; the others were used not long ago.
    static int[] recency(int depth, int length, long seed) {
        Random random = new Random(seed);
        int[] sequence = new int[length];
        int fresh = 0;
        for (int i = 0; i < length; i++) {
            int back = 1 + (int) (-Math.log(1 - random.nextDouble()) * depth);
            boolean again = i > 0 && random.nextInt(10) >= 3;
            sequence[i] = again ? sequence[Math.max(0, i - back)] : fresh++;
        }
        return sequence;
    }

    /// Favourites, and between them keys that come only once, two of five.
    static int[] scanned(int[] favourites, long seed) {
        Random random = new Random(seed);
        int[] sequence = favourites.clone();
        for (int i = 0; i < sequence.length; i++) {
            if (random.nextInt(5) < 2) {
                sequence[i] = ELSEWHERE + i;
            }
        }
        return sequence;
    }

    /// One sequence after the other, without a common key.
    static int[] phases(int[]... parts) {
        int[] sequence = new int[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (int p = 0; p < parts.length; p++) {
            for (int key : parts[p]) {
                sequence[at++] = key + p * (ELSEWHERE >> 4);
            }
        }
        return sequence;
    }
}
