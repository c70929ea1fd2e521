package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingLimitException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what this process has mapped through us, and refuses before the operating system does: a
/// JVM that can't map any more can't start threads or grow its heap either, and dies.
///
/// Linux lets a process have `vm.max_map_count` mappings. A quarter of them is left to everything
/// else; other systems have no such limit and get a large one.
final class MappingCount {
    private static final long WITHOUT_LIMIT = 1_000_000;
    private static final AtomicLong COUNT = new AtomicLong();
    private static final Queue<WeakReference<MemorySegment.Scope>> KEPT =
            new ConcurrentLinkedQueue<>();
    private static final long LIMIT = limitOf(Path.of("/proc/sys/vm/max_map_count"));

    private MappingCount() {}

    static long limitOf(Path setting) {
        // in one read: settings of the kernel are at their end after the first, however short it is
        try (BufferedReader reader = Files.newBufferedReader(setting)) {
            return Long.parseLong(String.valueOf(reader.readLine()).strip()) / 4 * 3;
        } catch (IOException | NumberFormatException e) {
            return WITHOUT_LIMIT;
        }
    }

    static long current() {
        sweep();
        return COUNT.get();
    }

    static long limit() {
        return LIMIT;
    }

    static void begin(String file) {
        if (COUNT.incrementAndGet() > LIMIT) {
            sweep();
            long now = COUNT.get();
            if (now > LIMIT) {
                COUNT.decrementAndGet();
                throw new MappingLimitException(file, now - 1, LIMIT, null);
            }
        }
    }

    static void end() {
        COUNT.decrementAndGet();
    }

    /// Notes a mapping that ends with an arena, which nobody tells us of: its scope is asked when
    /// the number is of interest.
    static void endWith(MemorySegment.Scope scope) {
        KEPT.add(new WeakReference<>(scope));
    }

    private static void sweep() {
        synchronized (KEPT) {
            KEPT.removeIf(kept -> {
                MemorySegment.Scope scope = kept.get();
                if (scope != null && scope.isAlive()) {
                    return false;
                }
                end();
                return true;
            });
        }
    }
}
