package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingException;
import io.patinox.memory.error.MappingFaultException;
import io.patinox.memory.error.MappingThreadException;
import io.patinox.memory.mmap.internal.layout.Fence;
import org.jspecify.annotations.Nullable;

/// Tells what ended a body: the body itself, a fault of its memory, or memory that is not there any
/// more.
final class Faults {
    private Faults() {}

    /// Says whether an error is the JVM's way to tell of a fault of mapped memory. It may come from
    /// another thread, wrapped in an error of the same type.
    static boolean isFault(@Nullable Throwable error) {
        return error instanceof InternalError
                && (String.valueOf(error.getMessage()).contains("unsafe memory access")
                        || isFault(error.getCause()));
    }

    /// Waits for a fault that has not come to light yet.
    ///
    /// @return its error, or null if there is none
    static @Nullable InternalError pending() {
        try {
            Fence.fence();
            return null;
        } catch (InternalError e) {
            return e;
        }
    }

    /// Returns what to throw for what ended a use of a region: itself, or what it means.
    static Throwable translate(MappingCore<?> file, Region region, Throwable thrown) {
        Throwable late = pending();
        if (isFault(thrown)) {
            return fault(file, region, thrown);
        }
        if (late != null) {
            Throwable told = isFault(late) ? fault(file, region, late) : late;
            told.addSuppressed(thrown);
            return told;
        }
        if (thrown instanceof IllegalStateException && !region.whole.scope().isAlive()) {
            return because(new MappingClosedException(file.fileName(), "the memory"), thrown);
        }
        Thread owner = file.owner();
        if (thrown instanceof WrongThreadException && owner != null) {
            return because(new MappingThreadException(file.fileName(), owner.getName()), thrown);
        }
        return thrown;
    }

    private static MappingException because(MappingException told, Throwable thrown) {
        told.addSuppressed(thrown);
        return told;
    }

    private static MappingFaultException fault(
            MappingCore<?> file, Region region, @Nullable Throwable cause) {
        return file.faulted(region, cause);
    }
}
