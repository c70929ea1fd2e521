package io.patinox.memory.resource;

/// What a registry does with a resource whose guard became unreachable before it was closed.
public enum LeakPolicy {
    /// Reports the leak and runs the cleanup. Not for those who keep a resource and drop its guard:
    /// it would be closed under their hands. Use [AsyncResourceGuard#use] or keep the guard.
    REPORT_AND_CLEAN,
    /// Reports the leak and leaves the resource open until the registry closes.
    REPORT_ONLY,
    /// For tests: reports every leak by itself and with its place, runs the cleanup, and tells
    /// every [LeakWatch] of the process, by which a test can fail. Remembering every place costs
    /// about 2 µs an acquisition.
    FAIL_TESTS
}
