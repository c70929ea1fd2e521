package io.patinox.memory.resource;

/// What a registry does with a resource whose guard became unreachable before it was closed.
public enum LeakPolicy {
    /// Reports the leak and runs the cleanup. Not for those who keep a resource and drop its guard:
    /// it would be closed under their hands. Use [AsyncResourceGuard#use] or keep the guard.
    REPORT_AND_CLEAN,
    /// Reports the leak and leaves the resource open until the registry closes.
    REPORT_ONLY,
    /// For tests: reports every leak by itself and with its place, runs the cleanup, and tells
    /// every [LeakWatch] of the process, by which a test can fail. Every place is remembered,
    /// whatever a type's sampling says, which costs about 2 µs an acquisition. While somebody
    /// watches, a registry that is closed looks for lost guards before it cleans up the rest, which
    /// takes a garbage collection or two.
    FAIL_TESTS
}
