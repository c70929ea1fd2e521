package io.patinox.faults;

import io.patinox.memory.mmap.MappedFile;
import java.nio.file.Path;
import java.util.function.LongFunction;

/// Files with good elements, and with checksums.
enum Sample {
    /// Numbers.
    TICKS {
        @Override
        void create(Path path) {
            fill(path, Tick.class, Tick::of);
        }
    },
    /// Texts.
    LABELS {
        @Override
        void create(Path path) {
            fill(path, Label.class, Label::of);
        }
    },
    /// Narrow numbers.
    MIXED {
        @Override
        void create(Path path) {
            fill(path, Mixed.class, Mixed::of);
        }
    };

    /// How many elements a sample has: a hundred kilobytes of ticks.
    static final long COUNT = 4_000;

    /// The block of a checksum.
    static final int BLOCK = 4_096;

    abstract void create(Path path);

    private static <T> void fill(Path path, Class<T> type, LongFunction<T> element) {
        try (var file = MappedFile.builder(path, type).checksums(BLOCK).create(COUNT)) {
            file.<RuntimeException>write(slice -> {
                for (long i = 0; i < COUNT; i++) {
                    slice.set(i, element.apply(i));
                }
            });
        }
    }
}
