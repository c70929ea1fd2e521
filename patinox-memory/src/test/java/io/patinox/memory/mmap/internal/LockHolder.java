package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.FileLocking;
import io.patinox.memory.monitor.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A program that takes the lock of a file, says so, and holds it until its input ends.
final class LockHolder {
    private LockHolder() {}

    @SuppressWarnings("SystemOut") // a program
    public static void main(String[] arguments) throws IOException {
        FileLocking mode = FileLocking.valueOf(arguments[1]);
        try (LockFile lock =
                LockFile.acquire(
                        Path.of(arguments[0]), mode, Duration.ofSeconds(10), Ticker.system())) {
            System.out.println(lock == null ? "nothing" : "held");
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
