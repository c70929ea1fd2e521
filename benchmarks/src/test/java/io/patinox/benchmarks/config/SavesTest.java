package io.patinox.benchmarks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.benchmarks.door.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers whose faults are known are seen to have them.
class SavesTest {

    private static final SavePace BRISK =
            new SavePace(
                    List.of(Duration.ofMillis(10)), Duration.ofMillis(60), Duration.ofMillis(90));

    private static final SavePace INSTANT =
            new SavePace(List.of(), Duration.ofMillis(20), Duration.ofMillis(20));

    private static Map<Metric, Double> measure(SaveStyle style, ConfigReader.Factory factory)
            throws Exception {
        return new Saves(List.of(style), BRISK).measure(factory, 6).get(Saves.ALL);
    }

    /// Reads the file whenever it is asked.
    private static ConfigReader direct(Path file) {
        return () -> {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Content.read(properties);
        };
    }

    /// Keeps what it had when what it would get is no good, as long as it lives.
    private static ConfigReader careful(Path file, boolean diesOfBrokenFiles) {
        ConfigReader direct = direct(file);
        AtomicReference<Reading> good = new AtomicReference<>(direct.current());
        AtomicReference<Boolean> dead = new AtomicReference<>(false);
        return () -> {
            try {
                Reading reading = direct.current();
                if (reading.kind() == Reading.Kind.WHOLE && !dead.get()) {
                    good.set(reading);
                }
            } catch (IllegalArgumentException _) {
                dead.set(diesOfBrokenFiles);
            } catch (UncheckedIOException _) {
                // not there, for a moment
            }
            return good.get();
        };
    }

    @Test
    void measure_carefulReader_isFoundFaultless() throws Exception {
        assertThat(measure(SaveStyle.chunks(5), (file, _) -> careful(file, false)))
                .containsEntry(Saves.SAVES, 6.0)
                .containsEntry(Saves.TORN, 0.0)
                .containsEntry(Saves.EMPTY, 0.0)
                .containsEntry(Saves.MISSING, 0.0)
                .containsEntry(Saves.STALE, 0.0)
                .containsEntry(Saves.KEPT, 100.0)
                .containsEntry(Saves.ALIVE, 100.0)
                .containsOnlyKeys(Saves.METRICS);
    }

    @Test
    void measure_readerOfWhateverIsThere_isTorn() throws Exception {
        assertThat(measure(SaveStyle.chunks(20), (file, _) -> direct(file)))
                .hasEntrySatisfying(Saves.TORN, torn -> assertThat(torn).isPositive())
                .containsEntry(Saves.KEPT, 0.0)
                .containsEntry(Saves.ALIVE, 100.0);
    }

    @Test
    void measure_readerOfAFileThatIsGone_isMissing() throws Exception {
        assertThat(measure(SaveStyle.RECREATE, (file, _) -> direct(file)))
                .hasEntrySatisfying(Saves.MISSING, missing -> assertThat(missing).isPositive());
    }

    @Test
    void measure_readerThatNeverLooks_missesAll() throws Exception {
        Map<Metric, Double> metrics =
                measure(
                        SaveStyle.RENAME,
                        (file, _) -> {
                            Reading first = direct(file).current();
                            return () -> first;
                        });
        assertThat(metrics)
                .containsEntry(Saves.MISSED, 3.0)
                .containsEntry(Saves.ALIVE, 0.0)
                .containsEntry(Saves.KEPT, 100.0)
                .doesNotContainKeys(Saves.MEDIAN, Saves.P99, Saves.WORST);
    }

    @Test
    void measure_readerThatDiesOfABrokenFile_isNotAlive() throws Exception {
        assertThat(measure(SaveStyle.RENAME, (file, _) -> careful(file, true)))
                .containsEntry(Saves.TORN, 0.0)
                .containsEntry(Saves.KEPT, 100.0)
                .containsEntry(Saves.ALIVE, 0.0);
    }

    @Test
    void measure_readerThatCannotBeSetUp_failsWithItsFailure() {
        assertThatThrownBy(() ->
                        measure(
                                SaveStyle.RENAME,
                                (_, _) -> {
                                    throw new IllegalStateException("no such library");
                                }))
                .hasRootCauseMessage("no such library");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {Peers.PATINOX, Peers.GESTALT, Peers.COMMONS, Peers.HELIDON, Peers.NAIVE})
    void measure_everyReader_yieldsATally(String name) throws Exception {
        SaveRun run = new SaveRun(SaveStyle.RENAME, INSTANT, Peers.reader(name));
        Path folder = Files.createTempDirectory("saves");
        try {
            assertThat(run.run(folder, 1).tally().saves()).isEqualTo(1);
        } finally {
            Files.delete(folder.resolve("app.properties"));
            Files.delete(folder);
        }
    }

    @Test
    void reader_unknownName_isRefused() {
        assertThatThrownBy(() -> Peers.reader("nobody")).hasMessageContaining("nobody");
    }
}
