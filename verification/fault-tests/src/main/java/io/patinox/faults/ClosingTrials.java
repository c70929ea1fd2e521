package io.patinox.faults;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappingGroup;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What is closed under eight readers: they get the right sum, or are told that it is closed.
final class ClosingTrials {
    private static final int READERS = 8;
    private static final int ROUNDS = 20;
    private static final long SUM = Sample.COUNT * (Sample.COUNT - 1) / 2;

    private ClosingTrials() {}

    static List<Trial> all() {
        return List.of(
                trial("CLOSED/FILE", ClosingTrials::file),
                trial("CLOSED/FILE_AT_ONCE", ClosingTrials::fileAtOnce),
                trial("CLOSED/GROUP", ClosingTrials::group),
                trial("CLOSED/ARENA", ClosingTrials::arena));
    }

    private static Trial trial(String name, NamedTrial.Script round) {
        return new NamedTrial(
                name,
                Place.FOLDER,
                false,
                Set.of(Verdict.CLOSED),
                bench -> {
                    Verdict verdict = Verdict.CLOSED;
                    for (int i = 0; i < ROUNDS && verdict == Verdict.CLOSED; i++) {
                        verdict = round.run(bench);
                    }
                    return verdict;
                });
    }

    private static Verdict file(Bench bench) throws IOException, InterruptedException {
        var file = MappedFile.builder(bench.sample(Sample.TICKS), Tick.class).openReadOnly();
        return underReaders(file, file::close);
    }

    private static Verdict fileAtOnce(Bench bench) throws IOException, InterruptedException {
        var file = MappedFile.builder(bench.sample(Sample.TICKS), Tick.class).openReadOnly();
        return underReaders(file, () -> file.close(Duration.ZERO));
    }

    private static Verdict group(Bench bench) throws IOException, InterruptedException {
        var group = MappingGroup.open("trial");
        var file =
                MappedFile.builder(bench.sample(Sample.TICKS), Tick.class)
                        .group(group)
                        .openReadOnly();
        return underReaders(file, group::close);
    }

    @SuppressWarnings("MustBeClosed") // that is what the trial does
    private static Verdict arena(Bench bench) throws IOException, InterruptedException {
        Arena arena = Arena.ofShared();
        try (var file =
                MappedFile.builder(bench.sample(Sample.TICKS), Tick.class)
                        .arena(arena)
                        .openReadOnly()) {
            return underReaders(file, () -> end(arena));
        }
    }

    /// An arena can't be closed while it is in use by a call of the JDK: its owner tries again.
    private static void end(Arena arena) {
        while (arena.scope().isAlive()) {
            try {
                arena.close();
            } catch (IllegalStateException e) {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    private static Verdict underReaders(MappedFile<Tick> file, Runnable closing)
            throws InterruptedException {
        var odd = new AtomicReference<@Nullable Throwable>();
        var reading = new CountDownLatch(READERS);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            int kind = i;
            readers.add(Thread.ofPlatform().start(() -> read(file, kind, reading, odd)));
        }
        reading.await();
        closing.run();
        for (Thread reader : readers) {
            if (!reader.join(Duration.ofSeconds(20))) {
                return Verdict.HANGS;
            }
        }
        Throwable failure = odd.get();
        if (failure != null) {
            throw new IllegalStateException("a reader failed", failure);
        }
        return Verdict.CLOSED;
    }

    private static void read(
            MappedFile<Tick> file,
            int kind,
            CountDownLatch reading,
            AtomicReference<@Nullable Throwable> odd) {
        try {
            while (true) {
                long sum =
                        file.<Long, RuntimeException>read(slice ->
                                kind % 2 == 0
                                        ? slice.sumLong("key")
                                        : slice.stream().mapToLong(Tick::key).sum());
                if (sum != SUM) {
                    throw new IllegalStateException("the sum is " + sum);
                }
                reading.countDown();
            }
        } catch (MappingClosedException e) {
            reading.countDown();
        } catch (Throwable e) {
            odd.set(e);
            reading.countDown();
        }
    }
}
