package io.patinox.memory.mmap;

/// Whether processes keep each other from a file. The lock is held on a file of its own beside the
/// mapped one, `NAME.lock`, which stays there; it ends with the process, however that ends. It
/// binds only those who ask for it, too.
public enum FileLocking {
    /// Nothing is locked: the default.
    NONE,
    /// With others that share it, but not beside one that has it alone.
    SHARED,
    /// Alone.
    EXCLUSIVE
}
