package io.patinox.memory.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import org.junit.jupiter.api.Test;

class MetricsSnapshotTest {

    private static final HistogramSnapshot WAITS = Histogram.nanos().snapshot();

    private static MetricsSnapshot.Builder pool() {
        return MetricsSnapshot.builder("pool", "orders");
    }

    @Test
    void build_figures_areKeptInOrder() {
        MetricsSnapshot metrics =
                pool().counter("z.count", 5)
                        .counter("a.count", -1)
                        .gauge("in-use", 7)
                        .histogram("wait", WAITS)
                        .build();

        assertThat(metrics.component()).isEqualTo("pool");
        assertThat(metrics.source()).isEqualTo("orders");
        assertThat(metrics.counters().toString()).isEqualTo("{z.count=5, a.count=-1}");
        assertThat(metrics.gauges()).hasSize(1).containsEntry("in-use", 7L);
        assertThat(metrics.histograms()).hasSize(1).containsEntry("wait", WAITS);
        assertThat(metrics.toString())
                .startsWith("pool orders {z.count=5, a.count=-1} {in-use=7} {wait=count=0");
    }

    @Test
    void build_builderGoesOn_snapshotStays() {
        MetricsSnapshot.Builder builder = pool().counter("a", 1);
        MetricsSnapshot first = builder.build();

        builder.counter("b", 2).gauge("c", 3).histogram("d", WAITS);

        assertThat(first.counters()).hasSize(1);
        assertThat(first.gauges()).isEmpty();
        assertThat(first.histograms()).isEmpty();
    }

    @Test
    void maps_ofASnapshot_cannotBeChanged() {
        MetricsSnapshot metrics = pool().build();

        assertThatThrownBy(() -> metrics.counters().put("a", 1L))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> metrics.gauges().put("a", 1L))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> metrics.histograms().put("a", WAITS))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void builder_nameUsedTwice_isRefused() {
        MetricsSnapshot.Builder builder =
                pool().counter("a", 1).gauge("b", 2).histogram("c", WAITS);

        for (String used : new String[] {"a", "b", "c"}) {
            assertThatExceptionOfType(InvalidOptionException.class)
                    .isThrownBy(() -> builder.gauge(used, 1))
                    .withMessageContaining("used once in a snapshot, but is " + used);
        }
    }

    @Test
    void builder_badNames_areRefused() {
        assertThatThrownBy(() -> MetricsSnapshot.builder("", "a"))
                .hasMessageContaining("component");
        assertThatThrownBy(() -> MetricsSnapshot.builder("a", "b c"))
                .hasMessageContaining("source");
        assertThatThrownBy(() -> pool().counter("a b", 1)).hasMessageContaining("name");
        assertThatThrownBy(() -> pool().histogram("a", null)).hasMessageContaining("value");
    }
}
