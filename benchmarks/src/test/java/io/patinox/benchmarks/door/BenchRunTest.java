package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BenchRunTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Progress silent =
            new Progress(new PrintStream(new ByteArrayOutputStream()), false, 1, nanos::get);

    private BenchRun run(Effort effort, Regime... regimes) {
        return new BenchRun(new FakeGroup("fake", List.of(regimes), List.of()), effort, nanos::get);
    }

    private static List<String> words(List<BenchRun.Trial> trials) {
        return trials.stream()
                .map(t -> t.round() + " " + t.regime().name() + " " + t.implementation())
                .toList();
    }

    @Test
    void schedule_twoRounds_interleavesImplementationsAndTurnsTheirOrder() {
        BenchRun run =
                run(
                        Effort.QUICK,
                        new FakeRegime("a", "us", "p", "q"),
                        new FakeRegime("b", "us", "p"));
        assertThat(words(run.schedule()))
                .containsExactly(
                        "0 a us", "0 a p", "0 a q", "0 b us", "0 b p", //
                        "1 a p", "1 a q", "1 a us", "1 b p", "1 b us");
    }

    @Test
    void schedule_regimeOnlyInFull_isLeftOutOfQuickRuns() {
        Regime full = new FakeRegime("full", "us").onlyInFull();
        assertThat(run(Effort.QUICK, full).schedule()).isEmpty();
        assertThat(run(Effort.FULL, full).schedule()).hasSize(5);
    }

    @Test
    void measure_allForks_areKeptByRound() {
        FakeRegime regime = new FakeRegime("a", "us", "p").answering(n -> n.equals("us") ? 2 : 6);
        Measurements measurements = run(Effort.QUICK, regime).measure(silent);
        assertThat(measurements.values("a", "us", FakeRegime.TIME)).containsExactly(2, 2);
        assertThat(measurements.ratios("a", FakeRegime.TIME, "p", "us")).containsExactly(3, 3);
    }

    @Test
    void measure_budgetUsedUp_takesWhatIsMeasuredAlready() {
        FakeRegime slow =
                new FakeRegime("a", "us")
                        .answering(_ -> nanos.addAndGet(2 * Effort.QUICK.budget().toNanos()));
        FakeRegime ready = new FakeRegime("b", "us").ready();
        Measurements measurements = run(Effort.QUICK, slow, ready).measure(silent);
        assertThat(measurements.values("a", "us", FakeRegime.TIME)).hasSize(1);
        assertThat(measurements.values("b", "us", FakeRegime.TIME)).hasSize(2);
    }

    @Test
    void measure_budgetUsedUp_startsNoFurtherFork() {
        long half = Effort.QUICK.budget().toNanos() / 2 + 1;
        FakeRegime regime = new FakeRegime("a", "us", "p").answering(_ -> nanos.addAndGet(half));
        run(Effort.QUICK, regime).measure(silent);
        assertThat(regime.measured).containsExactly("us", "p");
    }

    @Test
    void measure_forkFails_namesRegimeAndImplementation() {
        FakeRegime regime =
                new FakeRegime("a", "us")
                        .answering(_ -> {
                            throw new MeasurementException("exit code 9");
                        });
        assertThatThrownBy(() -> run(Effort.QUICK, regime).measure(silent))
                .isInstanceOf(MeasurementException.class)
                .hasMessage("a, us: exit code 9");
    }
}
