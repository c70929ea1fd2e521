package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingException;
import java.nio.ByteBuffer;

/// Makes a file longer, so that what is mapped of it later does not fault.
final class Room {
    private static final int PIECE_BYTES = 1 << 16;

    private Room() {}

    /// Makes a file longer by zeros. By default they are written, so that a full disk is an error
    /// here and now; sparse, only the last of them is, and the rest is a hole. If it fails, the
    /// file is as long as before.
    ///
    /// @param file the file
    /// @param bytes how long it shall be at least
    /// @param sparse whether there may be a hole
    static void take(FileAccess file, long bytes, boolean sparse) {
        long before = file.size();
        if (before >= bytes) {
            return;
        }
        try {
            if (sparse) {
                file.write(ByteBuffer.allocate(1), bytes - 1);
            } else {
                fill(file, before, bytes);
            }
        } catch (MappingException e) {
            giveBack(file, before, e);
            throw e;
        }
    }

    /// Writes zeros.
    static void fill(FileAccess file, long from, long to) {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, to - from));
        for (long at = from; at < to; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            file.write(zeros, at);
        }
    }

    private static void giveBack(FileAccess file, long before, MappingException why) {
        try {
            file.truncate(before);
        } catch (MappingException e) {
            why.addSuppressed(e);
        }
    }
}
