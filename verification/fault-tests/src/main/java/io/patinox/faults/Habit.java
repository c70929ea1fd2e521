package io.patinox.faults;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedFileBuilder;
import io.patinox.memory.mmap.MutableMappedFile;
import java.nio.file.Path;
import java.util.List;

/// A way to write until one is killed. Element i is always `Tick.of(i)`.
enum Habit {
    /// One after the other.
    APPEND {
        @Override
        void step(MutableMappedFile<Tick> file) {
            file.append(Tick.of(file.count()));
        }
    },
    /// Three at once.
    APPEND_ALL {
        @Override
        void step(MutableMappedFile<Tick> file) {
            long at = file.count();
            file.appendAll(List.of(Tick.of(at), Tick.of(at + 1), Tick.of(at + 2)));
        }
    },
    /// With checksums that are renewed.
    FORCE {
        @Override
        void step(MutableMappedFile<Tick> file) {
            file.append(Tick.of(file.count()));
            if (file.count() % 500 == 0) {
                file.force();
            }
        }
    },
    /// In a file that grows by little and often.
    GROW {
        @Override
        void step(MutableMappedFile<Tick> file) {
            file.append(Tick.of(file.count()));
            if (file.count() % 50 == 0) {
                file.reserve(file.capacity() + 300);
            }
        }
    },
    /// Longer and shorter.
    SHRINK {
        @Override
        void step(MutableMappedFile<Tick> file) {
            file.append(Tick.of(file.count()));
            if (file.count() % 1_000 == 0) {
                file.resize(file.count() - 700);
            }
        }
    };

    MappedFileBuilder<Tick> builder(Path path) {
        MappedFileBuilder<Tick> builder = MappedFile.builder(path, Tick.class);
        return this == FORCE ? builder.checksums(Sample.BLOCK) : builder;
    }

    abstract void step(MutableMappedFile<Tick> file);
}
