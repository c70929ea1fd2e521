package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingInterruptedException;
import io.patinox.memory.error.MappingLockedException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.FileLocking;
import io.patinox.memory.monitor.Ticker;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A lock of a file that processes, and the mappings of one process, keep each other out with: a
/// lock of the operating system on an empty file beside it, `NAME.lock`.
///
/// It is a file of its own since the mapped one is opened and closed at will: on POSIX systems a
/// process loses all its locks on a file when it closes any descriptor of it, and on Windows a
/// locked region can't be written by others. It is never deleted, since who waits for a deleted
/// file and who creates it anew would both have a lock.
///
/// *Why it is right.* A lock of the operating system belongs to the process, so within the process
/// [SharedLock] says who has it. There is one of them, with one channel, for each lock file that
/// anybody here holds or waits for: [#TABLE], by real path. Creating the file, opening and closing
/// its channel, and looking into the table are one step under [#OPENING]. So no channel of a lock
/// file is ever closed while another thread of the process counts on a lock of it, and the JDK
/// never sees two locks that overlap. Only those who close a channel of a lock file of their own
/// can break this.
///
/// Waiting asks again after pauses that grow to [#LONGEST_PAUSE]: the operating system tells nobody
/// that a lock is free, and its waiting call can't be ended by a time limit. Of those who wait in
/// one process the first is served first, and is woken when the lock is released here.
///
/// *Threads.* Safe for use by any. No interruption closes the channel: only calls are used that
/// don't wait.
final class LockFile implements AutoCloseable {
    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final ReentrantLock OPENING = new ReentrantLock();
    private static final Map<Path, SharedLock> TABLE = new HashMap<>();

    /// What is held; null for none, and after closing.
    private final AtomicReference<@Nullable SharedLock> held;

    private final Path file;

    private LockFile(Path file, @Nullable SharedLock held) {
        this.file = file;
        this.held = new AtomicReference<>(held);
    }

    /// Takes the lock of a file.
    ///
    /// @param file the file, which need not be there
    /// @param mode which lock; for none there is nothing to wait for
    /// @param timeout how long to wait for it; zero asks once
    /// @param ticker the clock
    /// @return the lock, to be closed
    /// @throws MappingLockedException if others keep it
    /// @throws MappingInterruptedException if interrupted while it waits; the flag is set
    /// @throws MappingStorageException if the lock file can't be created, or not be written to
    static LockFile acquire(Path file, FileLocking mode, Duration timeout, Ticker ticker) {
        if (mode == FileLocking.NONE) {
            return new LockFile(file, null);
        }
        SharedLock lock = enter(file);
        boolean taken = false;
        try {
            await(lock, file, mode, timeout, ticker);
            taken = true;
            return new LockFile(file, lock);
        } catch (IOException e) {
            throw new MappingStorageException(file.toString(), "lock", e);
        } finally {
            if (!taken) {
                leave(lock, file);
            }
        }
    }

    private static void await(
            SharedLock lock, Path file, FileLocking mode, Duration timeout, Ticker ticker)
            throws IOException {
        boolean shared = mode == FileLocking.SHARED;
        long patience = TimeUnit.NANOSECONDS.convert(timeout); // no more than a long can be
        long start = ticker.nanos();
        long pause = FIRST_PAUSE;
        SharedLock.Waiter me = lock.lineUp();
        try {
            while (!lock.tryTake(me, shared)) {
                long left = patience - (ticker.nanos() - start);
                if (left <= 0) {
                    throw new MappingLockedException(
                            file.toString(), mode.name(), Duration.ofNanos(ticker.nanos() - start));
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new MappingInterruptedException(
                            file.toString(), "the lock", new InterruptedException());
                }
                LockSupport.parkNanos(lock, Math.min(pause, left));
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        } finally {
            lock.stepOut(me);
        }
    }

    private static SharedLock enter(Path file) {
        OPENING.lock();
        try {
            Path sidecar = sidecar(file);
            create(sidecar);
            Path key = sidecar.toRealPath();
            SharedLock lock = TABLE.get(key);
            if (lock == null) {
                lock = SharedLock.open(key);
                TABLE.put(key, lock);
            }
            lock.users++;
            return lock;
        } catch (IOException e) {
            throw new MappingStorageException(file.toString(), "lock", e);
        } finally {
            OPENING.unlock();
        }
    }

    /// Creates the lock file. That closes a channel of it, but before anybody here can have locked
    /// it.
    private static void create(Path sidecar) throws IOException {
        if (Files.notExists(sidecar)) {
            try {
                Files.createFile(sidecar);
            } catch (FileAlreadyExistsException e) {
                return; // another process was faster
            }
        }
    }

    private static void leave(SharedLock lock, Path file) {
        OPENING.lock();
        try {
            if (--lock.users == 0) {
                TABLE.remove(lock.path());
                lock.close();
            }
        } catch (IOException e) {
            throw new MappingStorageException(file.toString(), "unlock", e);
        } finally {
            OPENING.unlock();
        }
    }

    /// The lock file lies beside the file itself, not beside a link to it, so that all names of a
    /// file have one.
    private static Path sidecar(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null) {
            throw new NoSuchFileException(file.toString());
        }
        Path real =
                Files.exists(absolute) ? absolute.toRealPath() : folder.toRealPath().resolve(name);
        return real.resolveSibling(real.getFileName() + ".lock");
    }

    /// How many lock files are open in this process.
    static int open() {
        OPENING.lock();
        try {
            return TABLE.size();
        } finally {
            OPENING.unlock();
        }
    }

    /// Gives the lock back. Later calls do nothing.
    ///
    /// @throws MappingStorageException if the file system refuses; the lock ends with its channel
    @Override
    public void close() {
        SharedLock lock = held.getAndSet(null);
        if (lock == null) {
            return;
        }
        try {
            lock.release();
        } catch (IOException e) {
            throw new MappingStorageException(file.toString(), "unlock", e);
        } finally {
            leave(lock, file);
        }
    }
}
