package io.patinox.memory.cache.internal.policy;

import java.util.Arrays;
import java.util.Random;

/// Sequences of keys.
final class Workloads {

    private Workloads() {}

    /// Keys of which the one of rank r comes in proportion to r^-exponent.
    static int[] zipf(int keys, double exponent, int length, long seed) {
        double[] sums = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += Math.pow(rank + 1, -exponent);
            sums[rank] = sum;
        }
        Random random = new Random(seed);
        int[] sequence = new int[length];
        for (int i = 0; i < length; i++) {
            int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
            sequence[i] = found < 0 ? -found - 1 : found;
        }
        return sequence;
    }

    static int[] loop(int keys, int length) {
        int[] sequence = new int[length];
        Arrays.setAll(sequence, i -> i % keys);
        return sequence;
    }

    /// Favourites, between which keys come that come only once.
    static int[] wonders(int keys, int length, long seed) {
        int[] sequence = zipf(keys, 0.9, length, seed);
        for (int i = 0; i < length; i += 2) {
            sequence[i] = keys + i;
        }
        return sequence;
    }
}
