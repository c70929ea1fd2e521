package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingLimitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what this process has mapped through us, and refuses before the operating system does: a
/// JVM that can't map any more can't start threads or grow its heap either, and dies.
///
/// Linux lets a process have `vm.max_map_count` mappings. A quarter of them is left to everything
/// else; other systems have no such limit and get a large one.
final class MappingCount {
    private static final long WITHOUT_LIMIT = 1_000_000;
    private static final AtomicLong COUNT = new AtomicLong();
    private static final long LIMIT = limitOf(Path.of("/proc/sys/vm/max_map_count"));

    private MappingCount() {}

    static long limitOf(Path setting) {
        try {
            return Long.parseLong(Files.readString(setting).strip()) / 4 * 3;
        } catch (IOException | NumberFormatException e) {
            return WITHOUT_LIMIT;
        }
    }

    static long current() {
        return COUNT.get();
    }

    static long limit() {
        return LIMIT;
    }

    static void begin(String file) {
        long now = COUNT.incrementAndGet();
        if (now > LIMIT) {
            COUNT.decrementAndGet();
            throw new MappingLimitException(file, now - 1, LIMIT, null);
        }
    }

    static void end() {
        COUNT.decrementAndGet();
    }
}
