package io.patinox.memory.mmap.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The process' one lock on a lock file, and who in the process has a part of it: several that
/// share it, or one that has it alone. Who comes first is served first. See [LockFile].
final class SharedLock {
    /// Who wants the lock.
    static final class Waiter {
        private final Thread thread = Thread.currentThread();
    }

    private final Path path;
    private final FileChannel channel;
    private final Deque<Waiter> line = new ArrayDeque<>();
    private @Nullable FileLock lock;
    private int holders;

    /// How many hold it or wait for it; guarded by the table.
    int users;

    private SharedLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static SharedLock open(Path path) throws IOException {
        return new SharedLock(
                path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    Path path() {
        return path;
    }

    synchronized Waiter lineUp() {
        Waiter waiter = new Waiter();
        line.addLast(waiter);
        return waiter;
    }

    /// Leaves the line, with the lock or without.
    synchronized void stepOut(Waiter waiter) {
        line.remove(waiter);
        wakeFirst();
    }

    /// Takes the lock if it is the waiter's turn, and nobody here or elsewhere is against it.
    synchronized boolean tryTake(Waiter waiter, boolean shared) throws IOException {
        if (!waiter.equals(line.peekFirst())) {
            return false;
        }
        if (holders == 0) {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock == null) {
                return false;
            }
        } else if (!shared || lock == null || !lock.isShared()) {
            return false;
        }
        holders++;
        return true;
    }

    synchronized void release() throws IOException {
        holders--;
        FileLock last = lock;
        if (holders == 0 && last != null) {
            lock = null;
            try {
                last.release();
            } finally {
                wakeFirst();
            }
        }
    }

    private void wakeFirst() {
        Waiter first = line.peekFirst();
        if (first != null) {
            LockSupport.unpark(first.thread);
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
