package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private final Measurements measurements = new Measurements();

    private Figure figure(Metric metric, double... rounds) {
        for (int round = 0; round < rounds.length; round++) {
            measurements.add("alone", "us", round, Map.of(metric, rounds[round]));
        }
        return measurements.figures().getFirst();
    }

    @Test
    void figures_mean_hasTheConfidenceInterval() {
        Figure figure = figure(Metric.mean("time", "ns/op"), 9, 11);
        assertThat(figure.value()).isEqualTo(10);
        assertThat(figure.error()).isCloseTo(12.706, within(0.001));
        assertThat(figure.unit()).isEqualTo("ns/op");
    }

    @Test
    void figures_worstCase_isTheWorstForkAndTheDistanceBetweenForks() {
        assertThat(figure(Metric.largest("worst wait", "ms"), 20, 35, 31))
                .isEqualTo(new Figure("alone", "us", "worst wait", "ms", 35, 15.0));
    }

    @Test
    void figures_smallest_isTheSmallestFork() {
        assertThat(figure(Metric.smallest("fewest/most", ""), 0.75, 0.5).value()).isEqualTo(0.5);
    }

    @Test
    void figures_oneFork_haveNoError() {
        assertThat(figure(Metric.mean("time", "ns/op"), 9).error()).isNull();
        assertThat(figure(Metric.largest("worst wait", "ms"), 9).error()).isNull();
    }
}
