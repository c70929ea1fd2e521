package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingLimitException;
import io.patinox.memory.error.MappingStaleException;
import io.patinox.memory.error.MappingStorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One open file, read and written at given positions.
///
/// A channel of the JDK closes itself when a thread that uses it is interrupted, for all threads.
/// Here each operation is brought to its end instead: the flag of an interrupted thread is put
/// aside meanwhile, and a channel that was closed all the same is opened again, if the same file is
/// still at the path. Operations are short and wait for the disk only, so interruption is honoured
/// by what waits around them. No lock of the file system may be held on the channel, as it would be
/// lost.
///
/// *Threads.* Safe for use by any; opening again is guarded by this.
final class FileAccess implements AutoCloseable {
    private final Path path;
    private final Set<OpenOption> options;
    private final @Nullable Object key;
    private volatile FileChannel channel;
    private boolean closed;

    private FileAccess(Path path, Set<OpenOption> options, FileChannel channel) throws IOException {
        this.path = path;
        this.options = options;
        this.channel = channel;
        this.key = keyOf(path);
    }

    /// Opens a file that is there.
    static FileAccess open(Path path, boolean write) {
        Set<OpenOption> options =
                write
                        ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                        : Set.of(StandardOpenOption.READ);
        return open(path, options, options, "open");
    }

    /// Creates a file that must not be there.
    static FileAccess create(Path path) {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        Set<OpenOption> creating =
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SPARSE);
        return open(path, options, creating, "create");
    }

    private static FileAccess open(
            Path path, Set<OpenOption> options, Set<OpenOption> now, String action) {
        boolean interrupted = Thread.interrupted();
        try {
            FileChannel channel = FileChannel.open(path, now);
            try {
                return new FileAccess(path, options, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new MappingStorageException(path.toString(), action, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    Path path() {
        return path;
    }

    /// What errors call the file.
    String name() {
        return path.toString();
    }

    @FunctionalInterface
    private interface Operation<R> {
        R on(FileChannel channel) throws IOException;
    }

    long size() {
        return this.<Long>run("read the size of", FileChannel::size);
    }

    /// Reads as many bytes as fit the buffer, or fewer where the file ends before.
    ///
    /// @return how many were read
    int read(ByteBuffer target, long position) {
        int start = target.position();
        return run(
                "read",
                open -> {
                    target.position(start);
                    while (target.hasRemaining()) {
                        long at = position + target.position() - start;
                        if (open.read(target, at) < 0) {
                            break;
                        }
                    }
                    return target.position() - start;
                });
    }

    void write(ByteBuffer source, long position) {
        int start = source.position();
        run(
                "write",
                open -> {
                    source.position(start);
                    while (source.hasRemaining()) {
                        open.write(source, position + source.position() - start);
                    }
                    return true;
                });
    }

    void truncate(long size) {
        run("cut", open -> open.truncate(size));
    }

    void force() {
        run(
                "force",
                open -> {
                    open.force(true);
                    return true;
                });
    }

    MemorySegment map(MapMode mode, long offset, long size, Arena arena) {
        try {
            return run("map", open -> open.map(mode, offset, size, arena));
        } catch (OutOfMemoryError e) {
            throw exhausted(e);
        } catch (MappingStorageException e) {
            if (e.getCause() instanceof IOException io
                    && io.getCause() instanceof OutOfMemoryError memory) {
                throw exhausted(memory);
            }
            throw e;
        }
    }

    private MappingLimitException exhausted(Throwable cause) {
        return new MappingLimitException(
                name(), MappingCount.current(), MappingCount.limit(), cause);
    }

    private <R> R run(String action, Operation<R> operation) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel open = channel;
                try {
                    return operation.on(open);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(open, e);
                }
            }
        } catch (IOException e) {
            throw new MappingStorageException(name(), action, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a channel is one object
    private synchronized void reopen(FileChannel before, ClosedChannelException why)
            throws IOException {
        if (closed) {
            MappingClosedException refused = new MappingClosedException(name(), "the file");
            refused.addSuppressed(why);
            throw refused;
        }
        if (channel != before) {
            return; // somebody else has opened it again
        }
        String changed = changed();
        if (changed != null) {
            throw new MappingStaleException(name(), changed);
        }
        channel = FileChannel.open(path, options);
    }

    /// Says what happened to the file at the path since it was opened.
    ///
    /// @return `was deleted` or `was replaced`, or null if it is the same
    @Nullable String changed() {
        try {
            Object now = keyOf(path);
            return key == null || key.equals(now) ? null : "was replaced";
        } catch (IOException e) {
            return "was deleted";
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            channel.close();
        } catch (IOException e) {
            throw new MappingStorageException(name(), "close", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
