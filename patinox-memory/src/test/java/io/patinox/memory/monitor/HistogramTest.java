package io.patinox.memory.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.internal.Allocation;
import io.patinox.memory.internal.Concurrently;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

    private final Histogram histogram = Histogram.nanos();

    private HistogramSnapshot recorded(long... values) {
        for (long value : values) {
            histogram.record(value);
        }
        return histogram.snapshot();
    }

    @Test
    void snapshot_empty_isAllZero() {
        HistogramSnapshot empty = histogram.snapshot();

        assertThat(empty.count()).isZero();
        assertThat(empty.sum()).isZero();
        assertThat(empty.mean()).isZero();
        assertThat(empty.max()).isZero();
        assertThat(empty.p50()).isZero();
        assertThat(empty.percentile(100)).isZero();
        assertThat(empty.unit()).isEqualTo("nanos");
    }

    @Test
    void snapshot_smallValues_isExact() {
        long[] values = new long[50];
        Arrays.setAll(values, i -> i + 1);
        HistogramSnapshot snapshot = recorded(values);

        assertThat(snapshot.count()).isEqualTo(50);
        assertThat(snapshot.sum()).isEqualTo(1_275);
        assertThat(snapshot.mean()).isEqualTo(25.5);
        assertThat(snapshot.p50()).isEqualTo(25);
        assertThat(snapshot.p90()).isEqualTo(45);
        assertThat(snapshot.p99()).isEqualTo(50);
        assertThat(snapshot.p999()).isEqualTo(50);
        assertThat(snapshot.percentile(0)).isEqualTo(1);
        assertThat(snapshot.percentile(2)).isEqualTo(1);
        assertThat(snapshot.percentile(2.1)).isEqualTo(2);
        assertThat(snapshot.percentile(100)).isEqualTo(50);
        assertThat(snapshot.max()).isEqualTo(50);
    }

    @Test
    void p999_aThousandValues_isTheLastButOne() {
        for (int i = 0; i < 999; i++) {
            histogram.record(10);
        }

        assertThat(recorded(60).p999()).isEqualTo(10);
        assertThat(recorded(60).p999()).isEqualTo(60);
    }

    @Test
    void percentiles_randomValues_areAtMostThreeAndABitPercentHigh() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long[] values = new long[20_000];
        Arrays.setAll(values, i -> random.nextLong(1L << 40) >>> random.nextInt(40));
        HistogramSnapshot snapshot = recorded(values);

        Arrays.sort(values);
        for (double percent : new double[] {0.1, 1, 10, 50, 90, 99, 99.9, 99.99, 100}) {
            long exact = values[(int) Math.ceil(percent * values.length / 100 - 1e-9) - 1];
            assertThat(snapshot.percentile(percent))
                    .as("seed %d, percentile %s", seed, percent)
                    .isBetween(exact, exact + exact / 32);
        }
        assertThat(snapshot.max()).isEqualTo(values[values.length - 1]);
        assertThat(snapshot.sum()).isEqualTo(Arrays.stream(values).sum());
    }

    @Test
    void percentile_oneValue_isNotAboveTheMaximum() {
        HistogramSnapshot snapshot = recorded(1_000_001);

        assertThat(snapshot.p50()).isEqualTo(1_000_001);
    }

    @Test
    void record_extremeValues_areCounted() {
        HistogramSnapshot snapshot = recorded(-1, Long.MIN_VALUE, 1L << 60);

        assertThat(snapshot.count()).isEqualTo(3);
        assertThat(snapshot.sum()).isEqualTo(1L << 60);
        assertThat(snapshot.p50()).isZero();
        assertThat(snapshot.p99()).isEqualTo(1L << 60);
        assertThat(snapshot.max()).isEqualTo(1L << 60);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN, Double.NEGATIVE_INFINITY})
    void percentile_outOfRange_isRefused(double percent) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> recorded(1).percentile(percent))
                .withMessageContaining("option 'percent' must be 0 to 100");
    }

    @Test
    void record_eightThreads_countSumAndMaxAreExact() throws InterruptedException {
        int each = 100_000;

        Concurrently.run(
                8,
                thread -> {
                    for (int i = 0; i < each; i++) {
                        histogram.record(i + (thread == 3 ? each : 0));
                    }
                });

        HistogramSnapshot snapshot = histogram.snapshot();
        assertThat(snapshot.count()).isEqualTo(8L * each);
        assertThat(snapshot.sum()).isEqualTo(8L * each * (each - 1) / 2 + (long) each * each);
        assertThat(snapshot.max()).isEqualTo(2 * each - 1);
        assertThat(snapshot.percentile(100)).isEqualTo(2 * each - 1);
    }

    @Test
    void record_warm_allocatesNothing() {
        assertThat(Allocation.leastBytes(10_000, i -> histogram.record(i * 977))).isZero();
        assertThat(histogram.snapshot().count()).isPositive();
    }

    @Test
    void since_earlierSnapshot_isWhatCameAfterIt() {
        HistogramSnapshot before = recorded(5, 60, 1_000_000);

        HistogramSnapshot since = recorded(5, 7, 20).since(before);

        assertThat(since.count()).isEqualTo(3);
        assertThat(since.sum()).isEqualTo(32);
        assertThat(since.p50()).isEqualTo(7);
        assertThat(since.max()).isEqualTo(20);
        assertThat(since.unit()).isEqualTo("nanos");
    }

    @Test
    void since_nothingNew_isEmpty() {
        HistogramSnapshot before = recorded(5, 60);

        HistogramSnapshot since = histogram.snapshot().since(before);

        assertThat(since.count()).isZero();
        assertThat(since.sum()).isZero();
        assertThat(since.max()).isZero();
    }

    @Test
    void since_newMaximum_isExact() {
        HistogramSnapshot before = recorded(1_000);

        assertThat(recorded(1_000_001).since(before).max()).isEqualTo(1_000_001);
        assertThat(recorded(1L << 60).since(before).max()).isEqualTo(1L << 60);
    }

    @Test
    void since_notAnEarlierOne_isRefused() {
        HistogramSnapshot other = recorded(5, 1_000);
        Histogram fresh = Histogram.nanos();
        fresh.record(5);
        HistogramSnapshot shorter = fresh.snapshot();
        fresh.record(70);
        fresh.record(2_000);
        HistogramSnapshot longer = fresh.snapshot();

        for (HistogramSnapshot snapshot : new HistogramSnapshot[] {shorter, longer}) {
            assertThatExceptionOfType(InvalidOptionException.class)
                    .isThrownBy(() -> snapshot.since(other))
                    .withMessageContaining("an earlier snapshot of the same histogram");
        }
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> shorter.since(null));
    }

    @Test
    void toString_figures_areAllThere() {
        assertThat(recorded(1, 2, 3, 4))
                .hasToString("count=4, mean=2.5, p50=2, p90=4, p99=4, p99.9=4, max=4 (nanos)");
    }
}
