package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingClosedException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arena of a group, and the files that are in it. The arena ends when the group is closed and
/// nobody is in a body of any region of it.
///
/// *Threads.* Safe for use by any; state is guarded by `lock`, and nothing is called under it.
public final class SharedMemory {
    private final Object lock = new Object();
    private final String name;
    private final Arena arena = Arena.ofShared();
    private final Set<MappingCore<?>> open = new LinkedHashSet<>();
    private int regions;
    private boolean closed;
    private boolean ended;

    /// Begins without files.
    ///
    /// @param name the name of the group
    public SharedMemory(String name) {
        this.name = name;
    }

    /// Returns the name.
    ///
    /// @return the name
    public String name() {
        return name;
    }

    Arena arena() {
        return arena;
    }

    /// Returns how many files are open.
    ///
    /// @return the number
    public int files() {
        synchronized (lock) {
            return open.size();
        }
    }

    void add(MappingCore<?> file) {
        synchronized (lock) {
            if (closed) {
                throw new MappingClosedException(name, "the group");
            }
            open.add(file);
        }
    }

    void remove(MappingCore<?> file) {
        synchronized (lock) {
            open.remove(file);
        }
    }

    /// Notes that a region is about to be mapped.
    void begin(String file) {
        synchronized (lock) {
            if (closed) {
                throw new MappingClosedException(file, "the group '" + name + "'");
            }
            regions++;
        }
    }

    /// Notes that nobody is in a body of a region any more.
    void end(String file) {
        boolean last;
        synchronized (lock) {
            regions--;
            last = closed && regions == 0 && !ended;
            ended |= last;
        }
        if (last) {
            Memory.close(arena, file);
        }
    }

    /// Closes all files, then unmaps; if bodies run on, the last of them unmaps.
    public void close() {
        List<MappingCore<?>> files;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            files = new ArrayList<>(open);
        }
        RuntimeException failure = null;
        for (MappingCore<?> file : files) {
            failure = closing(file, failure);
        }
        boolean last;
        synchronized (lock) {
            last = regions == 0 && !ended;
            ended |= last;
        }
        if (last) {
            Memory.close(arena, name);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException closing(
            MappingCore<?> file, @Nullable RuntimeException before) {
        try {
            file.close();
            return before;
        } catch (RuntimeException e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
