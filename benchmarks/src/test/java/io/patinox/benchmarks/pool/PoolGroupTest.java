package io.patinox.benchmarks.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Groups;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Regime;
import org.junit.jupiter.api.Test;

class PoolGroupTest {

    private final PoolGroup group = new PoolGroup();

    private Regime regime(String name) {
        return group.regimes().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void groups_serviceLoader_findsThePool() {
        assertThat(Groups.load().names().split(", ")).contains("pool");
        assertThat(Groups.load().named("pool")).isInstanceOf(PoolGroup.class);
    }

    @Test
    void names_ofRegimesAndBars_areUnique() {
        assertThat(group.regimes()).extracting(Regime::name).doesNotHaveDuplicates();
        assertThat(group.bars()).extracting(Bar::name).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void regimes_everyOne_measuresUsFirst() {
        assertThat(group.regimes())
                .allSatisfy(r -> assertThat(r.implementations()).startsWith(Peers.PATINOX));
    }

    @Test
    void jmhRegime_oneFork_yieldsTimeAndAllocation() {
        assertThat(regime("1 thread on 8, nobody waits").measure(Peers.SEMAPHORE, Effort.SMOKE))
                .containsOnlyKeys(JmhRegime.TIME, JmhRegime.ALLOCATION)
                .allSatisfy((_, value) -> assertThat(value).isPositive());
    }

    @Test
    void keyedRegime_oneFork_neverHasMoreObjectsThanAllowed() {
        Regime keyed = regime(KeyedCrowd.NAME);
        assertThat(keyed.implementations()).hasSizeGreaterThan(1);
        assertThat(keyed.measure(Peers.PATINOX, Effort.SMOKE))
                .hasEntrySatisfying(
                        KeyedCrowd.MOST_OBJECTS, most -> assertThat(most).isBetween(1.0, 4.0));
        assertThat(keyed.measure(Peers.COMMONS, Effort.SMOKE))
                .hasEntrySatisfying(
                        CrowdResult.THROUGHPUT, value -> assertThat(value).isPositive());
    }

    @Test
    void crowdRegime_oneFork_yieldsTheCrowdsMetrics() {
        assertThat(
                        regime("16 platform threads on 4, hold 50 us")
                                .measure(Peers.PATINOX, Effort.SMOKE)
                                .keySet())
                .containsExactlyElementsOf(CrowdResult.METRICS);
    }
}
