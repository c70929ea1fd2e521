package io.patinox.memory.resource.internal;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.LeakPolicy;
import java.util.List;

/// The options of a registry, validated.
///
/// @param name the registry's name
/// @param monitor where events go
/// @param ticker where ages come from
/// @param leakPolicy what becomes of lost resources
/// @param siteSampling one acquisition in so many remembers its place; 0 for none
/// @param cleanupDeadlineNanos the deadline of a cleanup that has none of its own
/// @param cleanupConcurrency how many cleanups the engine runs at once
/// @param cleanupRetries how often a failed cleanup is tried again at most
/// @param heldThresholdNanos after what time a resource is reported as held too long; 0 for never
/// @param closeTimeoutNanos the budget of a plain close
/// @param kinds the types that have options of their own
public record RegistrySettings(
        String name,
        Monitor monitor,
        Ticker ticker,
        LeakPolicy leakPolicy,
        int siteSampling,
        long cleanupDeadlineNanos,
        int cleanupConcurrency,
        int cleanupRetries,
        long heldThresholdNanos,
        long closeTimeoutNanos,
        List<Kind> kinds) {
    /// Copies the list.
    public RegistrySettings {
        kinds = List.copyOf(kinds);
    }
}
