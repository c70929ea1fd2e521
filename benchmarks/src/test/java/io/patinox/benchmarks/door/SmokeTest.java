package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.benchmarks.pool.PoolGroup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole door once, with real forks: a regime of each kind, every implementation, an instant
/// each.
class SmokeTest {

    private static final Effort INSTANT =
            new Effort(1, Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofMinutes(5));

    @Test
    void run_realForks_yieldTablesAndJson(@TempDir Path directory) {
        Group pool = new PoolGroup();
        Group sample =
                new FakeGroup(
                        pool.name(),
                        List.of(pool.regimes().getFirst(), pool.regimes().get(3)),
                        pool.bars());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Bench bench =
                new Bench(
                        new Groups(List.of(sample)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        Path json = directory.resolve("pool.json");

        int exitCode = bench.run(new BenchOptions("pool", true, false, json), INSTANT);

        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        Report report = ReportJson.read(json);
        for (Regime regime : sample.regimes()) {
            assertThat(report.figures())
                    .filteredOn(figure -> figure.regime().equals(regime.name()))
                    .extracting(Figure::implementation)
                    .containsOnlyElementsOf(regime.sample());
        }
        assertThat(report.bars()).hasSameSizeAs(pool.bars());
        assertThat(report.bars())
                .filteredOn(bar -> bar.name().equals("platform: overtakings, counted inside"))
                .extracting(Bar.Result::verdict)
                .as("a guarantee needs one fork only")
                .containsExactly(Verdict.MET);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("hikari-bag", "overtakings inside", "undecided");
    }
}
