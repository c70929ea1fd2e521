package io.patinox.memory.cache;

import io.patinox.memory.error.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is special about one entry: see [Cache#put(Object, Object, EntryOptions)]. Immutable.
///
/// @param lifetime how long it may live, instead of what the cache would say; null for that
/// @param expiresAt at which time of the wall clock it ends, if that is earlier; null for never
/// @param cost what it costs to have the value again, at least 1; 0 if unknown. Values that the
///   cache has loaded cost the nanoseconds that took, if it keeps anything of single entries
/// @param tags by which it can be invalidated together with others
/// @param pinned whether it is never evicted for its size
public record EntryOptions(
        @Nullable Duration lifetime,
        @Nullable Instant expiresAt,
        long cost,
        Set<String> tags,
        boolean pinned) {

    private static final EntryOptions NONE = new EntryOptions(null, null, 0, Set.of(), false);

    /// Checks the options.
    public EntryOptions {
        if (lifetime != null) {
            Options.inRange("lifetime", lifetime, Duration.ZERO, Duration.ofDays(36_500));
        }
        Options.inRange("cost", cost, 0, Long.MAX_VALUE);
        tags = Set.copyOf(Options.required("tags", tags));
    }

    /// Returns options under which an entry is like any other.
    ///
    /// @return the options
    public static EntryOptions none() {
        return NONE;
    }

    /// Returns these options with another lifetime.
    ///
    /// @param lifetime from zero to 36,500 days
    /// @return the options
    public EntryOptions withLifetime(Duration lifetime) {
        return new EntryOptions(lifetime, expiresAt, cost, tags, pinned);
    }

    /// Returns these options with an end by the wall clock.
    ///
    /// @param expiresAt when it ends
    /// @return the options
    public EntryOptions withExpiresAt(Instant expiresAt) {
        return new EntryOptions(lifetime, expiresAt, cost, tags, pinned);
    }

    /// Returns these options with a cost, for policies that look at it.
    ///
    /// @param cost from 1, in any unit that is the same for all entries of the cache
    /// @return the options
    public EntryOptions withCost(long cost) {
        return new EntryOptions(lifetime, expiresAt, cost, tags, pinned);
    }

    /// Returns these options with tags.
    ///
    /// @param tags for [Cache#invalidateTag(String)]
    /// @return the options
    public EntryOptions withTags(String... tags) {
        return new EntryOptions(lifetime, expiresAt, cost, Set.of(tags), pinned);
    }

    /// Returns these options, pinned: the entry is never evicted for its size, but counts.
    ///
    /// @return the options
    public EntryOptions withPinned() {
        return new EntryOptions(lifetime, expiresAt, cost, tags, true);
    }
}
