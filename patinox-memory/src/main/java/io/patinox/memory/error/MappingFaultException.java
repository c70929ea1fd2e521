package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// Mapped memory faulted: the file was cut off by somebody else, or the disk of a sparse file is
/// full. What the body computed is void.
public final class MappingFaultException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// Where in the file the mapping begins, in bytes.
    private final long mappedFrom;

    /// Where it ends, in bytes.
    private final long mappedTo;

    /// How long the file was found to be afterwards, in bytes, or -1 if that can't be told.
    private final long fileBytes;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param mappedFrom where in the file the mapping begins, in bytes
    /// @param mappedTo where it ends, in bytes
    /// @param fileBytes how long the file was found to be afterwards, in bytes, or -1 if that can't
    ///   be told
    /// @param cause what the JVM threw, or null if the file was found cut off without a fault
    public MappingFaultException(
            String file,
            long mappedFrom,
            long mappedTo,
            long fileBytes,
            @Nullable Throwable cause) {
        super(
                MemoryErrorCode.MAPPING_FAULT,
                "access to %s faulted: bytes %d to %d are mapped, and the file has %s"
                        .formatted(file, mappedFrom, mappedTo, found(mappedTo, fileBytes)),
                cause);
        this.file = file;
        this.mappedFrom = mappedFrom;
        this.mappedTo = mappedTo;
        this.fileBytes = fileBytes;
    }

    private static String found(long mappedTo, long fileBytes) {
        if (fileBytes < 0) {
            return "gone";
        }
        String bytes = fileBytes + " bytes";
        return fileBytes < mappedTo ? bytes : bytes + ", so its disk may be full or broken";
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns where in the file the mapping begins, in bytes.
    ///
    /// @return where in the file the mapping begins, in bytes
    public long mappedFrom() {
        return mappedFrom;
    }

    /// Returns where it ends, in bytes.
    ///
    /// @return where it ends, in bytes
    public long mappedTo() {
        return mappedTo;
    }

    /// Returns how long the file was found to be afterwards, in bytes, or -1 if that can't be told.
    ///
    /// @return how long the file was found to be afterwards, in bytes, or -1 if that can't be told
    public long fileBytes() {
        return fileBytes;
    }
}
