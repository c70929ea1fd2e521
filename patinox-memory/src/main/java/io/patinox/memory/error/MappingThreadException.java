package io.patinox.memory.error;

/// A confined mapped file was used by another thread than the one that opened it.
public final class MappingThreadException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// The name of the thread that opened it.
    private final String owner;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param owner the name of the thread that opened it
    public MappingThreadException(String file, String owner) {
        super(
                MemoryErrorCode.MAPPING_THREAD,
                "%s was opened confined to thread '%s', and used by '%s'"
                        .formatted(file, owner, Thread.currentThread().getName()),
                null);
        this.file = file;
        this.owner = owner;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns the name of the thread that opened it.
    ///
    /// @return the name of the thread that opened it
    public String owner() {
        return owner;
    }
}
