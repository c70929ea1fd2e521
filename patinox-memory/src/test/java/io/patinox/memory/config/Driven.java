package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// A configuration without a thread: the test moves the time, and each step of the loader with it.
/// The files are real.
final class Driven implements AutoCloseable {
    /// Longer than any file takes to settle, and shorter than a missing one takes to be believed.
    static final Duration SOON = Duration.ofMillis(900);

    /// Longer than anything takes to be believed.
    static final Duration LATER = Duration.ofSeconds(4);

    private static final Duration STEP = Duration.ofMillis(50);

    final ManualTicker ticker = new ManualTicker();
    final RecordingMonitor monitor = new RecordingMonitor();
    final Path file;
    final LiveConfig<AppConfig> config;

    private Driven(Path dir, UnaryOperator<LiveConfigBuilder<AppConfig>> options) {
        file = dir.resolve("app.properties");
        if (!Files.exists(file)) {
            write("name = one");
        }
        LiveConfigBuilder<AppConfig> builder =
                LiveConfig.builder(AppConfig.class)
                        .name("app")
                        .file(file)
                        .driven()
                        .ticker(ticker)
                        .monitor(monitor)
                        // every file is an old one
                        .wallMillis(() -> System.currentTimeMillis() + 3_600_000);
        config = options.apply(builder).build();
    }

    static Driven in(Path dir) {
        return in(dir, builder -> builder);
    }

    static Driven in(Path dir, UnaryOperator<LiveConfigBuilder<AppConfig>> options) {
        return new Driven(dir, options);
    }

    void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes, and lets it settle.
    void save(String text) {
        write(text);
        pass(SOON);
    }

    void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
            config.loader().step();
            ticker.advance(STEP);
        }
    }

    void assertCurrent(String name, long version) {
        assertThat(config.current().name()).isEqualTo(name);
        assertThat(config.status().version()).isEqualTo(version);
        assertThat(config.pinned().version()).isEqualTo(version);
        assertThat(config.pinned().value()).isSameAs(config.current());
    }

    @Override
    public void close() {
        config.close();
    }
}
