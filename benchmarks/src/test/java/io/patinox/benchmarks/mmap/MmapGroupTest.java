package io.patinox.benchmarks.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Groups;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Regime;
import org.junit.jupiter.api.Test;

class MmapGroupTest {

    private final MmapGroup group = new MmapGroup();

    private Regime regime(String name) {
        return group.regimes().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void groups_serviceLoader_findsTheGroup() {
        assertThat(Groups.load().named("mmap")).isInstanceOf(MmapGroup.class);
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
                .allSatisfy(r -> {
                    assertThat(r.implementations()).startsWith(MmapGroup.PATINOX);
                    assertThat(r.sample()).startsWith(MmapGroup.PATINOX);
                    assertThat(r.implementations()).containsAll(r.sample());
                });
    }

    @Test
    void jmhRegimes_oneForkOfUsAndAPeer_yieldTimeAndAllocation() {
        for (String who : new String[] {MmapGroup.PATINOX, MmapGroup.CHRONICLE}) {
            assertThat(regime("random reads of 65,536").measure(who, Effort.SMOKE))
                    .containsOnlyKeys(JmhRegime.TIME, JmhRegime.ALLOCATION)
                    .hasEntrySatisfying(JmhRegime.TIME, nanos -> assertThat(nanos).isPositive());
        }
    }

    @Test
    void smallRegimes_whatAQuickRunMeasures_runs() {
        for (String name :
                new String[] {"open, check, map, close", "body", "texts and records in records"}) {
            Regime small = regime(name);
            for (String who : small.sample()) {
                assertThat(small.measure(who, Effort.SMOKE))
                        .as(name + ", " + who)
                        .hasEntrySatisfying(
                                JmhRegime.TIME, nanos -> assertThat(nanos).isPositive());
            }
        }
    }
}
