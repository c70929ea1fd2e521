package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.time.Instant;

/// Loads of a cache failed. Told at most once a second for each cache; failures in between are
/// counted in the next event.
///
/// @param source the cache
/// @param at when the last one failed
/// @param key the key of the last one, as text
/// @param failure what its loader threw
/// @param stale whether an old value is served meanwhile
/// @param count how many failures this event tells of, at least 1
public record CacheLoadFailed(
        String source, Instant at, String key, Throwable failure, boolean stale, long count)
        implements MonitorEvent {

    /// Checks that everything is there.
    public CacheLoadFailed {
        EventTexts.check(source, at);
        Options.required("key", key);
        Options.required("failure", failure);
        Options.inRange("count", count, 1, Long.MAX_VALUE);
    }

    @Override
    public EventKind kind() {
        return EventKind.CACHE_LOAD_FAILED;
    }

    @Override
    public String message() {
        return "cache '%s': the load of '%s' failed".formatted(source, Describe.line(key))
                + (stale ? ", the old value is served meanwhile" : "")
                + (count == 1 ? "" : "; with it " + (count - 1) + " more since the last report")
                + ": "
                + Describe.failure(failure);
    }
}
