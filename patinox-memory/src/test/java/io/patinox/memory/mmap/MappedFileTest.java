package io.patinox.memory.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingDirtyException;
import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.error.MappingMismatchException;
import io.patinox.memory.error.MappingStorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opening, reading, writing and closing.
class MappedFileTest {

    /// Has the columns of a tick, but another last one.
    record Trade(long id, int quantity, int flags, float price) {}

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("ticks.map");
    }

    private MappedFileBuilder<Tick> ticks() {
        return MappedFile.builder(path(), Tick.class).forceOnClose(false);
    }

    private void created(int count) {
        try (MutableMappedFile<Tick> file = ticks().create(count)) {
            file.write(slice -> {
                for (int i = 0; i < count; i++) {
                    slice.set(i, Tick.of(i));
                }
            });
        }
    }

    @Test
    void create_thenOpen_readsWhatWasWritten() {
        created(1000);

        try (MappedFile<Tick> file = ticks().openReadOnly()) {
            assertThat(file.count()).isEqualTo(1000);
            assertThat(file.get(999)).isEqualTo(Tick.of(999));
            assertThat(file.<Long, RuntimeException>read(slice -> slice.sumLong("id")))
                    .isEqualTo(LongStream.range(0, 1000).sum());
        }
    }

    @Test
    void create_newElements_areZero() {
        try (MutableMappedFile<Tick> file = ticks().create(3)) {
            List<Tick> all = new ArrayList<>();
            file.forEach(all::add);

            assertThat(all).hasSize(3).containsOnly(new Tick(0, 0, 0, 0));
        }
    }

    @Test
    void create_fileThere_isRefusedAndLeft() throws IOException {
        Files.writeString(path(), "mine");

        assertThatThrownBy(() -> ticks().create(1))
                .isInstanceOf(MappingStorageException.class)
                .hasCauseInstanceOf(FileAlreadyExistsException.class);
        assertThat(path()).hasContent("mine");
    }

    @Test
    void create_noSuchFolder_isStorage() {
        Path path = folder.resolve("none").resolve("x.map");

        assertThatThrownBy(() -> MappedFile.builder(path, Tick.class).create(1))
                .isInstanceOf(MappingStorageException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    void create_absurdCount_isRefusedBeforeAnything() {
        for (long count : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 24}) {
            assertThatThrownBy(() -> ticks().create(count))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("'count'");
        }
        assertThat(path()).doesNotExist();
    }

    @Test
    void open_missing_isStorage() {
        assertThatThrownBy(() -> ticks().openReadOnly())
                .isInstanceOf(MappingStorageException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ticks().open()).isInstanceOf(MappingStorageException.class);
        assertThatThrownBy(() -> ticks().openPrivate()).isInstanceOf(MappingStorageException.class);
    }

    @Test
    void open_notOurs_isHeader() throws IOException {
        Files.write(path(), new byte[0]);
        assertThatThrownBy(() -> ticks().openReadOnly()).isInstanceOf(MappingHeaderException.class);

        Files.write(path(), new byte[100_000]);
        assertThatThrownBy(() -> ticks().openReadOnly()).isInstanceOf(MappingHeaderException.class);
    }

    @Test
    void open_directory_isStorage() {
        assertThatThrownBy(() -> MappedFile.builder(folder, Tick.class).openReadOnly())
                .isInstanceOf(MappingStorageException.class);
    }

    @Test
    void open_otherType_isMismatch() {
        created(1);

        assertThatThrownBy(() -> MappedFile.builder(path(), Trade.class).openReadOnly())
                .isInstanceOf(MappingMismatchException.class)
                .hasMessageContaining("price");
    }

    @Test
    void open_otherOrder_isMismatch() {
        created(1);

        assertThatThrownBy(() -> ticks().byteOrder(ByteOrder.BIG_ENDIAN).openReadOnly())
                .isInstanceOf(MappingMismatchException.class)
                .hasMessageContaining("BIG_ENDIAN");
    }

    @Test
    void openOrCreate_twice_keepsWhatIsThere() {
        try (MutableMappedFile<Tick> file = ticks().openOrCreate(2)) {
            file.set(1, Tick.of(5));
        }
        try (MutableMappedFile<Tick> file = ticks().openOrCreate(9)) {
            assertThat(file.count()).isEqualTo(2);
            assertThat(file.get(1)).isEqualTo(Tick.of(5));
        }
    }

    @Test
    void get_outOfRange_isIndex() {
        created(10);
        try (MappedFile<Tick> file = ticks().openReadOnly()) {
            for (long index : new long[] {-1, 10, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40}) {
                assertThatThrownBy(() -> file.get(index))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void preload_ofARange_isBounded() {
        created(10_000);
        try (MappedFile<Tick> file = ticks().populate().openReadOnly()) {
            file.preload();
            file.preload(0, 0);
            file.preload(5_000, 5_000);
            assertThatThrownBy(() -> file.preload(5_000, 5_001))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> file.preload(-1, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> file.advise(AccessAdvice.RANDOM, 0, 10_001))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void slice_afterItsBody_isClosed() {
        created(10);
        try (MutableMappedFile<Tick> file = ticks().open()) {
            AtomicReference<MutableMappedSlice<Tick>> kept = new AtomicReference<>();
            file.write(kept::set);
            MutableMappedSlice<Tick> late = kept.get();

            assertThatThrownBy(() -> late.get(0)).isInstanceOf(MappingClosedException.class);
            assertThatThrownBy(() -> late.set(0, Tick.of(1)))
                    .isInstanceOf(MappingClosedException.class);
            assertThatThrownBy(() -> late.sumLong("id")).isInstanceOf(MappingClosedException.class);
            assertThatThrownBy(() -> late.forEach(tick -> {}))
                    .isInstanceOf(MappingClosedException.class);
        }
    }

    @Test
    void closed_everyCall_isRefused() {
        created(10);
        MutableMappedFile<Tick> file = ticks().open();
        file.close();
        file.close();

        assertThat(file.isClosed()).isTrue();
        assertThat(file.close(Duration.ZERO)).isTrue();
        List<Runnable> calls =
                List.of(
                        () -> file.get(0),
                        () -> file.set(0, Tick.of(0)),
                        () -> file.visit(slice -> {}),
                        () -> file.append(Tick.of(0)),
                        () -> file.appendAll(List.of(Tick.of(0))),
                        () -> file.resize(3),
                        () -> file.reserve(300),
                        file::force,
                        () -> file.force(0, 1),
                        file::refresh,
                        file::check,
                        file::preload,
                        () -> file.advise(AccessAdvice.RANDOM, 0, 1));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(MappingClosedException.class);
        }
    }

    @Test
    void body_thatThrows_throwsTheSame() {
        created(1);
        try (MappedFile<Tick> file = ticks().openReadOnly()) {
            IOException mine = new IOException("mine");

            assertThatThrownBy(() ->
                            file.read(slice -> {
                                throw mine;
                            }))
                    .isSameAs(mine);
            assertThat(file.get(0)).isEqualTo(Tick.of(0));
        }
    }

    @Test
    void privateCopy_writes_leaveTheFile() throws IOException {
        created(10);
        byte[] before = Files.readAllBytes(path());
        try (WritableMappedFile<Tick> file = ticks().openPrivate()) {
            file.set(3, Tick.of(77));

            assertThat(file.get(3)).isEqualTo(Tick.of(77));
            int flags = file.compute(slice -> (int) slice.longColumn("flags").get(3));
            assertThat(flags).isEqualTo(-77);
        }
        assertThat(path()).hasBinaryContent(before);
    }

    @Test
    void dirty_reopened_isRefusedUnlessAccepted() throws IOException {
        created(10);
        Path copy = folder.resolve("copy.map");
        try (MutableMappedFile<Tick> file = ticks().open()) {
            Files.copy(path(), copy);
            file.set(0, Tick.of(9));
            Files.delete(copy);
            Files.copy(path(), copy);
        }
        MappedFileBuilder<Tick> crashed = MappedFile.builder(copy, Tick.class);

        assertThatThrownBy(crashed::openReadOnly).isInstanceOf(MappingDirtyException.class);
        assertThatThrownBy(crashed::open).isInstanceOf(MappingDirtyException.class);
        crashed.whenDirty(WhenDirty.ACCEPT);
        try (MutableMappedFile<Tick> file = crashed.open()) {
            assertThat(file.get(0)).isEqualTo(Tick.of(9));
            file.set(0, Tick.of(10));
        }
        try (MappedFile<Tick> file = MappedFile.builder(copy, Tick.class).openReadOnly()) {
            assertThat(file.get(0)).isEqualTo(Tick.of(10));
        }
    }

    @Test
    void dirty_acceptedAndClosed_isCleanWithGoodChecksums() throws IOException {
        Path copy = folder.resolve("copy.map");
        try (MutableMappedFile<Tick> file = ticks().checksums(4096).create(1000)) {
            file.set(700, Tick.of(9));
            Files.copy(path(), copy);
        }
        try (FileInspection crashed = FileInspection.open(copy)) {
            assertThat(crashed.header().clean()).isFalse();
            assertThat(crashed.verify().bad()).hasSize(1);
            assertThat(crashed.verify().bad().getFirst().firstElement()).isEqualTo(682);
        }
        MappedFile.builder(copy, Tick.class).whenDirty(WhenDirty.ACCEPT).open().close();

        try (FileInspection mended = FileInspection.open(copy)) {
            assertThat(mended.header().clean()).isTrue();
            assertThat(mended.verify().isGood()).isTrue();
        }
    }

    @Test
    void growth_overWhatStandsBehind_givesZeros() throws IOException {
        created(10);
        Files.write(path(), new byte[] {1, 2, 3, 4}, java.nio.file.StandardOpenOption.APPEND);
        try (MutableMappedFile<Tick> file = ticks().open()) {
            file.resize(12);

            assertThat(file.get(10)).isEqualTo(new Tick(0, 0, 0, 0));
        }
    }

    @Test
    void open_withoutWrites_leavesTheFileAsItIs() throws IOException {
        created(10);
        byte[] before = Files.readAllBytes(path());
        try (MutableMappedFile<Tick> file = ticks().open()) {
            assertThat(file.get(1)).isEqualTo(Tick.of(1));
        }
        assertThat(path()).hasBinaryContent(before);
    }

    @Test
    void headerless_foreignFile_isReadByItsLayout() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(3 + 24 * 4).order(ByteOrder.BIG_ENDIAN);
        bytes.put(new byte[3]);
        for (int i = 0; i < 4; i++) {
            bytes.putLong(i).putInt(i * 3).putInt(-i).putDouble(i / 4.0);
        }
        Files.write(path(), bytes.array());
        MappedFileBuilder<Tick> foreign = ticks().headerless(3).byteOrder(ByteOrder.BIG_ENDIAN);

        try (MutableMappedFile<Tick> file = foreign.open()) {
            assertThat(file.count()).isEqualTo(4);
            assertThat(file.get(3)).isEqualTo(Tick.of(3));
            file.append(Tick.of(4));
            file.append(Tick.of(5));
            file.resize(5);
        }
        assertThat(Files.size(path())).isEqualTo(3 + 24 * 5);
        try (MappedFile<Tick> file = foreign.openReadOnly()) {
            assertThat(file.get(4)).isEqualTo(Tick.of(4));
        }
    }

    @Test
    void headerless_tornTail_isMismatch() throws IOException {
        Files.write(path(), new byte[25]);

        assertThatThrownBy(() -> ticks().headerless(0).openReadOnly())
                .isInstanceOf(MappingMismatchException.class)
                .hasMessageContaining("25 bytes");
        assertThatThrownBy(() -> ticks().headerless(26).openReadOnly())
                .isInstanceOf(MappingMismatchException.class);
    }

    @Test
    void headerless_emptyFile_hasNothing() throws IOException {
        Files.write(path(), new byte[0]);

        try (MutableMappedFile<Tick> file = ticks().headerless(0).open()) {
            assertThat(file.count()).isZero();
            file.appendAll(List.of(Tick.of(1), Tick.of(2)));
            assertThat(file.get(1)).isEqualTo(Tick.of(2));
        }
    }

    @Test
    void options_contradicting_areRefused() {
        assertThatThrownBy(() -> ticks().checksums(1000))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> ticks().checksums(4097))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("4096");
        assertThatThrownBy(() -> ticks().checksums(4096).headerless(0).create(1))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> ticks().headerless(-1)).isInstanceOf(InvalidOptionException.class);
        try (MappingGroup group = MappingGroup.open("g")) {
            assertThatThrownBy(() -> ticks().confined().group(group).create(1))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("at most one of");
        }
        assertThatThrownBy(() -> ticks().closeTimeout(Duration.ofDays(400)))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> ticks().name("a b")).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void nulls_asArguments_areRefused() {
        created(1);
        try (MutableMappedFile<Tick> file = ticks().open()) {
            List<Runnable> calls =
                    List.of(
                            () -> file.append(null),
                            () -> file.set(0, null),
                            () -> file.appendAll(null),
                            () -> file.visit(null),
                            () -> file.write(null),
                            () -> file.advise(null, 0, 0),
                            () -> file.close(null));
            for (Runnable call : calls) {
                assertThatThrownBy(call::run).isInstanceOf(InvalidOptionException.class);
            }
        }
    }
}
