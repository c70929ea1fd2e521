package io.patinox.memory.mmap;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.internal.SharedMemory;

/// Files that are unmapped together: for many that are opened and closed together, as unmapping one
/// holds up other threads of the JVM for a moment.
///
/// A file of a group that is closed stays mapped until the group is closed; so does what was mapped
/// before a file grew. Closing the group closes its files first.
///
/// **Threads.** Safe for use by any.
public final class MappingGroup implements AutoCloseable {
    private final SharedMemory memory;

    private MappingGroup(String name) {
        this.memory = new SharedMemory(name);
    }

    /// Begins a group.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return an open group without files
    public static MappingGroup open(String name) {
        return new MappingGroup(Options.name("name", name));
    }

    SharedMemory memory() {
        return memory;
    }

    /// Returns the name.
    ///
    /// @return the name
    public String name() {
        return memory.name();
    }

    /// Returns how many files of it are open.
    ///
    /// @return from 0
    public int files() {
        return memory.files();
    }

    /// Closes the files that are still open, each with its close timeout, then unmaps all. If
    /// bodies run longer than that, the last of them unmaps.
    @Override
    public void close() {
        memory.close();
    }
}
