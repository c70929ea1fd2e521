package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileHeaderTest {
    private static final MappedLayout TRADES = SampleFiles.trades();

    @TempDir private Path folder;

    private MappedFileHeader read(byte[] bytes) {
        return read(SampleFiles.store(folder.resolve("a.map"), bytes));
    }

    private static MappedFileHeader read(Path path) {
        try (FileAccess file = FileAccess.open(path, false)) {
            return FileHeader.read(file);
        }
    }

    private MappingHeaderException refused(byte[] bytes) {
        return catchThrowableOfType(MappingHeaderException.class, () -> read(bytes));
    }

    /// Changes a header without its CRC noticing.
    private MappingHeaderException refusedIf(Consumer<ByteBuffer> change) {
        return refusedIf(TRADES, change);
    }

    private MappingHeaderException refusedIf(MappedLayout layout, Consumer<ByteBuffer> change) {
        ByteBuffer header = FileHeader.write(layout, 0);
        change.accept(header);
        header.putInt(FileHeader.CRC_AT, FileHeader.crc(header));
        return refused(header.array());
    }

    @Test
    void write_ofALayout_isAsTheTableSays() {
        byte[] text = TRADES.text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = FileHeader.write(TRADES, 65_536);

        assertThat(header.capacity()).isEqualTo(FileHeader.bytes(TRADES)).isEqualTo(4096);
        assertThat(Arrays.copyOf(header.array(), 8))
                .isEqualTo("PXMAP\r\u001A\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(header.getInt(8)).isOne();
        assertThat(header.getInt(12)).isEqualTo(4096);
        assertThat(header.getInt(16)).isOne();
        assertThat(header.getInt(20)).isEqualTo(24);
        assertThat(header.getLong(24)).isEqualTo(TRADES.fingerprint());
        assertThat(header.getInt(32)).isEqualTo(65_536);
        assertThat(header.getInt(36)).isEqualTo(text.length);
        assertThat(header.getLong(64)).isZero();
        assertThat(header.getLong(72)).isZero();
        assertThat(Arrays.copyOfRange(header.array(), 128, 128 + text.length)).isEqualTo(text);
    }

    @Test
    void read_ofWhatWasWritten_saysTheSame() {
        ByteBuffer header = SampleFiles.header(TRADES, 4096, 2, 3, FileHeader.CLEAN);
        byte[] bytes = Arrays.copyOf(header.array(), 4096 + 72 + 8);

        MappedFileHeader read = read(bytes);

        assertThat(read.path()).isEqualTo(folder.resolve("a.map"));
        assertThat(read.formatVersion()).isOne();
        assertThat(read.headerBytes()).isEqualTo(4096);
        assertThat(read.fingerprint()).isEqualTo(TRADES.fingerprint());
        assertThat(read.count()).isEqualTo(2);
        assertThat(read.capacity()).isEqualTo(3);
        assertThat(read.clean()).isTrue();
        assertThat(read.blockBytes()).isEqualTo(4096);
        assertThat(read.layout()).isEqualTo(TRADES);
        assertThat(read.fileBytes()).isEqualTo(4096 + 72 + 8);
    }

    @Test
    void read_ofALargeHeader_takesAllOfItsText() {
        MappedLayout wide = SampleFiles.wide();
        ByteBuffer header = FileHeader.write(wide, 0);

        assertThat(header.capacity()).isGreaterThan(8192).isEqualTo(FileHeader.bytes(wide));
        assertThat(read(header.array()).layout()).isEqualTo(wide);
    }

    @Test
    void read_everyBitOfACleanHeaderFlipped_isRefused() {
        byte[] clean =
                Arrays.copyOf(
                        SampleFiles.header(TRADES, 0, 2, 3, FileHeader.CLEAN).array(), 4096 + 72);
        try (Changing file = new Changing(clean)) {
            for (int bit = 0; bit < 4096 * 8; bit++) {
                if (!file.refusedWith(bit / 8, clean[bit / 8] ^ 1 << bit % 8)) {
                    fail("bit %d of byte %d was accepted", bit % 8, bit / 8);
                }
            }
        }
        assertThat(read(clean).count()).isEqualTo(2);
    }

    @Test
    void read_everyByteOfALargeHeaderChanged_isRefused() {
        byte[] clean = FileHeader.write(SampleFiles.wide(), 0).array();
        try (Changing file = new Changing(clean)) {
            for (int i = 0; i < clean.length; i++) {
                byte before = clean[i];
                for (int other : new int[] {before ^ 0xFF, before + 1, before == 0 ? 7 : 0}) {
                    if (!file.refusedWith(i, other)) {
                        fail("byte %d was accepted as %d instead of %d", i, other, before);
                    }
                }
            }
        }
    }

    /// One file, of which a byte at a time is another.
    private final class Changing implements AutoCloseable {
        private final byte[] whole;
        private final FileAccess file;

        Changing(byte[] whole) {
            this.whole = whole.clone();
            this.file = FileAccess.create(folder.resolve("changing.map"));
            file.write(ByteBuffer.wrap(this.whole), 0);
        }

        boolean refusedWith(int at, int other) {
            file.write(ByteBuffer.wrap(new byte[] {(byte) other}), at);
            try {
                FileHeader.read(file);
                return false;
            } catch (MappingHeaderException e) {
                return true;
            } finally {
                file.write(ByteBuffer.wrap(whole, at, 1).slice(), at);
            }
        }

        @Override
        public void close() {
            file.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 64, 127, 128, 4095})
    void read_shorterThanAHeader_saysHowLongItIs(int size) {
        byte[] bytes = Arrays.copyOf(FileHeader.write(TRADES, 0).array(), size);

        MappingHeaderException refused = refused(bytes);

        assertThat(refused.field()).isEqualTo("file");
        assertThat(refused.found()).isEqualTo(size + " bytes long");
        assertThat(refused).hasMessageContaining("at least 4096 bytes long, but is " + size);
    }

    @Test
    void read_emptyFile_saysSo() {
        assertThat(refused(new byte[0]).found()).isEqualTo("empty");
    }

    @Test
    void read_endsWithinALargeHeader_saysHowLongItIs() {
        byte[] whole = FileHeader.write(SampleFiles.wide(), 0).array();
        for (int size : new int[] {4096, 4097, 8192, whole.length - 1}) {
            assertThat(refused(Arrays.copyOf(whole, size)).found()).isEqualTo(size + " bytes long");
        }
    }

    @Test
    void read_shorterThanItsRoom_isRefusedAtEveryLength() {
        byte[] whole =
                Arrays.copyOf(
                        SampleFiles.header(TRADES, 4096, 1, 3, FileHeader.CLEAN).array(),
                        4096 + 72 + 8);
        for (int size = 4096; size < whole.length; size++) {
            MappingHeaderException refused = refused(Arrays.copyOf(whole, size));
            assertThat(refused.field()).isEqualTo("file");
            assertThat(refused.expected()).contains("4176 bytes").contains("3 elements");
            assertThat(refused.found()).isEqualTo(size + " bytes long");
        }
        assertThat(read(Arrays.copyOf(whole, 5000)).fileBytes()).isEqualTo(5000);
    }

    @Test
    void read_foreignFile_namesTheMagic() {
        byte[] text = "id,amount\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

        assertThat(refused(text).field()).isEqualTo("magic");
        assertThat(refused(new byte[10_000]).field()).isEqualTo("magic");
    }

    @ParameterizedTest
    @CsvSource({
        "8, 2, version",
        "8, 0, version",
        "8, -1, version",
        "12, 0, size of the header",
        "12, 4100, size of the header",
        "12, -4096, size of the header",
        "12, 8388608, size of the header",
        "12, 8192, file",
        "16, 0, byte order",
        "16, 2, byte order",
        "16, 3, byte order",
        "20, 0, stride",
        "20, 25, stride",
        "24, 5, fingerprint",
        "32, 1, size of blocks",
        "32, 2048, size of blocks",
        "32, 5000, size of blocks",
        "32, -2147483648, size of blocks",
        "36, 0, size of the layout's text",
        "36, -1, size of the layout's text",
        "36, 3969, size of the layout's text",
        "36, 10, fingerprint",
        "40, 1, byte 40",
        "44, 1, byte 44",
        "52, 1, byte 52",
        "60, 1, byte 60",
        "96, 1, byte 96",
        "124, 1, byte 124",
        "4092, 1, byte 4092"
    })
    void read_wrongFieldUnderARightCrc_isNamed(int at, int value, String field) {
        MappingHeaderException refused = refusedIf(header -> header.putInt(at, value));

        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.file()).isEqualTo(folder.resolve("a.map").toString());
        assertThat(refused.expected()).isNotBlank();
        assertThat(refused.found()).isNotBlank();
    }

    @Test
    void read_newerVersion_saysThatItIsNewer() {
        assertThat(refusedIf(header -> header.putInt(8, 7)).found())
                .isEqualTo("7, which is newer than this program");
        assertThat(refusedIf(header -> header.putInt(8, 0)).found()).isEqualTo("0");
    }

    @Test
    void read_wrongCrc_namesBoth() {
        ByteBuffer header = FileHeader.write(TRADES, 0);
        int right = header.getInt(FileHeader.CRC_AT);
        header.putInt(FileHeader.CRC_AT, 5);

        MappingHeaderException refused = refused(header.array());

        assertThat(refused.field()).isEqualTo("CRC-32C");
        assertThat(refused.expected()).isEqualTo("%08x".formatted(right));
        assertThat(refused.found()).isEqualTo("00000005");
    }

    private MappingHeaderException refusedText(byte[] text) {
        byte[] digest = sha256(text);
        return refusedIf(header -> {
            byte[] zeros = new byte[4096 - 128];
            header.put(128, zeros).put(128, text).putInt(36, text.length);
            header.putLong(24, ByteBuffer.wrap(digest).getLong());
        });
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void read_textIsNoLayout_namesTheLayout() {
        for (String text : List.of("x", "patinox-layout 1\n", "\n\n\n\n\n", "a b c d e f")) {
            assertThat(refusedText(text.getBytes(StandardCharsets.UTF_8)).field())
                    .isEqualTo("layout");
        }
        assertThat(refusedText(new byte[] {'p', (byte) 0xC3, '('}).field()).isEqualTo("layout");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 3, count",
        "4, 3, count",
        "9223372036854775807, 3, count",
        "0, -1, capacity",
        "0, -9223372036854775808, capacity",
        "0, 9223372036854775807, capacity",
        "0, 384307168202282326, capacity",
        "0, 192153584101141162, file",
        "0, 4, file"
    })
    void read_countOrCapacityThatCannotBe_isNamedInCleanAndDirtyFiles(
            long count, long capacity, String field) {
        for (long state : new long[] {FileHeader.CLEAN, FileHeader.DIRTY}) {
            ByteBuffer header = SampleFiles.header(TRADES, 0, count, capacity, state);
            assertThat(refused(Arrays.copyOf(header.array(), 4096 + 72)).field()).isEqualTo(field);
        }
    }

    @Test
    void read_moreBlocksThanCanBe_namesTheCapacity() {
        long capacity = (1L << 31) * 4096 / 24;
        ByteBuffer header = SampleFiles.header(TRADES, 4096, 0, capacity, FileHeader.CLEAN);

        assertThat(refused(header.array()).field()).isEqualTo("capacity");
    }

    @Test
    void read_stateOfNeitherKind_isRefused() {
        for (long state : new long[] {0, 1, -1, FileHeader.CLEAN ^ 1, FileHeader.DIRTY ^ 256}) {
            ByteBuffer header = SampleFiles.header(TRADES, 0, 0, 0, state);
            assertThat(refused(header.array()).field()).isEqualTo("state");
        }
        assertThat(Long.bitCount(FileHeader.CLEAN ^ FileHeader.DIRTY)).isEqualTo(35);
    }

    @Test
    void read_checkThatDoesNotFit_isRefusedInACleanFileOnly() {
        byte[] clean = SampleFiles.header(TRADES, 0, 1, 2, FileHeader.CLEAN).array();
        byte[] dirty = SampleFiles.header(TRADES, 0, 1, 2, FileHeader.DIRTY).array();
        clean[FileHeader.CHECK_AT] ^= 1;
        dirty[FileHeader.CHECK_AT] ^= 1;

        assertThat(refused(Arrays.copyOf(clean, 4096 + 48)).field()).contains("check");
        assertThat(read(Arrays.copyOf(dirty, 4096 + 48)).clean()).isFalse();
        assertThat(read(Arrays.copyOf(dirty, 4096 + 48)).count()).isOne();
    }

    @Test
    void read_ofADirectory_isAStorageError() {
        assertThatThrownBy(() -> read(folder)).isInstanceOf(MappingStorageException.class);
    }

    @Test
    void read_whileAWriterSwitches_isNeverRefused() throws Exception {
        Path path = SampleFiles.store(folder.resolve("busy.map"), new byte[4096 + 24 * 100]);
        try (FileAccess file = FileAccess.open(path, true);
                Arena arena = Arena.ofShared()) {
            file.write(FileHeader.write(TRADES, 0), 0);
            MemorySegment header = file.map(MapMode.READ_WRITE, 0, 4096, arena);
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; !Thread.interrupted(); i++) {
                                    long capacity = i * 7L % 101;
                                    FileHeader.update(header, capacity / 2, capacity, i % 2 == 0);
                                }
                            });
            try {
                for (int i = 0; i < 20_000; i++) {
                    MappedFileHeader read = FileHeader.read(file);
                    assertThat(read.count()).isBetween(0L, read.capacity());
                }
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }

    /// Replays an update store by store: what the file is after each of them is what a reader finds
    /// if the writer is killed there.
    @ParameterizedTest
    @CsvSource({
        "2, 3, true, 2, 3, false",
        "2, 3, false, 5, 9, true",
        "9, 9, true, 1, 2, true",
        "0, 9, false, 9, 9, false",
        "9, 9, false, 3, 4, false",
        "1, 3, true, 9, 9, false"
    })
    void update_stoppedAfterAnyStore_leavesAFileThatIsRead(
            long count, long capacity, boolean clean, long toCount, long toCapacity, boolean to) {
        long state = clean ? FileHeader.CLEAN : FileHeader.DIRTY;
        ByteBuffer header = SampleFiles.header(TRADES, 0, count, capacity, state);
        List<long[]> stores = stores(header, toCount, toCapacity, to);
        byte[] file = Arrays.copyOf(header.array(), 4096 + 24 * 9);
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (long[] store : stores) {
            bytes.putLong((int) store[0], store[1]);
            MappedFileHeader read = read(file);
            assertThat(read.clean()).isEqualTo(to && store == stores.getLast());
            assertThat(read.count()).isIn(count, toCount);
            assertThat(read.capacity()).isIn(capacity, toCapacity);
        }
        MappedFileHeader read = read(file);
        assertThat(read.count()).isEqualTo(toCount);
        assertThat(read.capacity()).isEqualTo(toCapacity);
        assertThat(read.clean()).isEqualTo(to);
        assertThat(bytes.getLong(FileHeader.CHECK_AT))
                .isEqualTo(
                        FileHeader.check(
                                toCount, toCapacity, to ? FileHeader.CLEAN : FileHeader.DIRTY));
    }

    /// Returns the stores that an update consists of, in the order that its comment promises, and
    /// checks that it leaves what they leave.
    private static List<long[]> stores(ByteBuffer before, long count, long capacity, boolean to) {
        long state = to ? FileHeader.CLEAN : FileHeader.DIRTY;
        List<long[]> stores = new ArrayList<>();
        stores.add(new long[] {FileHeader.STATE_AT, FileHeader.DIRTY});
        long[] newCount = {FileHeader.COUNT_AT, count};
        long[] newCapacity = {FileHeader.CAPACITY_AT, capacity};
        boolean grows = capacity >= before.getLong(FileHeader.CAPACITY_AT);
        stores.addAll(grows ? List.of(newCapacity, newCount) : List.of(newCount, newCapacity));
        stores.add(new long[] {FileHeader.CHECK_AT, FileHeader.check(count, capacity, state)});
        stores.add(new long[] {FileHeader.STATE_AT, state});
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mapped = arena.allocate(4096, 8);
            mapped.copyFrom(MemorySegment.ofBuffer(before));
            FileHeader.update(mapped, count, capacity, to);
            ByteBuffer after = ByteBuffer.wrap(before.array().clone());
            after.order(ByteOrder.LITTLE_ENDIAN);
            stores.forEach(store -> after.putLong((int) store[0], store[1]));
            assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(after.array());
        }
        return stores;
    }

    @Test
    void publish_inADirtyFile_storesCountAndCheckOnly() {
        ByteBuffer before = SampleFiles.header(TRADES, 0, 1, 9, FileHeader.DIRTY);
        ByteBuffer after = SampleFiles.header(TRADES, 0, 5, 9, FileHeader.DIRTY);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mapped = arena.allocate(4096, 8);
            mapped.copyFrom(MemorySegment.ofBuffer(before));
            FileHeader.publish(mapped, 5, 9);
            assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(after.array());
        }
    }
}
