package io.patinox.memory.monitor;

/// What kinds of [events][MonitorEvent] components publish. There is one record for each.
///
/// New kinds may appear in any release.
public enum EventKind {
    /// A guard became unreachable without having been closed.
    RESOURCE_LEAKED,
    /// A resource has been held for longer than its registry's threshold.
    RESOURCE_OVERDUE,
    /// A resource that was reported as held for too long was given back after all.
    RESOURCE_RETURNED,
    /// A cleanup failed for good.
    CLEANUP_FAILED,
    /// A cleanup went on beyond its deadline and was left alone.
    CLEANUP_ABANDONED,
    /// A lease became unreachable without having been released.
    LEASE_LEAKED,
    /// A lease has been held for longer than the leak threshold.
    LEASE_OVERDUE,
    /// A thread waited for long for a connection while it held another one of the same pool.
    NESTED_ACQUIRE,
    /// A manager could not create a connection.
    CREATE_FAILED,
    /// A pool has nothing to lend, and creating connections fails again and again.
    POOL_UNAVAILABLE,
    /// A pool that was unavailable has a connection again.
    POOL_RECOVERED,
    /// Something a user passed in, such as a validation, threw where nobody was waiting for it.
    CALLBACK_FAILED,
    /// A configuration has a new version.
    CONFIG_APPLIED,
    /// A change of a configuration was rejected, and the last good version stays.
    CONFIG_REJECTED,
    /// A staged rollout of a configuration began, moved or ended.
    CONFIG_ROLLOUT_CHANGED,
    /// Loads of a cache failed.
    CACHE_LOAD_FAILED,
    /// A cache gives up entries for its size so fast that most are of no use.
    CACHE_EVICTION_STORM,
    /// Mapped memory faulted.
    MAPPING_FAULTED,
    /// A mapped file was closed while bodies of it ran on.
    MAPPING_ABANDONED,
    /// The health of a component changed.
    HEALTH_CHANGED
}
