package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.Expiry;
import io.patinox.memory.error.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What is known of an entry besides key and value: asks the users' functions for it, and says when
/// the entry ends.
final class Lifetimes<K, V> {

    // so far away that it never comes, and near enough to be compared by a difference
    static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private final CacheSettings<K, V> settings;
    private final long writeNanos;
    private final long accessNanos;
    private final @Nullable Expiry<? super K, ? super V> expiry;
    private final double jitter;
    private final boolean full;
    private final boolean timed;

    Lifetimes(CacheSettings<K, V> settings) {
        this.settings = settings;
        this.writeNanos = nanosOrForever(settings.expireAfterWrite());
        this.accessNanos = nanosOrForever(settings.expireAfterAccess());
        this.expiry = settings.expiry();
        this.jitter = settings.expiryJitter();
        this.full = settings.full();
        this.timed = settings.timed();
    }

    private static long nanosOrForever(Duration duration) {
        return duration.isZero() ? FOREVER_NANOS : nanos(duration);
    }

    static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(Duration.ofNanos(FOREVER_NANOS)) > 0
                ? FOREVER_NANOS
                : duration.toNanos();
    }

    /// Tells whether reads may move the end of an entry.
    boolean byReads() {
        return accessNanos != FOREVER_NANOS || expiry != null;
    }

    /// Asks the users' functions about a value. Under no lock.
    ///
    /// @param entry the entry whose value it is to replace, if there is one
    /// @return what they say; null if nobody has anything to say
    @Nullable Facts facts(
            K key, V value, @Nullable Entry<K, V> entry, @Nullable EntryOptions options, long now) {
        if (!full) {
            return null;
        }
        EntryOptions given = options == null ? EntryOptions.none() : options;
        long weight = 1;
        if (settings.weigher() != null) {
            weight =
                    Options.inRange(
                            "weight", settings.weigher().weigh(key, value), 0, Integer.MAX_VALUE);
        }
        long bytes = 0;
        if (settings.valueSizer() != null && settings.keySizer() != null) {
            bytes =
                    Math.addExact(
                            size(settings.keySizer().bytes(key)),
                            size(settings.valueSizer().bytes(value)));
        }
        Set<String> tags = given.tags();
        if (settings.tagger() != null) {
            Set<String> all = new HashSet<>(tags);
            all.addAll(settings.tagger().apply(key, value));
            tags = Set.copyOf(all);
        }
        long lifetime = lifetime(key, value, entry, given, now);
        return new Facts(
                weight,
                bytes,
                Math.max(1, given.cost()),
                lifetime,
                given.pinned(),
                tags,
                refreshNanos(key, value));
    }

    private long refreshNanos(K key, V value) {
        LoadSettings<K, V> loads = settings.loads();
        Duration asked = loads.refresh() == null ? null : loads.refresh().apply(key, value);
        if (asked == null) {
            asked = loads.refreshAfterWrite();
            return asked.isZero() ? Facts.NEVER : nanos(asked);
        }
        return nanos(asked);
    }

    private static long size(long bytes) {
        return Options.inRange("bytes", bytes, 0, Long.MAX_VALUE / 4);
    }

    private long lifetime(
            K key, V value, @Nullable Entry<K, V> entry, EntryOptions options, long now) {
        long lifetime = Facts.NEVER;
        if (options.lifetime() != null) {
            lifetime = nanos(options.lifetime());
        } else if (expiry != null) {
            Duration asked =
                    entry == null
                            ? expiry.afterCreate(key, value)
                            : expiry.afterUpdate(key, value, remaining(entry, now));
            lifetime = asked == null ? entry == null ? Facts.NEVER : Facts.AS_IT_IS : nanos(asked);
        }
        if (options.expiresAt() != null) {
            long left = nanos(Duration.between(Instant.now(), options.expiresAt()));
            lifetime = lifetime == Facts.AS_IT_IS ? left : Math.min(lifetime, left);
        }
        return lifetime;
    }

    /// {@return how long an entry may still live, or null for without a limit}
    @Nullable Duration remaining(Entry<K, V> entry, long now) {
        if (!timed) {
            return null;
        }
        long left = entry.deadline() - now;
        return left > FOREVER_NANOS / 2 ? null : Duration.ofNanos(left);
    }

    Entry<K, V> newEntry(K key, int hash, V value, @Nullable Facts facts, long now) {
        if (!full) {
            return timed
                    ? new TimedEntry<>(key, hash, value, now + shorter(writeNanos, accessNanos))
                    : new Entry<>(key, hash, value);
        }
        FullEntry<K, V> entry =
                settings.loads().keepsTimes()
                        ? new LoadedEntry<>(key, hash, value, now + FOREVER_NANOS)
                        : new FullEntry<>(key, hash, value, now + FOREVER_NANOS);
        if (facts != null) {
            entry.cost(facts.cost());
            entry.pinned = facts.pinned();
            entry.tags = facts.tags();
        }
        written(entry, facts, now);
        return entry;
    }

    /// Moves the end of an entry whose value is about to be replaced. Before the value, so that a
    /// reader never sees a new value as expired; the old one was not expired either.
    void written(Entry<K, V> entry, @Nullable Facts facts, long now) {
        if (!full) {
            if (timed) {
                ((TimedEntry<K, V>) entry).deadline = now + shorter(writeNanos, accessNanos);
            }
            return;
        }
        FullEntry<K, V> fullEntry = (FullEntry<K, V>) entry;
        fullEntry.writtenAt = now;
        LoadedEntry<K, V> loaded = entry instanceof LoadedEntry<K, V> l ? l : null;
        long freshUntil = loaded == null ? fullEntry.hardDeadline : loaded.freshUntil;
        long asked = facts == null ? Facts.AS_IT_IS : facts.lifetimeNanos();
        long hard =
                asked == Facts.AS_IT_IS
                        ? Math.min(freshUntil - now, shortened(writeNanos))
                        : Math.min(
                                shortened(Math.min(asked, FOREVER_NANOS)), shortened(writeNanos));
        if (loaded != null) {
            hard = loaded.written(settings.loads(), facts, hard, now);
        }
        fullEntry.hardDeadline = now + hard;
        fullEntry.deadline = now + Math.min(hard, accessNanos);
    }

    /// Moves the end of an entry that was read.
    ///
    /// @param tickNanos moves that are shorter are left out
    /// @return whether it ends earlier than before
    boolean read(TimedEntry<K, V> entry, V value, long now, long tickNanos) {
        long left = FOREVER_NANOS;
        if (expiry != null) {
            Duration asked = expiry.afterRead(entry.key, value, remaining(entry, now));
            if (asked != null) {
                left = nanos(asked);
                ((FullEntry<K, V>) entry).hardDeadline = now + left;
            }
        }
        if (full) {
            left = ((FullEntry<K, V>) entry).hardDeadline - now;
        }
        long deadline = now + Math.min(left, accessNanos);
        long later = deadline - entry.deadline;
        if (Math.abs(later) < tickNanos) {
            return false;
        }
        entry.deadline = deadline;
        return later < 0;
    }

    private long shorter(long one, long other) {
        return shortened(Math.min(one, other));
    }

    private long shortened(long nanos) {
        if (jitter == 0 || nanos >= FOREVER_NANOS) {
            return nanos;
        }
        return nanos - (long) (nanos * jitter * ThreadLocalRandom.current().nextDouble());
    }
}
