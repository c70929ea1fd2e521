package io.patinox.benchmarks.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Groups;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Regime;
import org.junit.jupiter.api.Test;

class ResourceGroupTest {

    private static final double MILLION = 1_000_000;

    private final ResourceGroup group = new ResourceGroup();

    private Regime regime(String name) {
        return group.regimes().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void groups_serviceLoader_findsTheGroup() {
        assertThat(Groups.load().named("resource")).isInstanceOf(ResourceGroup.class);
    }

    @Test
    void names_ofRegimesAndBars_areUnique() {
        assertThat(group.regimes()).extracting(Regime::name).doesNotHaveDuplicates();
        assertThat(group.bars()).extracting(Bar::name).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void regimes_everyOne_measuresUsFirstAlsoWhenQuick() {
        assertThat(group.regimes())
                .allMatch(Regime::quick)
                .allSatisfy(
                        r -> assertThat(r.implementations().getFirst()).startsWith(Peers.PATINOX));
    }

    @Test
    void jmhRegime_oneFork_yieldsTimeAndTheAllocationOfARealObject() {
        assertThat(regime("2 threads, acquire and close").measure(Peers.PLAIN, Effort.SMOKE))
                .containsOnlyKeys(JmhRegime.TIME, JmhRegime.ALLOCATION)
                .hasEntrySatisfying(
                        JmhRegime.ALLOCATION,
                        bytes ->
                                assertThat(bytes)
                                        .as("the resource is not optimized away")
                                        .isGreaterThanOrEqualTo(16));
    }

    @Test
    void aliveRegime_plainObjects_areCountedToTheByte() {
        assertThat(regime("1,000,000 alive").measure(Peers.PLAIN, Effort.SMOKE))
                .hasEntrySatisfying(
                        Retained.RETAINED, bytes -> assertThat(bytes).isCloseTo(16, within(0.01)));
    }

    @Test
    void droppedRegime_smallHeap_losesNothing() {
        assertThat(regime("1,000,000 dropped at once, 256 MB").measure(Peers.PATINOX, Effort.SMOKE))
                .containsOnlyKeys(Dropped.METRICS)
                .containsEntry(Dropped.CLOSED, MILLION)
                .containsEntry(Dropped.CLEANED, MILLION)
                .containsEntry(Dropped.OPEN, 0.0)
                .containsEntry(Dropped.IMBALANCE, 0.0);
    }
}
