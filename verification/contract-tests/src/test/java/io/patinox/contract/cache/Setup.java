package io.patinox.contract.cache;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheBuilder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.Expiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One kind of cache: a cell of the matrix that is tested.
///
/// @param policy the name of its policy
/// @param watched whether the policy is looked at while it works, by a [WatchedPolicy]
/// @param bound what it is bounded by
/// @param expiry how entries end
/// @param listening who is told of removals
/// @param shards how many parts it has, 0 for as many as it likes
/// @param statistics whether it counts
record Setup(
        String policy,
        boolean watched,
        Bound bound,
        Ending expiry,
        Listening listening,
        int shards,
        boolean statistics) {

    /// Capacity in entries of the caches that a test wants to overflow.
    static final int SMALL = 64;

    static final Duration LIFETIME = Duration.ofSeconds(10);

    /// Bytes of a value, as the sizers of these tests have it, for each character.
    static final int BYTES_PER_CHAR = 10;

    /// What a cache is bounded by.
    enum Bound {
        ENTRIES,
        WEIGHT,
        BYTES,
        ALL
    }

    /// How entries end.
    enum Ending {
        NEVER,
        AFTER_WRITE,
        AFTER_ACCESS,
        EACH
    }

    /// Who is told of removals.
    enum Listening {
        NOBODY,
        LISTENER,
        HOOK
    }

    /// Returns a plain setup of a policy.
    static Setup of(String policy, Bound bound, Ending ending) {
        return new Setup(policy, false, bound, ending, Listening.LISTENER, 0, true);
    }

    /// Returns the whole matrix.
    static List<Setup> all() {
        List<Setup> all = new ArrayList<>();
        for (String policy : Policies.all().keySet()) {
            for (Bound bound : Bound.values()) {
                for (Ending ending : Ending.values()) {
                    for (Listening listening : Listening.values()) {
                        for (int shards : new int[] {1, 4}) {
                            for (int bits = 0; bits < 4; bits++) {
                                all.add(
                                        new Setup(
                                                policy,
                                                (bits & 1) != 0,
                                                bound,
                                                ending,
                                                listening,
                                                shards,
                                                (bits & 2) != 0));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    /// Builds the cache.
    ///
    /// @param capacity in entries of weight 1 and of values of 10 characters
    /// @param witness sees what goes on
    /// @return the cache
    Cache<String, String> build(int capacity, Witness witness) {
        CacheBuilder<String, String> builder = Cache.<String, String>builder();
        builder.name("matrix").ticker(witness.ticker).recordStatistics(statistics);
        EvictionPolicy chosen = Policies.named(policy);
        builder.policy(watched ? witness.watch(chosen) : chosen);
        if (shards > 0) {
            builder.shards(shards);
        }
        bound(builder, capacity);
        switch (expiry) {
            case NEVER -> {}
            case AFTER_WRITE -> builder.expireAfterWrite(LIFETIME);
            case AFTER_ACCESS -> builder.expireAfterAccess(LIFETIME);
            case EACH -> builder.expiry(new ByLength());
        }
        switch (listening) {
            case NOBODY -> {}
            case LISTENER -> builder.removalListener(witness);
            case HOOK -> builder.evictionListener(witness);
        }
        return builder.build();
    }

    private void bound(CacheBuilder<String, String> builder, int capacity) {
        if (bound == Bound.ENTRIES || bound == Bound.ALL) {
            builder.maxEntries(capacity);
        }
        if (bound == Bound.WEIGHT || bound == Bound.ALL) {
            builder.maxWeight(capacity).weigher((_, value) -> weight(value));
        }
        if (bound == Bound.BYTES || bound == Bound.ALL) {
            builder.maxBytes(128L * capacity).keySizer(_ -> 0).valueSizer(Setup::bytes);
        }
    }

    /// Returns whether entries are weighed.
    boolean weighs() {
        return bound == Bound.WEIGHT || bound == Bound.ALL;
    }

    /// Returns what a value weighs: from 0 to 3.
    static int weight(String value) {
        return value.length() % 4;
    }

    static long bytes(String value) {
        return (long) BYTES_PER_CHAR * value.length();
    }

    /// Long values live longer, and reading prolongs the life of some.
    private static final class ByLength implements Expiry<String, String> {

        @Override
        public @Nullable Duration afterCreate(String key, String value) {
            return value.length() % 5 == 0 ? null : LIFETIME.multipliedBy(value.length() % 5);
        }

        @Override
        public @Nullable Duration afterRead(
                String key, String value, @Nullable Duration remaining) {
            return value.length() % 2 == 0 ? LIFETIME : null;
        }
    }
}
