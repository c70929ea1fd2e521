package io.patinox.benchmarks.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZipfTest {

    private static final int ITEMS = 1_000;
    private static final int DRAWS = 200_000;

    private static int[] counts(Zipf zipf) {
        int[] counts = new int[ITEMS];
        for (int i = 0; i < DRAWS; i++) {
            counts[zipf.next()]++;
        }
        return counts;
    }

    @Test
    void numbers_drawn_comeAsOftenAsTheLawSays() {
        int[] counts = counts(new Zipf(ITEMS, 0.99, 1));
        double sum = IntStream.rangeClosed(1, ITEMS).mapToDouble(r -> Math.pow(r, -0.99)).sum();
        Arrays.sort(counts);
        for (int rank : new int[] {1, 2, 3, 10, 100}) {
            double expected = DRAWS * Math.pow(rank, -0.99) / sum;
            assertThat((double) counts[ITEMS - rank])
                    .as("rank " + rank)
                    .isCloseTo(expected, within(expected * 0.15));
        }
    }

    @Test
    void numbers_ofTheSameSeed_areTheSame() {
        Zipf one = new Zipf(ITEMS, 0.99, 7);
        Zipf other = new Zipf(ITEMS, 0.99, 7);
        for (int i = 0; i < 100; i++) {
            assertThat(one.next()).isEqualTo(other.next());
        }
    }

    @Test
    void ranks_dealtToNumbers_areScattered() {
        int[] counts = counts(new Zipf(ITEMS, 0.99, 1));
        long firstHalf = Arrays.stream(counts, 0, ITEMS / 2).asLongStream().sum();
        assertThat((double) firstHalf / DRAWS).isBetween(0.2, 0.8);
        assertThat(counts[0]).isLessThan(Arrays.stream(counts).max().orElseThrow());
    }
}
