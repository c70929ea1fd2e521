package io.patinox.benchmarks.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// Saves one file in one style, again and again, while one reader keeps up with it.
final class SaveRun {

    private static final String FILE = "app.properties";

    private final SaveStyle style;
    private final SavePace pace;
    private final ConfigReader.Factory factory;
    private long saves;

    /// Creates a run.
    ///
    /// @param style how to save
    /// @param pace how fast
    /// @param factory whom to watch
    SaveRun(SaveStyle style, SavePace pace, ConfigReader.Factory factory) {
        this.style = style;
        this.pace = pace;
        this.factory = factory;
    }

    /// What became of a run.
    ///
    /// @param tally what the reader was given
    /// @param alive whether it still kept up after the file was broken and mended
    /// @param stallNanos how long the machine kept the lookout waiting, at worst
    record Outcome(Journal.Tally tally, boolean alive, long stallNanos) {}

    /// Runs.
    ///
    /// @param folder an empty folder
    /// @param number how many saves to count, rounded up to whole bursts
    /// @return what became of it
    /// @throws Exception when the file system or the library fails
    Outcome run(Path folder, int number) throws Exception {
        Path file = folder.resolve(FILE);
        Journal journal = new Journal();
        style.creator().save(file, Contents.of(++saves));
        ReaderSlot slot = new ReaderSlot();
        Lookout lookout = Lookout.idle(slot::current, journal, System::nanoTime);
        try (ConfigReader reader = factory.open(file, lookout::look);
                lookout) {
            slot.reader = reader;
            lookout.start();
            burst(file, journal);
            journal.count();
            int size = pace.pauses().size() + 1;
            for (int done = 0; done < number; done += size) {
                burst(file, journal);
            }
            boolean alive = survives(file, journal);
            return new Outcome(journal.tally(), alive, lookout.stallNanos());
        }
    }

    /// The reader, once it is there: it may tell of changes while it is being set up.
    private static final class ReaderSlot {

        private volatile ConfigReader reader = () -> Reading.MISSING;

        Reading current() {
            return reader.current();
        }
    }

    private void burst(Path file, Journal journal) throws IOException, InterruptedException {
        for (var pause : pace.pauses()) {
            style.saver().save(file, Contents.of(++saves));
            journal.saved();
            Thread.sleep(pause);
        }
        style.saver().save(file, Contents.of(++saves));
        long done = System.nanoTime();
        journal.saved();
        journal.rested(onDisk(file), done);
        Thread.sleep(pace.rest());
        journal.replaced();
    }

    private boolean survives(Path file, Journal journal) throws IOException, InterruptedException {
        journal.breaks();
        style.saver().save(file, Contents.invalid(++saves));
        Thread.sleep(pace.rest());
        journal.mends();
        style.repairer().save(file, Contents.of(++saves));
        journal.rested(onDisk(file), System.nanoTime());
        return journal.awaitSeen(pace.patience());
    }

    /// Reads the version that lies there now, when nobody writes.
    private static long onDisk(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        Reading reading = Content.read(properties);
        if (reading.kind() != Reading.Kind.WHOLE) {
            throw new IllegalStateException("the saver left a content that is " + reading);
        }
        return reading.version();
    }
}
