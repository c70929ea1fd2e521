package io.patinox.benchmarks.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Properties;

/// What one writes first: watch the folder, and read the file when an event names it. The reference
/// of what file systems do to readers.
final class NaiveReader implements ConfigReader {

    private final Path file;
    private final Runnable changed;
    private final WatchService watch;
    private volatile Reading current;

    /// Sets the reader up.
    ///
    /// @param file what to read
    /// @param changed called after each read
    /// @throws IOException when the folder cannot be watched
    NaiveReader(Path file, Runnable changed) throws IOException {
        this.file = file;
        this.changed = changed;
        this.watch = FileSystems.getDefault().newWatchService();
        file.toAbsolutePath()
                .resolveSibling("")
                .register(
                        watch,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
        this.current = read();
        Thread.ofPlatform().daemon().name("naive").start(this::follow);
    }

    @Override
    public Reading current() {
        return current;
    }

    private void follow() {
        try {
            while (true) {
                WatchKey key = watch.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (file.getFileName().equals(event.context())) {
                        current = read();
                        changed.run();
                    }
                }
                key.reset();
            }
        } catch (InterruptedException | ClosedWatchServiceException _) {
            // closed: nothing more to follow
        }
    }

    private Reading read() {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException _) {
            return Reading.MISSING;
        }
        return Content.read(properties);
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
