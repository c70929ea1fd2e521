package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// A cache gives up entries for its size so fast that most are gone before they are of use: it is
/// too small for what is asked of it, or something scans it. Told once, and again only after it has
/// ended.
///
/// @param source the cache
/// @param at when it was noticed
/// @param evictions how many entries went for the size of the cache
/// @param within in how long
/// @param entries how many entries the cache holds
public record CacheEvictionStorm(
        String source, Instant at, long evictions, Duration within, long entries)
        implements MonitorEvent {

    /// Checks that everything is there.
    public CacheEvictionStorm {
        EventTexts.check(source, at);
        Options.required("within", within);
    }

    @Override
    public EventKind kind() {
        return EventKind.CACHE_EVICTION_STORM;
    }

    @Override
    public String message() {
        return String.format(
                Locale.ROOT,
                "cache '%s' gave up %,d entries for its size within %s; it holds %,d",
                source,
                evictions,
                Describe.duration(within),
                entries);
    }
}
