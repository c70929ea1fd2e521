package io.patinox.benchmarks.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// How editors, scripts and Kubernetes save.
final class Savers {

    private static final int CHUNKS = 4;
    private static final int TOUCHES = 3;
    private static final long STEP_MILLIS = 10;

    private Savers() {}

    /// Truncates the file and writes it at once, as a shell's `>` does.
    static void truncate(Path file, Contents contents) throws IOException {
        write(
                file,
                contents.whole(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    /// Truncates the file and writes it in pieces, as a program with a small buffer does.
    static Saver chunked(long pauseMillis) {
        return (file, contents) -> {
            byte[] content = contents.whole();
            int size = Math.ceilDiv(content.length, CHUNKS);
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                for (int from = 0; from < content.length; from += size) {
                    if (from > 0) {
                        Thread.sleep(pauseMillis);
                    }
                    int to = Math.min(content.length, from + size);
                    write(channel, Arrays.copyOfRange(content, from, to));
                }
            }
        };
    }

    /// Writes another file and renames it over the file, as most editors of today do.
    static void rename(Path file, Contents contents) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        write(
                temporary,
                contents.whole(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Renames the file to a backup, writes a new one, removes the backup, as vim does with
    /// `backupcopy=no`.
    static void backup(Path file, Contents contents) throws IOException {
        Path backup = file.resolveSibling(file.getFileName() + "~");
        Files.move(file, backup, StandardCopyOption.ATOMIC_MOVE);
        write(file, contents.whole(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.delete(backup);
    }

    /// Deletes the file and creates it again a moment later.
    static void recreate(Path file, Contents contents) throws IOException, InterruptedException {
        Files.delete(file);
        Thread.sleep(STEP_MILLIS);
        write(file, contents.whole(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Appends a line, as `>>` does.
    static void append(Path file, Contents contents) throws IOException {
        write(file, contents.addition(), StandardOpenOption.APPEND);
    }

    /// Renames, then takes all permissions away for a moment.
    static void permissions(Path file, Contents contents) throws IOException, InterruptedException {
        rename(file, contents);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Thread.sleep(STEP_MILLIS);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /// Renames, then touches the file again and again; at last it looks older than it is.
    static void touch(Path file, Contents contents) throws IOException, InterruptedException {
        rename(file, contents);
        for (int i = 0; i < TOUCHES; i++) {
            Thread.sleep(STEP_MILLIS);
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }

    /// Two save at the same time, one by truncating, the other by renaming: the last one wins.
    static Saver editors(Executor executor) {
        return (file, contents) -> {
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> renameUnchecked(file, contents), executor);
            truncate(file, contents);
            other.join();
        };
    }

    private static void renameUnchecked(Path file, Contents contents) {
        try {
            rename(file, contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content, OpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            write(channel, content);
        }
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
