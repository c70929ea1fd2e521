package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.BlockReport.BadBlock;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.internal.layout.BlockMarks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTableTest {
    private static final int BLOCK = 4096;
    private static final MappedLayout TRADES = SampleFiles.trades();

    @TempDir private Path folder;

    /// Writes a file with some number of elements, random bytes, without its table.
    private Path file(int elements) {
        byte[] bytes = new byte[elements * 24];
        new Random(elements).nextBytes(bytes);
        return SampleFiles.write(folder.resolve("a.map"), TRADES, BLOCK, bytes);
    }

    private static MappedFileHeader rewrite(Path path) {
        try (FileAccess file = FileAccess.open(path, true)) {
            MappedFileHeader header = FileHeader.read(file);
            BlockTable.rewrite(file, header);
            return header;
        }
    }

    private static BlockReport verify(Path path) {
        try (FileAccess file = FileAccess.open(path, false)) {
            return BlockTable.verify(file, FileHeader.read(file));
        }
    }

    private static int renew(Path path, BlockMarks marks) {
        try (FileAccess file = FileAccess.open(path, true)) {
            return BlockTable.renew(file, FileHeader.read(file), marks);
        }
    }

    private static void put(Path path, long at, byte... bytes) {
        try (FileAccess file = FileAccess.open(path, true)) {
            file.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static void makeDirty(Path path) {
        try (FileAccess file = FileAccess.open(path, true)) {
            ByteBuffer state = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            file.write(state.putLong(0, FileHeader.DIRTY), FileHeader.STATE_AT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 0, 24, 4096, 0, 4096, 4100",
        "4096, 1, 24, 4120, 1, 4120, 4128",
        "4096, 1, 1, 4104, 1, 4097, 4112",
        "4096, 4096, 1, 8192, 1, 8192, 8200",
        "4096, 4097, 1, 8200, 2, 8193, 8212",
        "8192, 3, 4096, 20480, 3, 20480, 20496"
    })
    void places_ofSomeFiles_areAsTheHeaderSays(
            int headerBytes, long capacity, int stride, long at, int blocks, long bare, long all) {
        assertThat(BlockTable.at(headerBytes, capacity, stride)).isEqualTo(at);
        assertThat(BlockTable.blocks(capacity, stride, BLOCK)).isEqualTo(blocks);
        assertThat(BlockTable.fileBytes(headerBytes, capacity, stride, 0)).isEqualTo(bare);
        assertThat(BlockTable.fileBytes(headerBytes, capacity, stride, BLOCK)).isEqualTo(all);
    }

    @Test
    void places_ofMoreThanAFileCanHave_areRefusedWithTheNumbers() {
        for (long capacity : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 60}) {
            assertThatThrownBy(() -> BlockTable.at(4096, capacity, 24))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("capacity")
                    .hasMessageContaining("" + capacity);
            assertThatThrownBy(() -> BlockTable.blocks(capacity, 24, BLOCK))
                    .isInstanceOf(InvalidOptionException.class);
            assertThatThrownBy(() -> BlockTable.fileBytes(4096, capacity, 24, 0))
                    .isInstanceOf(InvalidOptionException.class);
        }
        assertThatThrownBy(() -> BlockTable.blocks((1L << 31) * BLOCK, 1, BLOCK))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void places_ofTheLargestFiles_doNotOverflow() {
        for (int stride : new int[] {1, 24, 4096, Integer.MAX_VALUE}) {
            for (int block : new int[] {0, 4096, 1 << 30}) {
                long most = BlockTable.mostElements(stride, block);
                assertThat(BlockTable.fileBytes(4 << 20, most, stride, block))
                        .isGreaterThanOrEqualTo(most * stride + (4 << 20));
                assertThatThrownBy(() -> BlockTable.fileBytes(4096, most + 1, stride, block))
                        .isInstanceOf(InvalidOptionException.class);
            }
        }
        assertThat(BlockTable.blocks(BlockTable.mostElements(1, 4096), 1, 4096)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 170, 171, 341, 342, 1000})
    void rewrite_ofFilesOfManySizes_isVerified(int elements) {
        Path path = file(elements);
        rewrite(path);

        BlockReport report = verify(path);

        assertThat(report.isGood()).isTrue();
        assertThat(report.clean()).isTrue();
        assertThat(report.blocks()).isEqualTo(Math.ceilDiv(elements * 24, BLOCK));
        assertThat(report.blockBytes()).isEqualTo(BLOCK);
        assertThat(report.bad()).isEmpty();
    }

    @Test
    void rewrite_ofAFile_writesTheCrcOfEachBlockAndOfTheTable() {
        Path path = file(400);
        rewrite(path);

        byte[] all = SampleFiles.load(path);
        ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        int at = 4096 + 9600;
        assertThat(all).hasSize(at + 12 + 4);
        assertThat(bytes.getInt(at)).isEqualTo(crc(all, 4096, 8192));
        assertThat(bytes.getInt(at + 4)).isEqualTo(crc(all, 8192, 12_288));
        assertThat(bytes.getInt(at + 8)).isEqualTo(crc(all, 12_288, at));
        assertThat(bytes.getInt(at + 12)).isEqualTo(crc(all, at, at + 12));
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    @Test
    void verify_everyBlockWithOneByteChanged_namesBlockAndElements() {
        Path path = file(400);
        rewrite(path);
        byte[] good = SampleFiles.load(path);
        for (int at : new int[] {0, 4095, 4096, 8191, 8192, 9599}) {
            byte[] bad = good.clone();
            bad[4096 + at] ^= 4;
            SampleFiles.store(path, bad);

            BlockReport report = verify(path);

            assertThat(report.isGood()).isFalse();
            int block = at / BLOCK;
            long last = block == 2 ? 399 : ((block + 1) * BLOCK - 1) / 24;
            int end = Math.min(4096 + (block + 1) * BLOCK, 4096 + 9600);
            assertThat(report.bad())
                    .containsExactly(
                            new BadBlock(
                                    block,
                                    block * BLOCK / 24,
                                    last,
                                    crc(good, 4096 + block * BLOCK, end),
                                    crc(bad, 4096 + block * BLOCK, end)));
        }
    }

    @Test
    void verify_everyByteOfTheTableChanged_saysThatTheTableIsDamaged() {
        Path path = file(400);
        rewrite(path);
        byte[] good = SampleFiles.load(path);
        for (int at = 4096 + 9600; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            SampleFiles.store(path, bad);

            assertThatThrownBy(() -> verify(path))
                    .isInstanceOf(MappingHeaderException.class)
                    .hasMessageContaining("checksums");
        }
    }

    @Test
    void verify_ofADirtyFileWhoseTableDoesNotFit_comparesTheBlocksAllTheSame() {
        Path path = file(400);
        rewrite(path);
        makeDirty(path);
        put(path, 4096 + 9600 + 12, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
        put(path, 4096 + 5000, (byte) 1, (byte) 2, (byte) 3, (byte) 4);

        BlockReport report = verify(path);

        assertThat(report.clean()).isFalse();
        assertThat(report.bad()).extracting(BadBlock::block).containsExactly(1L);
    }

    @Test
    void verify_ofAFileWithoutChecksums_isRefused() {
        Path path = SampleFiles.write(folder.resolve("b.map"), TRADES, 0, new byte[48]);

        assertThatThrownBy(() -> verify(path))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("checksums");
    }

    @Test
    void verify_ofAFileCutOffMeanwhile_saysWhereItEnds() {
        Path path = file(400);
        MappedFileHeader header = rewrite(path);
        makeDirty(path);
        try (FileAccess file = FileAccess.open(path, true)) {
            for (long size : new long[] {13_700, 13_000, 4096, 0}) {
                file.truncate(size);
                assertThatThrownBy(() -> BlockTable.verify(file, header))
                        .isInstanceOf(MappingStorageException.class)
                        .hasMessageContaining("it ends at byte");
            }
        }
    }

    @Test
    void renew_ofMarkedBlocks_renewsThoseOnlyAndTakesTheirMarks() {
        Path path = file(1000);
        rewrite(path);
        BlockMarks marks = new BlockMarks(6, BLOCK);
        put(path, 4096 + 4000, new byte[200]); // blocks 0 and 1
        put(path, 4096 + 23_999, (byte) 77); // the last
        put(path, 4096 + 9000, (byte) 1, (byte) 2); // block 2, unmarked
        marks.mark(4000, 200);
        marks.mark(23_999, 1);

        assertThat(renew(path, marks)).isEqualTo(3);
        assertThat(verify(path).bad()).extracting(BadBlock::block).containsExactly(2L);
        assertThat(renew(path, marks)).isZero();
        marks.mark(8192, 1);
        assertThat(renew(path, marks)).isOne();
        assertThat(verify(path).isGood()).isTrue();
    }

    @Test
    void renew_ofATableOfSeveralPieces_isAsRewritten() {
        int blocks = 40_000;
        Path path = folder.resolve("big.map");
        byte[] random = new byte[1];
        Random seeded = new Random(7);
        try (FileAccess file = FileAccess.create(path)) {
            long capacity = (long) blocks * BLOCK / 24;
            ByteBuffer header =
                    SampleFiles.header(TRADES, BLOCK, capacity, capacity, FileHeader.CLEAN);
            file.write(header, 0);
            long size = BlockTable.fileBytes(4096, capacity, 24, BLOCK);
            file.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
        rewrite(path);
        BlockMarks marks = new BlockMarks(blocks, BLOCK);
        for (int block : new int[] {0, 16_383, 16_384, 20_000, 39_999}) {
            seeded.nextBytes(random);
            put(path, 4096L + (long) block * BLOCK + 9, random[0], (byte) 1);
            marks.mark((long) block * BLOCK + 9, 2);
        }
        assertThat(verify(path).bad()).hasSize(5);
        assertThat(renew(path, marks)).isEqualTo(5);
        assertThat(verify(path).isGood()).isTrue();
        assertThat(verify(path).blocks()).isEqualTo(blocks);
        byte[] renewed = tail(path, blocks);
        rewrite(path);
        assertThat(tail(path, blocks)).isEqualTo(renewed);
    }

    private static byte[] tail(Path path, int blocks) {
        byte[] tail = new byte[(blocks + 1) * 4];
        try (FileAccess file = FileAccess.open(path, false)) {
            assertThat(file.read(ByteBuffer.wrap(tail), file.size() - tail.length))
                    .isEqualTo(tail.length);
        }
        assertThat(tail).isNotEqualTo(new byte[tail.length]);
        return Arrays.copyOf(tail, tail.length);
    }

    @Test
    void renew_thatFails_marksAllSoThatTheNextMakesItGood() {
        Path path = file(400);
        MappedFileHeader header = rewrite(path);
        BlockMarks marks = new BlockMarks(3, BLOCK);
        put(path, 4096, (byte) 1, (byte) 2, (byte) 3);
        marks.mark(0, 3);
        try (FileAccess file = FileAccess.open(path, false)) {
            assertThatThrownBy(() -> BlockTable.renew(file, header, marks))
                    .isInstanceOf(RuntimeException.class);
        }

        assertThat(renew(path, marks)).isEqualTo(3);
        assertThat(verify(path).isGood()).isTrue();
    }

    @Test
    void renew_stoppedBetweenItsWrites_isFoundIfTheFileIsClean() {
        Path path = file(400);
        rewrite(path);
        byte[] before = SampleFiles.load(path);
        put(path, 4096, (byte) 1, (byte) 2, (byte) 3);
        BlockMarks marks = new BlockMarks(3, BLOCK);
        marks.mark(0, 3);
        renew(path, marks);
        byte[] half = SampleFiles.load(path);
        System.arraycopy(before, before.length - 4, half, half.length - 4, 4);
        SampleFiles.store(path, half);

        assertThatThrownBy(() -> verify(path)).isInstanceOf(MappingHeaderException.class);
        makeDirty(path);
        assertThat(verify(path).isGood()).isTrue();
    }
}
