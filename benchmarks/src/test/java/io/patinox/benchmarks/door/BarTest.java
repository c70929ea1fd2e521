package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BarTest {

    private static final Metric TIME = Metric.mean("time", "ns/op");
    private static final Metric WAIT = Metric.largest("worst wait", "ms");
    private static final Regime REGIME = new FakeRegime("alone", "us", "peer");

    private final Measurements measurements = new Measurements();

    private void measured(String implementation, Metric metric, double... rounds) {
        for (int round = 0; round < rounds.length; round++) {
            measurements.add("alone", implementation, round, Map.of(metric, rounds[round]));
        }
    }

    private Bar.Result times(double bound) {
        return Bar.ratio("faster", REGIME, TIME, "peer", "us").atLeast(bound).judge(measurements);
    }

    @Test
    void ratio_everyPairAboveTheBound_isMetWithTheMedianOfTheRatios() {
        // the medians themselves would give 12/4 = 3
        measured("us", TIME, 2, 4, 5);
        measured("peer", TIME, 12, 10, 15);
        Bar.Result result = times(2.5);
        assertThat(result.verdict()).isEqualTo(Verdict.MET);
        assertThat(result.value()).isEqualTo(3);
        assertThat(result.bar()).isEqualTo("at least 2.5 x");
    }

    @Test
    void ratio_everyPairBelowTheBound_isMissed() {
        measured("us", TIME, 10, 10);
        measured("peer", TIME, 9, 9.9);
        assertThat(times(1).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void ratio_boundBetweenThePairs_isUndecided() {
        measured("us", TIME, 10, 10, 10);
        measured("peer", TIME, 9, 12, 13);
        Bar.Result result = times(1);
        assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result.value()).isEqualTo(1.2);
    }

    @Test
    void ratio_onePairOnly_isUndecidedHoweverFarAway() {
        measured("us", TIME, 1);
        measured("peer", TIME, 100);
        assertThat(times(1).verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void ratio_roundWithoutThePeer_isLeftOut() {
        measured("us", TIME, 10, 10, 1);
        measured("peer", TIME, 20, 20);
        assertThat(times(1).value()).isEqualTo(2);
        assertThat(times(1).verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void ratio_nothingMeasured_isUndecidedWithoutValue() {
        assertThat(times(1).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(times(1).value()).isNull();
    }

    @Test
    void value_atTheBound_isMet() {
        measured("us", WAIT, 25, 25);
        Bar.Result result = Bar.value("calm", REGIME, WAIT, "us").atMost(25).judge(measurements);
        assertThat(result.verdict()).isEqualTo(Verdict.MET);
        assertThat(result.bar()).isEqualTo("at most 25 ms");
    }

    @Test
    void value_beyondTheBoundInOneFork_isUndecided() {
        measured("us", WAIT, 20, 30);
        Bar bar = Bar.value("calm", REGIME, WAIT, "us").atMost(25);
        assertThat(bar.judge(measurements).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(bar.name()).isEqualTo("calm");
    }

    @Test
    void always_brokenByOneFork_isMissedAndShowsThatFork() {
        measured("us", WAIT, 0, 0, 3, 0);
        Bar.Result result = Bar.value("order", REGIME, WAIT, "us").always(0).judge(measurements);
        assertThat(result.verdict()).isEqualTo(Verdict.MISSED);
        assertThat(result.value()).isEqualTo(3);
        assertThat(result.bar()).isEqualTo("always 0 ms");
    }

    @Test
    void always_keptByASingleFork_isMet() {
        measured("us", WAIT, 0);
        Bar bar = Bar.value("order", REGIME, WAIT, "us").always(0);
        assertThat(bar.judge(measurements).verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void always_nothingMeasured_isUndecided() {
        Bar bar = Bar.value("order", REGIME, WAIT, "us").always(0);
        assertThat(bar.judge(measurements).verdict()).isEqualTo(Verdict.UNDECIDED);
    }
}
