package io.patinox.memory.monitor;

/// A component that can be asked for its figures and its health.
///
/// Both calls read memory only: they never block, never call user code, and may be made from any
/// thread at any time, also after the component was closed.
public interface MetricsSource {

    /// Returns the name of this very component, for example `orders-db`.
    ///
    /// @return the name its builder was given
    String name();

    /// Returns what sort of component it is, for example `pool`.
    ///
    /// @return the same text for every component of the sort
    String component();

    /// Returns the figures as they are now.
    ///
    /// @return a snapshot
    MetricsSnapshot metrics();

    /// Returns the health as it is now.
    ///
    /// @return the health with its reasons
    Health health();
}
