package io.patinox.testkit;

import io.patinox.memory.resource.LeakReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resources leaked: their guards became unreachable before they were closed.
///
/// Its message lists each with its type, name, age and the place where it was acquired; what it
/// suppresses are those places, with all of their frames.
public final class LeakError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<LeakReport> leaks;

    LeakError(String message, List<LeakReport> leaks) {
        super(message);
        this.leaks = List.copyOf(leaks);
        for (LeakReport leak : leaks) {
            leak.site().ifPresent(this::addSuppressed);
        }
    }

    /// {@return the leaks; none in a copy that was serialized}
    public List<LeakReport> leaks() {
        return leaks == null ? List.of() : leaks;
    }
}
