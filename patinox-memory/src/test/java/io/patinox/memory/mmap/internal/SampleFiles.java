package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files that tests read, written byte by byte.
final class SampleFiles {
    private SampleFiles() {}

    /// Returns a layout of 24 bytes: a long, an int, and a double.
    static MappedLayout trades() {
        return MappedLayout.of(
                ByteOrder.LITTLE_ENDIAN,
                24,
                8,
                List.of(
                        new MappedColumn("id", ColumnKind.LONG, 0, 8, -1, ""),
                        new MappedColumn("amount", ColumnKind.INT, 8, 4, -1, ""),
                        new MappedColumn("price", ColumnKind.DOUBLE, 16, 8, -1, "")));
    }

    /// Returns a layout whose text takes more than one page.
    static MappedLayout wide() {
        List<MappedColumn> columns = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            columns.add(
                    new MappedColumn("column" + i + "x".repeat(40), ColumnKind.BYTE, i, 1, -1, ""));
        }
        return MappedLayout.of(ByteOrder.BIG_ENDIAN, 200, 1, columns);
    }

    /// Returns a header with what changes set, also to what does not fit.
    static ByteBuffer header(
            MappedLayout layout, int blockBytes, long count, long capacity, long state) {
        return FileHeader.write(layout, blockBytes)
                .putLong(FileHeader.COUNT_AT, count)
                .putLong(FileHeader.CAPACITY_AT, capacity)
                .putLong(FileHeader.STATE_AT, state)
                .putLong(FileHeader.CHECK_AT, FileHeader.check(count, capacity, state));
    }

    /// Writes a clean, full file whose elements are the bytes given, without its checksums.
    static Path write(Path path, MappedLayout layout, int blockBytes, byte[] elements) {
        long capacity = elements.length / layout.strideBytes();
        ByteBuffer header = header(layout, blockBytes, capacity, capacity, FileHeader.CLEAN);
        int size =
                (int)
                        BlockTable.fileBytes(
                                header.capacity(), capacity, layout.strideBytes(), blockBytes);
        byte[] all = new byte[size];
        header.get(0, all, 0, header.capacity());
        System.arraycopy(elements, 0, all, header.capacity(), elements.length);
        return store(path, all);
    }

    static Path store(Path path, byte[] bytes) {
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] load(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
