package io.patinox.memory.mmap;

/// What happens when a file is opened whose last writer did not close it: it crashed, or is still
/// at work.
public enum WhenDirty {
    /// `MAPPING-DIRTY`: the default.
    REFUSE,
    /// It is opened as it is; if to be written, it is clean once it has been closed, with new
    /// checksums for all of it. For those who follow a writer at work, or who have looked at the
    /// file with [FileInspection#verify()].
    ACCEPT
}
