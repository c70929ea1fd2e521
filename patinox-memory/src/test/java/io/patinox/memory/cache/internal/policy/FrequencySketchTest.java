package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrequencySketchTest {

    private final FrequencySketch sketch = new FrequencySketch();

    @Test
    void frequency_unknown_isZero() {
        assertThat(sketch.frequency(5)).isZero();
    }

    @Test
    void add_moreThanFifteen_saturates() {
        sketch.ensure(1_000);
        sketch.add(5, 0);
        assertThat(sketch.frequency(5)).isZero();

        sketch.add(5, 3);
        assertThat(sketch.frequency(5)).isEqualTo(3);

        sketch.add(5, 1_000_000);
        sketch.add(5, 1);
        assertThat(sketch.frequency(5)).isEqualTo(15);
    }

    @Test
    void ensure_more_keepsWhatWasCounted() {
        sketch.ensure(64);
        sketch.add(77, 4);

        sketch.ensure(10_000);

        assertThat(sketch.frequency(77)).isEqualTo(4);
    }

    @Test
    void frequency_manyHashes_isSeldomTooHigh() {
        sketch.ensure(4_096);
        for (int key = 0; key < 4_096; key++) {
            sketch.add(TestNode.hash(key), 1);
        }
        int tooHigh = 0;
        for (int key = 100_000; key < 104_096; key++) {
            tooHigh += sketch.frequency(TestNode.hash(key)) > 0 ? 1 : 0;
        }

        assertThat(tooHigh).isLessThan(200);
    }

    @Test
    void frequency_afterAPeriod_isHalved() {
        sketch.ensure(1_024);
        sketch.add(5, 8);
        for (int i = 0; i < 1_024 * FrequencySketch.PERIOD; i++) {
            sketch.add(TestNode.hash(i), 1);
        }

        assertThat(sketch.frequency(5)).isBetween(4, 6);
    }
}
