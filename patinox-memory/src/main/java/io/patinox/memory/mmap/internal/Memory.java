package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.error.MappingThreadException;
import java.lang.foreign.Arena;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Where a file is mapped: who may use it, and what unmaps it.
///
/// *Own* memory, shared or confined, has an arena for each region. A *group* has one for all of its
/// files, and a *caller's* arena is ended by the caller; regions of both stay mapped until then.
abstract sealed class Memory {
    // one try each, with pauses that double: about two seconds in all
    private static final int TRIES = 16;
    private static final long FIRST_PAUSE_NANOS = 30_000;

    abstract Arena arena();

    /// Gives the memory of a region back.
    abstract void release(String file);

    /// Takes a region that was given back from the count of mappings: at once if it is unmapped,
    /// else when its arena ends.
    void uncount() {
        MappingCount.endWith(arena().scope());
    }

    /// Memory for one region.
    static Memory of(MappingSettings settings) {
        Arena given = settings.arena();
        SharedMemory group = settings.group();
        if (given != null) {
            return new Given(given);
        }
        if (group != null) {
            group.begin(settings.path().toString());
            return new Grouped(group);
        }
        return new Own(settings.confined() ? Thread.currentThread() : null);
    }

    /// Closes an arena that nobody is in a body of. Somebody may still be inside for an instant:
    /// who has kept a slice beyond its body, on another thread. So it is tried again, but not for
    /// ever.
    static void close(Arena arena, String file) {
        long pause = FIRST_PAUSE_NANOS;
        for (int i = 0; ; i++) {
            try {
                arena.close();
                return;
            } catch (IllegalStateException e) {
                if (!arena.scope().isAlive()) {
                    return;
                }
                if (i == TRIES) {
                    throw new MappingStorageException(file, "unmap", e);
                }
                LockSupport.parkNanos(pause);
                pause *= 2;
            }
        }
    }

    private static final class Own extends Memory {
        private final Arena arena;
        private final @Nullable Thread owner;

        @SuppressWarnings("MustBeClosed") // released when nobody is in the region any more
        Own(@Nullable Thread owner) {
            this.owner = owner;
            this.arena = owner == null ? Arena.ofShared() : Arena.ofConfined();
        }

        @Override
        Arena arena() {
            return arena;
        }

        @Override
        void release(String file) {
            if (owner != null && owner != Thread.currentThread()) {
                throw new MappingThreadException(file, owner.getName());
            }
            close(arena, file);
        }

        @Override
        void uncount() {
            MappingCount.end();
        }
    }

    private static final class Given extends Memory {
        private final Arena arena;

        Given(Arena arena) {
            this.arena = arena;
        }

        @Override
        Arena arena() {
            return arena;
        }

        @Override
        void release(String file) {
            // its owner ends it
        }
    }

    private static final class Grouped extends Memory {
        private final SharedMemory group;

        Grouped(SharedMemory group) {
            this.group = group;
        }

        @Override
        Arena arena() {
            return group.arena();
        }

        @Override
        void release(String file) {
            group.end(file);
        }
    }
}
