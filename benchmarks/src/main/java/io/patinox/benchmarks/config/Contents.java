package io.patinox.benchmarks.config;

import java.util.concurrent.atomic.AtomicInteger;

/// What one save has to write: a fresh version each time it is asked, as two editors write two.
final class Contents {

    /// Versions that one save may need.
    private static final int EDITORS = 10;

    private final long save;
    private final boolean valid;
    private final AtomicInteger drawn = new AtomicInteger();

    private Contents(long save, boolean valid) {
        this.save = save;
        this.valid = valid;
    }

    /// Returns the contents of a save.
    ///
    /// @param save its number, counted upwards
    static Contents of(long save) {
        return new Contents(save, true);
    }

    /// Returns the contents of a save that breaks the file.
    ///
    /// @param save its number, counted upwards
    static Contents invalid(long save) {
        return new Contents(save, false);
    }

    /// Returns the number of the save that wrote a version.
    static long save(long version) {
        return version / EDITORS;
    }

    /// Returns a file.
    byte[] whole() {
        return valid ? Content.whole(next()) : Content.invalid();
    }

    /// Returns what is appended to a file.
    byte[] addition() {
        return valid ? Content.addition(next()) : Content.invalid();
    }

    private long next() {
        return save * EDITORS + drawn.getAndIncrement();
    }
}
