package io.patinox.faults;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingDirtyException;
import io.patinox.memory.error.MappingException;
import io.patinox.memory.error.MappingFaultException;
import io.patinox.memory.error.MappingLimitException;
import io.patinox.memory.error.MappingStaleException;
import io.patinox.memory.error.MappingStorageException;

/// What came of a trial.
enum Verdict {
    /// The right result.
    OK,
    /// Zeros instead of what was there, as the file was cut and made longer again.
    ZEROS,
    /// `MAPPING-FAULT`.
    FAULT,
    /// `MAPPING-STALE`.
    STALE,
    /// `MAPPING-STORAGE`.
    STORAGE,
    /// `MAPPING-CLOSED`.
    CLOSED,
    /// `MAPPING-LIMIT`.
    LIMIT,
    /// `MAPPING-DIRTY`.
    DIRTY,
    /// The operating system does not let this happen to a mapped file.
    REFUSED,
    /// Another of our exceptions; never right.
    OTHER,
    /// A result that is wrong; never right.
    WRONG,
    /// An exception or error that is none of ours; never right.
    UNTYPED,
    /// The JVM ended, never right.
    DIED,
    /// No end within a minute; never right.
    HANGS;

    static Verdict of(Throwable failure) {
        return switch (failure) {
            case MappingFaultException _ -> FAULT;
            case MappingStaleException _ -> STALE;
            case MappingStorageException _ -> STORAGE;
            case MappingClosedException _ -> CLOSED;
            case MappingLimitException _ -> LIMIT;
            case MappingDirtyException _ -> DIRTY;
            case MappingException _ -> OTHER;
            case Fault.RefusedException _ -> REFUSED;
            default -> UNTYPED;
        };
    }
}
