package io.patinox.faults;

import io.patinox.memory.error.MappingDirtyException;
import io.patinox.memory.mmap.FileInspection;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.WhenDirty;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Kills a writer at some moment, and looks at what it left: the file is dirty, its header is good,
/// and every element that is counted is what was written there.
///
/// @param habit how it writes
/// @param tier how its JVM runs
/// @param seed where the moment comes from
/// @param folder where the file is
record Killing(Habit habit, Tier tier, long seed, Path folder) implements Callable<Outcome> {
    private static final int LATEST_MICROS = 300_000;

    @Override
    public Outcome call() throws IOException, InterruptedException {
        String name = "KILLED/" + habit + "-seed-" + seed;
        Path path = folder.resolve(habit + "-" + seed);
        try {
            long micros = new Random(seed).nextInt(LATEST_MICROS);
            String odd = kill(path, micros);
            if (odd == null) {
                long count = examine(path);
                return outcome(name, Verdict.OK, count + " elements after " + micros + " us");
            }
            return outcome(name, Verdict.DIED, odd);
        } catch (RuntimeException | Error e) {
            Verdict verdict = Verdict.of(e);
            return outcome(
                    name, verdict == Verdict.OK ? Verdict.UNTYPED : verdict, Outcome.describe(e));
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private Outcome outcome(String name, Verdict verdict, String remark) {
        return new Outcome(name, tier, verdict, verdict == Verdict.OK, remark);
    }

    /// Returns what it said instead of going to work, or null.
    private @org.jspecify.annotations.Nullable String kill(Path path, long micros)
            throws IOException, InterruptedException {
        Process writer =
                Jvm.start(
                        folder, tier, WriterProgram.class, List.of(habit.name(), path.toString()));
        try (BufferedReader said = writer.inputReader()) {
            String word = said.readLine();
            if (!"GO".equals(word)) {
                return word + " " + said.lines().limit(5).toList();
            }
            return writer.waitFor(micros, TimeUnit.MICROSECONDS)
                    ? "it ended by itself with " + writer.exitValue()
                    : null;
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private long examine(Path path) {
        try (var file = habit.builder(path).openReadOnly()) {
            throw new IllegalStateException("not dirty: " + file);
        } catch (MappingDirtyException e) {
            try (FileInspection inspection = FileInspection.open(path)) {
                if (inspection.header().clean()) {
                    throw new IllegalStateException("the header says clean", e);
                }
                if (inspection.header().blockBytes() > 0 && inspection.verify().clean()) {
                    throw new IllegalStateException("the report says clean", e);
                }
            }
        }
        long count;
        try (var file = habit.builder(path).whenDirty(WhenDirty.ACCEPT).open()) {
            count = good(file);
            file.append(Tick.of(count));
        }
        try (var file = habit.builder(path).openReadOnly()) {
            if (good(file) != count + 1) {
                throw new IllegalStateException("not one more than " + count);
            }
        }
        if (habit == Habit.FORCE) {
            try (FileInspection inspection = FileInspection.open(path)) {
                inspection.verify();
            }
        }
        return count;
    }

    private static long good(MappedFile<Tick> file) {
        return file.<Long, RuntimeException>read(slice -> {
            long count = slice.count();
            for (long i = 0; i < count; i++) {
                if (!slice.get(i).equals(Tick.of(i))) {
                    throw new IllegalStateException(
                            "element " + i + " of " + count + " is " + slice.get(i));
                }
            }
            return count;
        });
    }
}
