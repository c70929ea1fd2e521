package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void measure_twoSituations_comeFromOneForkEach() {
        List<Regime> regimes = WaitingGroup.sideBySide("us", "peer").regimes();
        assertThat(regimes).extracting(Regime::name).containsExactly("one", "other: with spaces");
        Regime one = regimes.getFirst();
        Regime other = regimes.getLast();
        assertThat(one.implementations()).containsExactly("us", "peer");
        assertThat(one.quick()).isTrue();

        Map<Metric, Double> us = one.measure("us", Effort.SMOKE);
        Map<Metric, Double> peer = one.measure("peer", Effort.SMOKE);
        Map<Metric, Double> usAgain = other.measure("us", Effort.SMOKE);

        assertThat(us).containsOnlyKeys(WaitingGroup.PROCESS).isNotEqualTo(peer);
        assertThat(usAgain)
                .containsEntry(WaitingGroup.PROCESS, us.getOrDefault(WaitingGroup.PROCESS, 0.0))
                .containsEntry(WaitingGroup.LENGTH, 2.0);
    }

    @Test
    void measure_askedAgain_measuresAnotherRound() {
        Regime one = WaitingGroup.sideBySide("us").regimes().getFirst();
        Map<Metric, Double> round = one.measure("us", Effort.SMOKE);
        assertThat(one.measure("us", Effort.SMOKE)).isNotEqualTo(round);
    }

    @Test
    void measure_oneForkFails_saysWhichAndWhy() {
        Regime one = WaitingGroup.sideBySide("us", WaitingGroup.BROKEN).regimes().getFirst();
        assertThatThrownBy(() -> one.measure("us", Effort.SMOKE))
                .isInstanceOf(MeasurementException.class)
                .hasMessageStartingWith("broken ended with exit code 1")
                .hasMessageContaining("is broken");
    }
}
