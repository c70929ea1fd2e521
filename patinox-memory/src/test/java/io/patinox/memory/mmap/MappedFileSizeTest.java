package io.patinox.memory.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingReentrantException;
import io.patinox.memory.error.MappingStaleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that become longer and shorter.
class MappedFileSizeTest {

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("ticks.map");
    }

    private MappedFileBuilder<Tick> ticks() {
        return MappedFile.builder(path(), Tick.class).forceOnClose(false);
    }

    private static long sum(MappedFile<Tick> file) {
        return file.<Long, RuntimeException>read(slice -> slice.sumLong("id"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4096, 65_536})
    void append_many_growsAndKeepsAll(int blockBytes) throws IOException {
        MappedFileBuilder<Tick> builder = ticks();
        if (blockBytes > 0) {
            builder.checksums(blockBytes);
        }
        int many = 20_000;
        try (MutableMappedFile<Tick> file = builder.create(0)) {
            for (int i = 0; i < many; i++) {
                assertThat(file.append(Tick.of(i))).isEqualTo(i);
            }
            assertThat(file.count()).isEqualTo(many);
            assertThat(file.capacity()).isGreaterThanOrEqualTo(many);
            assertThat(sum(file)).isEqualTo(LongStream.range(0, many).sum());
        }
        try (MappedFile<Tick> file = ticks().openReadOnly()) {
            assertThat(file.count()).isEqualTo(many);
            for (int i = 0; i < many; i += 777) {
                assertThat(file.get(i)).isEqualTo(Tick.of(i));
            }
        }
        if (blockBytes > 0) {
            try (FileInspection inspection = FileInspection.open(path())) {
                assertThat(inspection.verify().bad()).isEmpty();
            }
        }
    }

    @Test
    void reserve_room_isTakenOnDiskAndMapped() throws IOException {
        try (MutableMappedFile<Tick> file = ticks().create(1)) {
            file.reserve(10_000);

            assertThat(file.capacity()).isEqualTo(10_000);
            assertThat(file.count()).isEqualTo(1);
            assertThat(Files.size(path())).isEqualTo(4096 + 24 * 10_000);
            file.reserve(5);
            assertThat(file.capacity()).isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 60})
    void size_thatNoFileHas_isRefusedByItsOption(long absurd) throws IOException {
        try (MutableMappedFile<Tick> file = ticks().checksums(4096).create(1)) {
            long before = Files.size(path());
            assertThatThrownBy(() -> file.resize(absurd))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("'count' must be 0 to");
            assertThatThrownBy(() -> file.reserve(absurd))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("'capacity' must be 0 to");
            assertThat(file.count()).isEqualTo(1);
            assertThat(Files.size(path())).isEqualTo(before);
        }
    }

    @Test
    void growth_underABody_leavesItsSlice() {
        try (MutableMappedFile<Tick> file = ticks().create(10)) {
            file.set(9, Tick.of(9));
            Tick seen =
                    file.read(slice -> {
                        file.resize(100_000);
                        assertThat(slice.count()).isEqualTo(10);
                        return slice.get(9);
                    });
            assertThat(seen).isEqualTo(Tick.of(9));
            assertThat(file.count()).isEqualTo(100_000);
            assertThat(file.get(99_999)).isEqualTo(new Tick(0, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4096})
    void shrink_underABody_cutsWhenItEnds(int blockBytes) throws IOException {
        MappedFileBuilder<Tick> builder = ticks();
        if (blockBytes > 0) {
            builder.checksums(blockBytes);
        }
        try (MutableMappedFile<Tick> file = builder.create(10_000)) {
            file.set(9_999, Tick.of(9));
            long before = Files.size(path());
            Tick seen =
                    file.read(slice -> {
                        file.resize(10);
                        assertThat(file.count()).isEqualTo(10);
                        assertThat(Files.size(path())).isEqualTo(before);
                        assertThat(file.<Long, RuntimeException>read(MappedSlice::count))
                                .isEqualTo(10);
                        return slice.get(9_999);
                    });
            assertThat(seen).isEqualTo(Tick.of(9));
            assertThat(Files.size(path())).isLessThan(4096 + 10 * 24 + 100);
            file.resize(10_000);
            assertThat(file.get(9_999)).isEqualTo(new Tick(0, 0, 0, 0));
        }
        if (blockBytes > 0) {
            try (FileInspection inspection = FileInspection.open(path())) {
                assertThat(inspection.verify().bad()).isEmpty();
            }
        }
    }

    @Test
    void force_shrunkUnderABody_renewsWhatIsMapped() {
        try (MutableMappedFile<Tick> file = ticks().checksums(4096).create(10_000)) {
            file.visit(slice -> {
                file.resize(10);
                file.set(3, Tick.of(3));
                file.force();
                file.set(9, Tick.of(9));
                file.resize(9_000);
                file.set(8_999, Tick.of(8));
            });
            assertThat(file.get(9)).isEqualTo(Tick.of(9));
        }
        try (FileInspection inspection = FileInspection.open(path())) {
            assertThat(inspection.verify().bad()).isEmpty();
        }
    }

    @Test
    void resize_withinRoom_clearsWhatWasThere() {
        try (MutableMappedFile<Tick> file = ticks().create(100)) {
            for (int i = 0; i < 100; i++) {
                file.set(i, Tick.of(i + 1));
            }
            file.visit(slice -> {
                file.resize(50);
                file.resize(100);
            });
            assertThat(file.get(49)).isEqualTo(Tick.of(50));
            assertThat(file.get(50)).isEqualTo(new Tick(0, 0, 0, 0));
            assertThat(file.get(99)).isEqualTo(new Tick(0, 0, 0, 0));
        }
    }

    @Test
    void size_withinAWriteWithChecksums_isReentrant() {
        try (MutableMappedFile<Tick> file = ticks().checksums(4096).create(1)) {
            List<Runnable> calls =
                    List.of(
                            () -> file.append(Tick.of(1)),
                            () -> file.appendAll(List.of()),
                            () -> file.resize(100),
                            () -> file.reserve(100),
                            file::force);
            for (Runnable call : calls) {
                assertThatThrownBy(() -> file.write(slice -> call.run()))
                        .isInstanceOf(MappingReentrantException.class);
            }
            file.append(Tick.of(1));
            assertThat(file.count()).isEqualTo(2);
        }
    }

    @Test
    void refresh_whatAWriterAdded_isSeen() {
        try (MutableMappedFile<Tick> writer = ticks().create(0)) {
            writer.append(Tick.of(0));
            try (MappedFile<Tick> reader = ticks().whenDirty(WhenDirty.ACCEPT).openReadOnly()) {
                assertThat(reader.count()).isEqualTo(1);
                for (int i = 1; i < 50_000; i++) {
                    writer.append(Tick.of(i));
                }
                assertThat(reader.count()).isEqualTo(1);
                assertThat(reader.refresh()).isEqualTo(50_000);
                assertThat(reader.get(49_999)).isEqualTo(Tick.of(49_999));
                writer.resize(7);
                assertThat(reader.refresh()).isEqualTo(7);
            }
        }
    }

    @Test
    @Tag("cuts-mapped-files")
    void check_deletedReplacedOrCut_isStale() throws IOException {
        try (MutableMappedFile<Tick> file = ticks().create(1_000)) {
            file.check();
            Files.move(path(), folder.resolve("away"));
            assertThatThrownBy(file::check)
                    .isInstanceOf(MappingStaleException.class)
                    .hasMessageContaining("deleted");
            assertThatThrownBy(file::force).isInstanceOf(MappingStaleException.class);
            assertThatThrownBy(() -> file.resize(5_000)).isInstanceOf(MappingStaleException.class);
            assertThat(file.health().toString()).contains("MAPPING-STALE");

            Files.copy(folder.resolve("away"), path());
            assertThatThrownBy(file::check)
                    .isInstanceOf(MappingStaleException.class)
                    .hasMessageContaining("replaced");
            Files.move(folder.resolve("away"), path(), StandardCopyOption.REPLACE_EXISTING);
            file.check();
            assertThat(file.health().toString()).isEqualTo("UP");
        }
    }

    @Test
    @Tag("cuts-mapped-files")
    void close_deletedAfterWrites_isStale() throws IOException {
        MutableMappedFile<Tick> file = ticks().create(1);
        file.set(0, Tick.of(1));
        Files.delete(path());

        assertThatThrownBy(file::close).isInstanceOf(MappingStaleException.class);
        assertThat(file.isClosed()).isTrue();
        file.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4096})
    void operations_random_agreeWithAList(int blockBytes) throws IOException {
        long seed = System.nanoTime();
        System.out.println("MappedFileSizeTest seed " + seed);
        Random random = new Random(seed);
        List<Tick> model = new ArrayList<>();
        MappedFileBuilder<Tick> builder = ticks();
        if (blockBytes > 0) {
            builder.checksums(blockBytes);
        }
        MutableMappedFile<Tick> file = builder.create(0);
        try {
            for (int step = 0; step < 2_000; step++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> {
                        Tick tick = Tick.of(random.nextInt());
                        assertThat(file.append(tick)).isEqualTo(model.size());
                        model.add(tick);
                    }
                    case 4 -> {
                        List<Tick> some =
                                random.longs(random.nextInt(400)).mapToObj(Tick::of).toList();
                        file.appendAll(some);
                        model.addAll(some);
                    }
                    case 5 -> resize(file, model, random.nextInt(model.size() * 2 + 10));
                    case 6 -> {
                        if (!model.isEmpty()) {
                            int index = random.nextInt(model.size());
                            Tick tick = Tick.of(random.nextInt());
                            file.set(index, tick);
                            model.set(index, tick);
                        }
                    }
                    case 7 -> file.force();
                    case 8 -> file.reserve(random.nextInt(3_000));
                    default -> {
                        if (random.nextInt(5) == 0) {
                            file.close();
                            file = ticks().open();
                        }
                    }
                }
                assertThat(file.count()).isEqualTo(model.size());
                if (step % 50 == 0) {
                    List<Tick> all = new ArrayList<>();
                    file.forEach(all::add);
                    assertThat(all).as("seed %d, step %d", seed, step).isEqualTo(model);
                }
            }
        } finally {
            file.close();
        }
        if (blockBytes > 0) {
            try (FileInspection inspection = FileInspection.open(path())) {
                assertThat(inspection.verify().bad()).as("seed %d", seed).isEmpty();
            }
        }
    }

    private static void resize(MutableMappedFile<Tick> file, List<Tick> model, int size) {
        file.resize(size);
        while (model.size() > size) {
            model.removeLast();
        }
        while (model.size() < size) {
            model.add(new Tick(0, 0, 0, 0));
        }
    }
}
