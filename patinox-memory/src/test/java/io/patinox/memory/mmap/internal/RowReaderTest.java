package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.BlockReport.BadBlock;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.FileInspection;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
    private static final UUID ID = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

    @TempDir private Path folder;

    private static MappedColumn column(int at, int size, ColumnKind kind, String detail) {
        return new MappedColumn("c" + at, kind, at, size, -1, detail);
    }

    /// All kinds, with two of those that have several forms.
    private static MappedLayout everything(ByteOrder order) {
        return MappedLayout.of(
                order,
                168,
                8,
                List.of(
                        column(0, 1, ColumnKind.BOOLEAN, ""),
                        column(1, 1, ColumnKind.BYTE, ""),
                        column(2, 2, ColumnKind.SHORT, ""),
                        column(4, 2, ColumnKind.CHAR, ""),
                        column(8, 4, ColumnKind.INT, ""),
                        column(16, 8, ColumnKind.LONG, ""),
                        column(24, 4, ColumnKind.FLOAT, ""),
                        column(32, 8, ColumnKind.DOUBLE, ""),
                        column(40, 1, ColumnKind.ENUM, "BUY|SELL"),
                        column(42, 2, ColumnKind.ENUM, "A|B|C"),
                        column(44, 4, ColumnKind.ENUM, "X"),
                        column(48, 10, ColumnKind.UTF8, ""),
                        column(58, 6, ColumnKind.LATIN1, ""),
                        column(64, 8, ColumnKind.INSTANT, "MILLIS"),
                        column(72, 12, ColumnKind.INSTANT, "SECONDS_AND_NANOS"),
                        column(88, 8, ColumnKind.DURATION, "MICROS"),
                        column(96, 12, ColumnKind.DURATION, "SECONDS_AND_NANOS"),
                        column(108, 16, ColumnKind.UUID, ""),
                        column(124, 3, ColumnKind.OWN, "rgb"),
                        new MappedColumn("ints", ColumnKind.INT, 128, 12, 3, ""),
                        new MappedColumn("flags", ColumnKind.BOOLEAN, 140, 2, 2, ""),
                        column(144, 8, ColumnKind.INSTANT, "NANOS"),
                        column(152, 8, ColumnKind.INSTANT, "SECONDS"),
                        column(160, 8, ColumnKind.DURATION, "SECONDS")));
    }

    private static ByteBuffer good(ByteOrder order) {
        ByteBuffer row = ByteBuffer.allocate(168).order(order);
        row.put(0, (byte) 1).put(1, (byte) -7).putShort(2, (short) -300).putChar(4, 'ß');
        row.putInt(8, -70_000).putLong(16, Long.MIN_VALUE).putFloat(24, 1.5f);
        row.putDouble(32, Double.NaN).put(40, (byte) 1).putShort(42, (short) 2).putInt(44, 0);
        byte[] text = "a€\n".getBytes(StandardCharsets.UTF_8);
        row.putShort(48, (short) text.length).put(50, text);
        row.putShort(58, (short) 4).put(60, new byte[] {'w', (byte) 0xE9, 0, '!'});
        row.putLong(64, -1).putLong(72, Instant.MAX.getEpochSecond()).putInt(80, 999_999_999);
        row.putLong(88, -1_500_001).putLong(96, Long.MIN_VALUE).putInt(104, 1);
        row.put(108, HEX_OF_ID).put(124, new byte[] {1, (byte) 0xAB, 0});
        row.putInt(128, 1).putInt(132, -2).putInt(136, 3).put(141, (byte) 1);
        return row.putLong(144, Long.MIN_VALUE).putLong(152, 7).putLong(160, Long.MAX_VALUE);
    }

    private static final byte[] HEX_OF_ID =
            ByteBuffer.allocate(16)
                    .putLong(ID.getMostSignificantBits())
                    .putLong(ID.getLeastSignificantBits())
                    .array();

    private Path file(ByteOrder order, ByteBuffer row) {
        return SampleFiles.write(folder.resolve("a.map"), everything(order), 0, row.array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void row_ofEveryKind_isReadInBothOrders(String name) {
        ByteOrder order =
                name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        try (RowReader reader = RowReader.open(file(order, good(order)))) {
            assertThat(reader.row(0))
                    .containsExactly(
                            true,
                            (byte) -7,
                            (short) -300,
                            'ß',
                            -70_000,
                            Long.MIN_VALUE,
                            1.5f,
                            Double.NaN,
                            "SELL",
                            "C",
                            "X",
                            "a€\n",
                            "wé\0!",
                            Instant.parse("1969-12-31T23:59:59.999Z"),
                            Instant.MAX,
                            Duration.ofNanos(-1_500_001_000),
                            Duration.ofSeconds(Long.MIN_VALUE, 1),
                            ID,
                            "01ab00",
                            List.of(1, -2, 3),
                            List.of(false, true),
                            Instant.parse("1677-09-21T00:12:43.145224192Z"),
                            Instant.ofEpochSecond(7),
                            Duration.ofSeconds(Long.MAX_VALUE));
        }
    }

    @Test
    void row_ofBytesThatAreNoValues_saysWhatIsThere() {
        ByteBuffer row = good(ByteOrder.LITTLE_ENDIAN);
        row.put(0, (byte) 7).put(40, (byte) 200).putShort(42, (short) -1).putInt(44, -1);
        row.putShort(48, (short) 2).put(50, new byte[] {(byte) 0xC3, '('});
        row.putShort(58, (short) -1).putInt(80, 1_000_000_000).putInt(104, -1).put(140, (byte) 2);
        row.putLong(152, Long.MAX_VALUE);
        try (RowReader reader = RowReader.open(file(ByteOrder.LITTLE_ENDIAN, row))) {
            List<Object> read = reader.row(0);
            assertThat(read.get(0)).isEqualTo("!boolean 7");
            assertThat(read.get(8)).isEqualTo("!constant 200 of 2");
            assertThat(read.get(9)).isEqualTo("!constant 65535 of 3");
            assertThat(read.get(10)).isEqualTo("!constant 4294967295 of 1");
            assertThat(read.get(11)).isEqualTo("!no UTF-8: c328");
            assertThat(read.get(12)).isEqualTo("!length 65535 of 4 at most");
            assertThat(read.get(14)).isEqualTo("!1000000000 nanoseconds in a second");
            assertThat(read.get(16)).isEqualTo("!-1 nanoseconds in a second");
            assertThat(read.get(20)).isEqualTo(List.of("!boolean 2", true));
            assertThat(read.get(22)).isEqualTo("!second 9223372036854775807");
        }
    }

    private Path counted(int elements) {
        ByteBuffer bytes = ByteBuffer.allocate(elements * 24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            bytes.putLong(i * 24, i).putInt(i * 24 + 8, -i).putDouble(i * 24 + 16, i / 2.0);
        }
        return SampleFiles.write(
                folder.resolve("a.map"), SampleFiles.trades(), 4096, bytes.array());
    }

    @Test
    void row_anyOrderOfIndexes_isTheElement() {
        List<Integer> indexes = new ArrayList<>(IntStream.range(0, 10_000).boxed().toList());
        try (RowReader reader = RowReader.open(counted(10_000))) {
            for (int round = 0; round < 2; round++) {
                for (int i : indexes) {
                    assertThat(reader.row(i)).containsExactly((long) i, -i, i / 2.0);
                }
                Collections.shuffle(indexes, new Random(5));
                indexes = indexes.subList(0, 1_000);
            }
        }
    }

    @Test
    void row_outOfBounds_isRefused() {
        try (FileInspection inspection = FileInspection.open(counted(3))) {
            for (long index : new long[] {-1, 3, 4, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> inspection.row(index))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThat(inspection.row(2)).hasSize(3);
            assertThat(inspection.header().count()).isEqualTo(3);
        }
        try (FileInspection empty = FileInspection.open(counted(0))) {
            assertThatThrownBy(() -> empty.row(0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void row_unpublishedElements_areNotReached() {
        Path path = counted(5);
        try (FileAccess file = FileAccess.open(path, true)) {
            ByteBuffer header =
                    SampleFiles.header(SampleFiles.trades(), 4096, 2, 5, FileHeader.DIRTY);
            file.write(header, 0);
        }
        try (FileInspection inspection = FileInspection.open(path)) {
            assertThat(inspection.header().clean()).isFalse();
            assertThat(inspection.row(1)).startsWith(1L);
            assertThatThrownBy(() -> inspection.row(2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void row_ofAFileCutOffMeanwhile_saysWhereItEnds() {
        Path path = counted(10_000);
        try (RowReader reader = RowReader.open(path);
                FileAccess file = FileAccess.open(path, true)) {
            file.truncate(4096 + 5_000 * 24 + 7);
            assertThat(reader.row(4_999)).startsWith(4_999L);
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> reader.row(5_000))
                        .isInstanceOf(MappingStorageException.class)
                        .hasMessageContaining("element 5000")
                        .hasMessageContaining("it ends at byte 124103");
            }
            assertThat(reader.row(10)).startsWith(10L);
        }
    }

    @Test
    void verify_ofAFileWithChecksums_findsTheBadBlock() {
        Path path = counted(1_000);
        try (FileAccess file = FileAccess.open(path, true)) {
            BlockTable.rewrite(file, FileHeader.read(file));
            file.write(ByteBuffer.wrap(new byte[] {99}), 4096 + 5_000);
        }
        try (FileInspection inspection = FileInspection.open(path)) {
            assertThat(inspection.verify().bad())
                    .extracting(BadBlock::firstElement, BadBlock::lastElement)
                    .containsExactly(tuple(170L, 341L));
        }
    }

    @Test
    void verify_withoutChecksums_isRefused() {
        try (FileInspection inspection =
                FileInspection.open(file(ByteOrder.BIG_ENDIAN, good(ByteOrder.BIG_ENDIAN)))) {
            assertThatThrownBy(inspection::verify).isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void inspection_closed_isRefusedAndClosesTwice() {
        FileInspection inspection = FileInspection.open(counted(3));
        inspection.row(0);
        inspection.close();
        inspection.close();
        assertThatThrownBy(() -> inspection.row(0))
                .isInstanceOf(MappingClosedException.class)
                .hasMessageContaining("inspection");
        assertThatThrownBy(inspection::verify).isInstanceOf(MappingClosedException.class);
    }

    @Test
    void open_ofWhatIsNoFileOfOurs_isRefused() {
        assertThatThrownBy(() -> FileInspection.open(folder))
                .isInstanceOf(MappingStorageException.class)
                .hasMessageContaining("no regular file");
        assertThatThrownBy(() -> FileInspection.open(folder.resolve("none")))
                .isInstanceOf(MappingStorageException.class);
        Path foreign = SampleFiles.store(folder.resolve("f"), new byte[5_000]);
        assertThatThrownBy(() -> FileInspection.open(foreign))
                .isInstanceOf(MappingHeaderException.class);
    }
}
