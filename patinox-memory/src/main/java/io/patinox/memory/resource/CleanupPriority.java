package io.patinox.memory.resource;

/// How urgent a cleanup is, the most urgent first.
///
/// A registry that has more cleanups waiting than it may run at once starts the more urgent first,
/// and those of equal priority in the order in which they were asked for. A registry that closes
/// cleans up in the same order of priorities; there, what was acquired last comes first within a
/// priority.
public enum CleanupPriority {
    /// What others wait for, or what is lost when the process ends: locks, unflushed data.
    CRITICAL,
    /// Scarce things shared with other processes: connections, leases.
    HIGH,
    /// The default.
    NORMAL,
    /// What the operating system would take back anyway: temporary files, buffers.
    LOW
}
