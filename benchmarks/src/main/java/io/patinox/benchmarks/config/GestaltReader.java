package io.patinox.benchmarks.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.reflect.TypeCapture;
import org.github.gestalt.config.reload.CoreReloadListener;
import org.github.gestalt.config.reload.FileChangeReloadStrategy;
import org.github.gestalt.config.source.FileConfigSourceBuilder;

/// Gestalt with its reload strategy for files, as its documentation sets it up: the source gets the
/// strategy, the builder a listener.
final class GestaltReader implements ConfigReader {

    private static final TypeCapture<Map<String, String>> ENTRIES = new TypeCapture<>() {};

    private final Judge<Map<String, String>> judge = new Judge<>(entries -> entries);
    private final ExecutorService executor;
    private final Gestalt gestalt;

    // held here, as Gestalt holds it weakly
    private final CoreReloadListener listener;

    /// Sets the reader up.
    ///
    /// @param file what to read
    /// @param changed called after each reload
    /// @throws GestaltException when the file cannot be loaded
    GestaltReader(Path file, Runnable changed) throws GestaltException {
        this.listener = changed::run;
        this.executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        this.gestalt =
                new GestaltBuilder()
                        .addSource(
                                FileConfigSourceBuilder.builder()
                                        .setFile(file.toFile())
                                        .addConfigReloadStrategy(
                                                new FileChangeReloadStrategy(executor))
                                        .build())
                        .addCoreReloadListener(listener)
                        .build();
        gestalt.loadConfigs();
    }

    @Override
    public Reading current() {
        return gestalt.getConfigOptional(Content.PREFIX, ENTRIES)
                .map(judge::of)
                .orElse(Reading.EMPTY);
    }

    @Override
    public void close() {
        gestalt.removeListener(listener);
        executor.shutdownNow();
    }
}
