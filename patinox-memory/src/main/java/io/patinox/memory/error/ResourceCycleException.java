package io.patinox.memory.error;

import java.util.List;

/// A dependency was refused because resources would depend on each other in a cycle.
public final class ResourceCycleException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// The names along the cycle.
    @SuppressWarnings("serial") // List.copyOf gives one that is serializable
    private final List<String> cycle;

    /// Creates the exception.
    ///
    /// @param cycle the names along the cycle, each to be cleaned up before the next; the first is
    ///   also the last
    public ResourceCycleException(List<String> cycle) {
        super(
                MemoryErrorCode.RESOURCE_CYCLE,
                cycle.getFirst(),
                "each would have to be cleaned up before the next: " + String.join(" -> ", cycle),
                null);
        this.cycle = List.copyOf(cycle);
    }

    /// Returns the names along the cycle, each to be cleaned up before the next.
    ///
    /// @return the names; the first is also the last
    public List<String> cycle() {
        return cycle;
    }
}
