package io.patinox.contract.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.mmap.FileInspection;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedFileBuilder;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.WhenDirty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything that a file can do, by several threads at once, while others read it.
class MappedFileStormTest {

    /// An element that shows whether it is whole.
    ///
    /// @param id a number
    /// @param twice twice the number
    /// @param check the number again, otherwise
    public record Whole(long id, long twice, int check) {
        static Whole of(long id) {
            return new Whole(id, id * 2, (int) ~id);
        }
    }

    // elements that no resize goes below, and that nobody changes
    private static final int FLOOR = 2_000;
    private static final int ROUNDS = 1_500;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "4096, false", "65536, true"})
    void storm_ofAllOperations_keepsWhatNobodyChanges(int blockBytes, boolean virtual)
            throws Exception {
        long seed = System.nanoTime();
        System.out.println("MappedFileStormTest seed " + seed);
        Path path = folder.resolve("storm.map");
        MappedFileBuilder<Whole> builder =
                MappedFile.builder(path, Whole.class).forceOnClose(false);
        if (blockBytes > 0) {
            builder.checksums(blockBytes);
        }
        AtomicBoolean over = new AtomicBoolean();
        long published;
        try (MutableMappedFile<Whole> file = builder.create(0);
                ExecutorService threads =
                        virtual
                                ? Executors.newVirtualThreadPerTaskExecutor()
                                : Executors.newCachedThreadPool()) {
            for (int i = 0; i < FLOOR; i++) {
                file.append(Whole.of(i));
            }
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(reader(file, over)));
            }
            readers.add(threads.submit(follower(path, over)));
            List<Future<Long>> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                writers.add(threads.submit(writer(file, new Random(seed + i))));
            }
            try {
                for (Future<Long> writer : writers) {
                    assertThat(writer.get()).as("seed %d", seed).isEqualTo(ROUNDS);
                }
            } finally {
                over.set(true);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).as("seed %d", seed).isPositive();
            }
            published = file.count();
        }
        try (FileInspection inspection = FileInspection.open(path)) {
            assertThat(inspection.header().clean()).isTrue();
            assertThat(inspection.header().count()).isEqualTo(published);
            if (blockBytes > 0) {
                assertThat(inspection.verify().bad()).as("seed %d", seed).isEmpty();
            }
        }
    }

    // virtual threads that only read would keep the writers from ever beginning, even if they yield
    private static void rest() {
        LockSupport.parkNanos(1);
    }

    private static Callable<Long> reader(MappedFile<Whole> file, AtomicBoolean over) {
        return () -> {
            long bodies = 0;
            do {
                file.visit(MappedFileStormTest::check);
                bodies++;
                rest();
            } while (!over.get());
            return bodies;
        };
    }

    // another mapping of the file, which nobody tells of changes; it stays below the floor
    private static Callable<Long> follower(Path path, AtomicBoolean over) {
        return () -> {
            long bodies = 0;
            try (MappedFile<Whole> file =
                    MappedFile.builder(path, Whole.class)
                            .whenDirty(WhenDirty.ACCEPT)
                            .openReadOnly()) {
                do {
                    for (int i = 0; i < FLOOR; i += 97) {
                        assertThat(file.get(i)).isEqualTo(Whole.of(i));
                    }
                    bodies++;
                    rest();
                } while (!over.get());
            }
            return bodies;
        };
    }

    private static void check(MappedSlice<Whole> slice) {
        long count = slice.count();
        assertThat(count).isGreaterThanOrEqualTo(FLOOR);
        for (int i = 0; i < FLOOR; i++) {
            Whole whole = slice.get(i);
            if (whole.id() != i || whole.twice() != 2L * i || whole.check() != ~i) {
                throw new AssertionError("element " + i + " of " + count + " is " + whole);
            }
        }
        long last = slice.get(count - 1).id();
        assertThat(last).isGreaterThanOrEqualTo(0);
    }

    private static Callable<Long> writer(MutableMappedFile<Whole> file, Random random) {
        return () -> {
            long rounds = 0;
            for (int i = 0; i < ROUNDS; i++) {
                switch (random.nextInt(20)) {
                    case 0 -> file.resize(FLOOR + random.nextInt(5_000));
                    case 1 -> file.reserve(FLOOR + random.nextInt(9_000));
                    case 2 -> file.force(0, random.nextInt(FLOOR));
                    case 3 -> {
                        if (random.nextInt(10) == 0) {
                            file.force();
                        }
                    }
                    case 4 -> file.appendAll(List.of(Whole.of(i), Whole.of(i + 1L)));
                    case 5 ->
                            file.write(slice -> {
                                if (slice.count() > FLOOR) {
                                    slice.set(slice.count() - 1, Whole.of(i(random)));
                                }
                            });
                    default -> file.append(Whole.of(i));
                }
                rounds++;
            }
            return rounds;
        };
    }

    private static int i(Random random) {
        return random.nextInt(1_000_000);
    }
}
