package io.patinox.benchmarks.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.config.FileSystemWatcher;
import java.nio.file.Path;
import java.util.Map;

/// Helidon's configuration with a watcher of the file, as its documentation sets it up: whoever
/// wants to know of changes subscribes to them and is given the new configuration.
final class HelidonReader implements ConfigReader {

    private final FileSystemWatcher watcher = FileSystemWatcher.create();
    private final Judge<Config> judge = new Judge<>(HelidonReader::entries);
    private volatile Config current;

    /// Sets the reader up.
    ///
    /// @param file what to read
    /// @param changed called for each new configuration
    HelidonReader(Path file, Runnable changed) {
        Config config =
                Config.builder()
                        .disableEnvironmentVariablesSource()
                        .disableSystemPropertiesSource()
                        .sources(ConfigSources.file(file).changeWatcher(watcher))
                        .build();
        this.current = config;
        config.onChange(fresh -> {
            current = fresh;
            changed.run();
        });
    }

    @Override
    public Reading current() {
        return judge.of(current);
    }

    private static Map<String, String> entries(Config config) {
        return config.get(Content.PREFIX).detach().asMap().orElse(Map.of());
    }

    @Override
    public void close() {
        watcher.stop();
    }
}
