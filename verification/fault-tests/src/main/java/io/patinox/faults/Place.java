package io.patinox.faults;

/// A kind of file system that a trial needs.
enum Place {
    /// Any.
    FOLDER,
    /// A small one in memory.
    TMPFS,
    /// A small one on a disk.
    EXT4,
    /// One that can't be written to, with files in it.
    READ_ONLY
}
