package io.patinox.memory.resource;

/// What a registry does with a resource whose guard became unreachable before it was closed.
public enum LeakPolicy {
    /// Reports the leak and runs the cleanup. Not for those who keep a resource and drop its guard:
    /// it would be closed under their hands. Use [AsyncResourceGuard#use] or keep the guard.
    REPORT_AND_CLEAN,
    /// Reports the leak and leaves the resource open until the registry closes.
    REPORT_ONLY
}
