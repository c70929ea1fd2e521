package io.patinox.memory.mmap.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Brings the entry of a new file to the disk, where the operating system lets one.
final class Directory {
    private Directory() {}

    /// Forces the directory that a file is in. Windows has no such thing, and needs none.
    static void force(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // a directory that can't be opened can't be forced either: the file is there all the
            // same
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
