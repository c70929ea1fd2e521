package io.patinox.benchmarks.config;

import io.patinox.memory.config.LiveConfig;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.Map;

/// Ours, with every option at its default.
final class PatinoxReader implements ConfigReader {

    private final LiveConfig<Saved> config;
    private final Judge<Saved> judge = new Judge<>(Saved::config);

    /// What the file holds.
    ///
    /// @param config everything under [Content#PREFIX]
    private record Saved(Map<String, String> config) {}

    /// Sets the reader up.
    ///
    /// @param file what to read
    /// @param changed called for each new version
    PatinoxReader(Path file, Runnable changed) {
        config = LiveConfig.builder(Saved.class).lookup(MethodHandles.lookup()).file(file).build();
        config.watch().subscribe(_ -> changed.run());
    }

    @Override
    public Reading current() {
        return judge.of(config.current());
    }

    @Override
    public void close() {
        config.close();
    }
}
