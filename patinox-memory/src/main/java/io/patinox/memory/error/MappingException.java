package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A failure of a mapped file, of its layout, or of what is done with it.
public abstract sealed class MappingException extends PatinoxException
        permits MappingLayoutException,
                MappingHeaderException,
                MappingMismatchException,
                MappingFaultException,
                MappingValueException,
                MappingClosedException,
                MappingThreadException,
                MappingStorageException,
                MappingLimitException,
                MappingLockedException,
                MappingDirtyException,
                MappingStaleException,
                MappingInterruptedException,
                MappingReentrantException {

    private static final long serialVersionUID = 1L;

    MappingException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
