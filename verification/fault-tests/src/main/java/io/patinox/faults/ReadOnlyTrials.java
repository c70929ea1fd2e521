package io.patinox.faults;

import io.patinox.memory.mmap.FileLocking;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedFileBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// What can't be written to, and what is not there.
final class ReadOnlyTrials {
    /// The file that is on the file system before it is made read-only.
    static final String FILE = "there";

    private ReadOnlyTrials() {}

    static List<Trial> mounted() {
        return List.of(
                trial("READ_ONLY/CREATE", Verdict.STORAGE, "new", b -> b.create(10)),
                trial("READ_ONLY/OPEN", Verdict.STORAGE, FILE, MappedFileBuilder::open),
                trial("READ_ONLY/OPEN_OR_CREATE", Verdict.STORAGE, FILE, b -> b.openOrCreate(1)),
                trial(
                        "READ_ONLY/LOCK",
                        Verdict.STORAGE,
                        FILE,
                        b -> b.locking(FileLocking.SHARED).openReadOnly()),
                trial("READ_ONLY/READ", Verdict.OK, FILE, MappedFileBuilder::openReadOnly),
                // the JDK wants a channel that can write, though nothing is written
                trial("READ_ONLY/PRIVATE", Verdict.STORAGE, FILE, MappedFileBuilder::openPrivate));
    }

    static List<Trial> anywhere() {
        return List.of(
                missing("MISSING/OPEN", MappedFileBuilder::open),
                missing("MISSING/READ", MappedFileBuilder::openReadOnly),
                missing("MISSING/CREATE", b -> b.create(1)),
                missing("MISSING/LOCK", b -> b.locking(FileLocking.EXCLUSIVE).openOrCreate(1)),
                new NamedTrial(
                        "FOLDER/READ",
                        Place.FOLDER,
                        Verdict.STORAGE,
                        bench -> use(bench.folder(Place.FOLDER), MappedFileBuilder::openReadOnly)));
    }

    private static Trial trial(
            String name,
            Verdict right,
            String file,
            Function<MappedFileBuilder<Tick>, MappedFile<Tick>> opening) {
        return new NamedTrial(
                name,
                Place.READ_ONLY,
                right,
                bench -> use(bench.folder(Place.READ_ONLY).resolve(file), opening));
    }

    private static Trial missing(
            String name, Function<MappedFileBuilder<Tick>, MappedFile<Tick>> opening) {
        return new NamedTrial(
                name,
                Place.FOLDER,
                Verdict.STORAGE,
                bench -> use(bench.unused(Place.FOLDER).resolve("file"), opening));
    }

    private static Verdict use(
            Path path, Function<MappedFileBuilder<Tick>, MappedFile<Tick>> opening) {
        try (MappedFile<Tick> file = opening.apply(MappedFile.builder(path, Tick.class))) {
            long sum = file.<Long, RuntimeException>read(slice -> slice.sumLong("key"));
            return sum == Sample.COUNT * (Sample.COUNT - 1) / 2 ? Verdict.OK : Verdict.WRONG;
        }
    }
}
