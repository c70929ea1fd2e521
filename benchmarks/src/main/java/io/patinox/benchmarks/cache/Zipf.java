package io.patinox.benchmarks.cache;

import java.util.Arrays;
import java.util.Random;

/// Draws numbers of which few come often and most rarely, as a law of Zipf has it: the number of
/// rank `r` comes in proportion to `1 / r^exponent`. Ranks are dealt to the numbers by chance, so
/// that neighbours have nothing in common.
final class Zipf {

    private final double[] cumulative;
    private final int[] numbers;
    private final Random random;

    /// Creates a source of numbers.
    ///
    /// @param items how many numbers there are, from 0 on
    /// @param exponent how uneven they come
    /// @param seed by which the ranks are dealt and numbers are drawn
    Zipf(int items, double exponent, long seed) {
        cumulative = new double[items];
        numbers = new int[items];
        random = new Random(seed);
        double sum = 0;
        for (int rank = 0; rank < items; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            cumulative[rank] = sum;
            int other = random.nextInt(rank + 1);
            numbers[rank] = numbers[other];
            numbers[other] = rank;
        }
    }

    /// Returns the next number.
    int next() {
        double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
        int place = Arrays.binarySearch(cumulative, drawn);
        int rank = place >= 0 ? place : -place - 1;
        return numbers[Math.min(rank, numbers.length - 1)];
    }
}
