package io.patinox.benchmarks.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Groups;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Regime;
import org.junit.jupiter.api.Test;

class CacheGroupTest {

    private final CacheGroup group = new CacheGroup();

    private Regime regime(String name) {
        return group.regimes().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void groups_serviceLoader_findsTheGroup() {
        assertThat(Groups.load().named("cache")).isInstanceOf(CacheGroup.class);
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
                    assertThat(r.implementations()).startsWith(Peers.PATINOX);
                    assertThat(r.sample()).startsWith(Peers.PATINOX);
                    assertThat(r.implementations()).containsAll(r.sample());
                });
    }

    @Test
    void jmhRegimes_oneForkOfUsAndAPeer_yieldTimeAndAllocation() {
        for (String who : new String[] {Peers.PATINOX, Peers.CACHE2K_COUNTING}) {
            assertThat(regime("hits, all features, 2 threads").measure(who, Effort.SMOKE))
                    .containsOnlyKeys(JmhRegime.TIME, JmhRegime.ALLOCATION)
                    .hasEntrySatisfying(JmhRegime.TIME, nanos -> assertThat(nanos).isPositive());
        }
        assertThat(regime("inserts that evict, 2 threads").measure(Peers.GUAVA, Effort.SMOKE))
                .hasEntrySatisfying(JmhRegime.TIME, nanos -> assertThat(nanos).isPositive());
    }

    @Test
    void memoryRegime_plainMap_takesWhatAMapTakes() {
        Retained retained = new Retained(Scene.RESIDENT, 100_000, 0);
        assertThat(retained.measure(Peers.MAP, Effort.SMOKE))
                .hasEntrySatisfying(
                        Retained.PER_ENTRY, bytes -> assertThat(bytes).isBetween(25.0, 50.0));
    }

    @Test
    void memoryRegime_largeValues_relatesToKeysAndValues() {
        Retained retained = new Retained(Scene.RESIDENT, 20_000, 1_024);
        assertThat(retained.measure(Peers.CAFFEINE, Effort.SMOKE))
                .containsOnlyKeys(Retained.PER_ENTRY, Retained.OVERHEAD)
                .hasEntrySatisfying(
                        Retained.OVERHEAD, percent -> assertThat(percent).isBetween(3.0, 20.0));
    }
}
