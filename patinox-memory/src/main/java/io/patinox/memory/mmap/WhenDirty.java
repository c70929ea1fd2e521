package io.patinox.memory.mmap;

/// What happens when a file is opened whose last writer did not close it: it crashed, or is still
/// at work.
public enum WhenDirty {
    /// `MAPPING-DIRTY`: the default.
    REFUSE,
    /// It is opened as it is. For those who follow a writer at work, or who have looked at the file
    /// with [FileInspection#verify()].
    ACCEPT
}
