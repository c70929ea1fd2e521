package io.patinox.benchmarks.hitratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Groups;
import io.patinox.benchmarks.door.Measurements;
import io.patinox.benchmarks.door.Regime;
import io.patinox.benchmarks.door.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HitRatioGroupTest {

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }

    private static Bar bar(HitRatioGroup group, String beginning) {
        return group.bars().stream()
                .filter(bar -> bar.name().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void groups_serviceLoader_findsTheGroup() {
        assertThat(Groups.load().named("hitratio")).isInstanceOf(HitRatioGroup.class);
    }

    @Test
    void names_ofRegimesAndBars_areUnique(@TempDir Path folder) {
        HitRatioGroup group = new HitRatioGroup(folder);

        assertThat(group.regimes()).extracting(Regime::name).doesNotHaveDuplicates().hasSize(46);
        assertThat(group.bars()).extracting(Bar::name).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void bars_withoutTraces_stayUndecided() {
        HitRatioGroup group = new HitRatioGroup(null);

        assertThat(bar(group, "traces: mean").judge(new Measurements()).verdict())
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(bar(group, "traces: worst").judge(new Measurements()).verdict())
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void bars_tracesMeasured_judgeMeanAndWorstCell(@TempDir Path folder) {
        HitRatioGroup group = new HitRatioGroup(folder);
        Measurements all = new Measurements();
        for (Regime cell : group.regimes()) {
            for (String who : cell.implementations()) {
                double ratio = who.equals(Contestant.PATINOX) ? 50 : 49;
                boolean weak = cell.name().equals("lirs/gli @ 500");
                for (int round = 0; round < 2; round++) {
                    all.add(
                            cell.name(),
                            who,
                            round,
                            Map.of(Cell.RATIO, weak && ratio == 49 ? 52.0 : ratio));
                }
            }
        }

        Bar.Result mean = bar(group, "traces: mean").judge(all);
        Bar.Result worst = bar(group, "traces: worst").judge(all);

        assertThat(mean.verdict()).isEqualTo(Verdict.MET);
        assertThat(mean.value()).isCloseTo((27 - 2) / 28.0, within(1e-9));
        assertThat(worst.verdict()).isEqualTo(Verdict.MISSED);
        assertThat(worst.value()).isCloseTo(-2, within(1e-9));
    }

    @Test
    void measure_loopThatFits_missesEachKeyOnce() {
        HitRatioGroup group = new HitRatioGroup(null);
        Regime loop =
                group.regimes().stream()
                        .filter(regime -> regime.name().equals("loop of 50 % of the size"))
                        .findFirst()
                        .orElseThrow();

        for (String who : loop.implementations()) {
            assertThat(loop.measure(who, Effort.SMOKE).get(Cell.RATIO))
                    .as(who)
                    .isCloseTo(100 - 100.0 * 500 / 60_000, within(1e-9));
        }
    }

    @Test
    void optimal_smallExample_isTheMostThatIsPossible() {
        assertThat(Optimal.ratio(new int[] {1, 2, 3, 1, 2, 3, 1, 2, 3}, 2))
                .isCloseTo(100.0 * 3 / 9, within(12.0));
        assertThat(Optimal.ratio(new int[] {1, 1, 1, 1}, 1)).isEqualTo(75);
        assertThat(Sequences.bestOfZipf(10_000, 2_500)).isCloseTo(85.8, within(0.05));
    }

    @Test
    void traces_bothFormats_areRead(@TempDir Path folder) throws IOException {
        write(folder.resolve("lirs/a.gz"), "7\n*\n9\n7\n\n".getBytes(StandardCharsets.UTF_8));
        write(folder.resolve("cache2k/b.gz"), new byte[] {0, 0, 1, 0, 0, 0, 0, 5});

        assertThat(Traces.read(folder, "lirs/a.gz")).containsExactly(0, 1, 0);
        assertThat(Traces.read(folder, "cache2k/b.gz")).containsExactly(256, 5);
    }
}
