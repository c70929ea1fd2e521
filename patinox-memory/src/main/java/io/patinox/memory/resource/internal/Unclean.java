package io.patinox.memory.resource.internal;

import io.patinox.memory.internal.Describe;
import io.patinox.memory.resource.CleanupOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says why a resource is not clean.
final class Unclean {
    private Unclean() {}

    /// {@return why it isn't clean, or null if it is, or somebody else's}
    static @Nullable String reason(Tracked<?> tracked) {
        CleanupOutcome outcome = tracked.outcome();
        if (outcome == null) {
            Thread runner = tracked.runner();
            return runner == null
                    ? "its cleanup has not begun yet"
                    : "its cleanup still runs in thread '" + runner.getName() + "'";
        }
        return switch (outcome) {
            case CLEANED, DETACHED -> null;
            case FAILED -> {
                Throwable failure = tracked.failure();
                yield "its cleanup failed"
                        + (failure == null ? "" : ": " + Describe.failure(failure));
            }
            case ABANDONED -> {
                Progress progress = tracked.progressIfAny();
                Duration after =
                        Duration.ofMillis(progress == null ? 0 : progress.abandonedAfterMillis());
                yield "its cleanup did not end within " + Describe.duration(after);
            }
        };
    }
}
