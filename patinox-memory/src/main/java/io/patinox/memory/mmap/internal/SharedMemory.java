package io.patinox.memory.mmap.internal;

/// The arena of a group, and the files that are in it.
public final class SharedMemory {
    private final String name;

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

    /// Returns how many files are open.
    ///
    /// @return the number
    public int files() {
        return 0;
    }

    /// Closes all.
    public void close() {
        throw new UnsupportedOperationException(name);
    }
}
