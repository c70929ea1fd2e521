package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final double[] FIVE = {4, 1, 3, 5, 2};

    @Test
    void median_oddCount_isTheMiddleValue() {
        assertThat(Statistics.median(FIVE)).isEqualTo(3);
        assertThat(FIVE).as("the input stays as it is").containsExactly(4, 1, 3, 5, 2);
    }

    @Test
    void median_evenCount_isHalfwayBetweenTheMiddleValues() {
        assertThat(Statistics.median(new double[] {10, 1, 2, 4})).isEqualTo(3);
    }

    @Test
    void everything_noValues_isNotANumber() {
        assertThat(Statistics.median(new double[0])).isNaN();
        assertThat(Statistics.mean(new double[0])).isNaN();
        assertThat(Statistics.smallest(new double[0])).isNaN();
        assertThat(Statistics.largest(new double[0])).isNaN();
    }

    @Test
    void confidence_fiveValues_isTheTextbookInterval() {
        // standard error 0.7071, 4 degrees of freedom
        assertThat(Statistics.confidence(FIVE)).isCloseTo(2.776 * 0.70711, within(0.001));
    }

    @Test
    void confidence_twoValues_isWide() {
        assertThat(Statistics.confidence(new double[] {9, 11})).isCloseTo(12.706, within(0.001));
    }

    @Test
    void confidence_manyValues_usesTheNormalDistribution() {
        double[] values = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2;
        }
        assertThat(Statistics.confidence(values)).isCloseTo(1.960 * 0.050252, within(0.001));
    }

    @Test
    void confidence_oneValue_isUnknown() {
        assertThat(Statistics.confidence(new double[] {7})).isNaN();
    }
}
