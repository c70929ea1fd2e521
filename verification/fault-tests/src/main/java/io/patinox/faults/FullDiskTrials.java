package io.patinox.faults;

import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Files whose room is taken beforehand, on a full disk: a typed error, and nothing has changed.
///
/// @param place the small file system
record FullDiskTrials(Place place) {
    private static final long TOO_MANY = 4L * 1024 * 1024 / 24;
    private static final long SOME = 1_000;

    List<Trial> all() {
        return List.of(
                trial("CREATE", bench -> create(bench, false)),
                trial("OPEN_OR_CREATE", bench -> create(bench, true)),
                trial("RESERVE", bench -> grow(bench, file -> file.reserve(TOO_MANY))),
                trial("RESIZE", bench -> grow(bench, file -> file.resize(TOO_MANY))),
                trial("APPEND", bench -> grow(bench, FullDiskTrials::append)),
                trial("APPEND_ALL", bench -> grow(bench, file -> file.appendAll(ticks()))));
    }

    private Trial trial(String name, NamedTrial.Script script) {
        return new NamedTrial("FULL_" + place + "/" + name, place, Verdict.STORAGE, script);
    }

    private static List<Tick> ticks() {
        return LongStream.range(0, TOO_MANY).mapToObj(Tick::of).toList();
    }

    private static void append(MutableMappedFile<Tick> file) {
        for (long i = file.count(); i < TOO_MANY; i++) {
            file.append(Tick.of(i));
        }
    }

    private Verdict create(Bench bench, boolean orOpen) throws IOException {
        Path path = bench.unused(place);
        var builder = MappedFile.builder(path, Tick.class);
        try (var file = orOpen ? builder.openOrCreate(TOO_MANY) : builder.create(TOO_MANY)) {
            return file.isClosed() ? Verdict.WRONG : Verdict.OK;
        } catch (MappingStorageException e) {
            if (Files.exists(path)) {
                return Verdict.WRONG; // something is left of it
            }
            throw e;
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private Verdict grow(Bench bench, Consumer<MutableMappedFile<Tick>> growth) throws IOException {
        Path path = bench.unused(place);
        Verdict verdict = Verdict.OK;
        try {
            try (var file = MappedFile.builder(path, Tick.class).create(0)) {
                for (long i = 0; i < SOME; i++) {
                    file.append(Tick.of(i));
                }
                try {
                    growth.accept(file);
                } catch (MappingStorageException e) {
                    verdict = isAsBefore(file) ? Verdict.STORAGE : Verdict.WRONG;
                }
                file.set(0, Tick.of(0)); // it can still be used
            }
            try (var file = MappedFile.builder(path, Tick.class).openReadOnly()) {
                return isAsBefore(file) ? verdict : Verdict.WRONG;
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private static boolean isAsBefore(MappedFile<Tick> file) {
        long count = file.count();
        for (long i = 0; i < count; i++) {
            if (!file.get(i).equals(Tick.of(i))) {
                return false;
            }
        }
        return count >= SOME;
    }
}
