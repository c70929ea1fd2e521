package io.patinox.benchmarks.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Groups;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Regime;
import java.time.Duration;
import java.util.List;
import org.github.gestalt.config.exceptions.GestaltException;
import org.junit.jupiter.api.Test;

class ConfigGroupTest {

    private final ConfigGroup group = new ConfigGroup();

    @Test
    void groups_serviceLoader_findsIt() {
        assertThat(Groups.load().named("config")).isInstanceOf(ConfigGroup.class);
    }

    @Test
    void names_ofRegimesAndBars_areUnique() {
        assertThat(group.regimes())
                .extracting(Regime::name)
                .doesNotHaveDuplicates()
                .contains(Saves.ALL, "saves: two editors");
        assertThat(group.bars()).extracting(Bar::name).doesNotHaveDuplicates().hasSize(20);
        assertThat(group.regimes())
                .allSatisfy(r -> assertThat(r.implementations()).startsWith(Peers.PATINOX));
    }

    @Test
    void readRegime_oneFork_yieldsTimeAndAllocation() {
        Regime read = group.regimes().getFirst();
        assertThat(read.measure(Peers.PATINOX, Effort.SMOKE))
                .containsOnlyKeys(JmhRegime.TIME, JmhRegime.ALLOCATION);
    }

    @Test
    void read_everyImplementation_readsTheSame() throws GestaltException {
        ReadBenchmark benchmark = new ReadBenchmark();
        assertThat(
                        List.of(
                                benchmark.patinox(new ReadBenchmark.Patinox()),
                                benchmark.field(new ReadBenchmark.Field()),
                                benchmark.reference(new ReadBenchmark.Reference()),
                                benchmark.smallRye(new ReadBenchmark.SmallRye()),
                                benchmark.gestalt(new ReadBenchmark.OfGestalt()),
                                benchmark.typesafe(new ReadBenchmark.Typesafe()),
                                benchmark.commons(new ReadBenchmark.Commons())))
                .containsOnly(8080);
    }

    @Test
    void saves_byEffort_areAsManyAsPromised() {
        assertThat(Saves.number(Effort.FULL)).isEqualTo(300);
        assertThat(Saves.number(Effort.QUICK)).isEqualTo(30);
        assertThat(Saves.number(Effort.SMOKE)).isEqualTo(1);
        assertThat(ConfigGroup.limit(Effort.FULL)).isGreaterThan(Duration.ofMinutes(8));
    }
}
