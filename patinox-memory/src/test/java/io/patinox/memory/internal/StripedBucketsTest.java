package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StripedBucketsTest {

    @Test
    void read_nothingRecorded_isZero() {
        StripedBuckets buckets = new StripedBuckets();

        assertThat(buckets.counts()).hasSize(Buckets.COUNT).containsOnly(0);
        assertThat(buckets.sum()).isZero();
        assertThat(buckets.max()).isZero();
    }

    @Test
    void record_values_areCountedInTheirBuckets() {
        StripedBuckets buckets = new StripedBuckets();

        buckets.record(7);
        buckets.record(7);
        buckets.record(-5);
        buckets.record(3);
        buckets.record(1L << 50);

        long[] counts = buckets.counts();
        assertThat(counts[7]).isEqualTo(2);
        assertThat(counts[0]).isEqualTo(1);
        assertThat(counts[3]).isEqualTo(1);
        assertThat(counts[Buckets.COUNT - 1]).isEqualTo(1);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(5);
        assertThat(buckets.sum()).isEqualTo(17 + (1L << 50));
        assertThat(buckets.max()).isEqualTo(1L << 50);
    }

    @Test
    void record_eightThreads_isExact() throws InterruptedException {
        StripedBuckets buckets = new StripedBuckets();
        int each = 100_000;

        Concurrently.run(
                8,
                thread -> {
                    for (int i = 0; i < each; i++) {
                        buckets.record((long) i * 8 + thread);
                    }
                });

        long all = 8L * each;
        assertThat(Arrays.stream(buckets.counts()).sum()).isEqualTo(all);
        assertThat(buckets.sum()).isEqualTo(all * (all - 1) / 2);
        assertThat(buckets.max()).isEqualTo(all - 1);
    }
}
