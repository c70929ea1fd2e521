package io.patinox.memory.mmap;

/// How a moment or a span of time is written into a file.
///
/// What does not fit is refused with `MAPPING-VALUE` when it is written; nothing is rounded
/// silently: a moment with more digits than its encoding has is refused, too.
public enum Encoding {
    /// Whole seconds in 8 bytes.
    SECONDS,
    /// Milliseconds in 8 bytes.
    MILLIS,
    /// Microseconds in 8 bytes.
    MICROS,
    /// Nanoseconds in 8 bytes: moments from 1677 to 2262, spans up to 292 years.
    NANOS,
    /// Seconds in 8 bytes and nanoseconds in 4: everything that an `Instant` or a `Duration` can
    /// be.
    SECONDS_AND_NANOS
}
