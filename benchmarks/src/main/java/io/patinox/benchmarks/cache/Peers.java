package io.patinox.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cache2k.Cache2kBuilder;
import org.cache2k.event.CacheEntryEvictedListener;

/// The implementations, each set up as its own documentation recommends; what is not set here keeps
/// its default.
final class Peers {

    static final String PATINOX = "patinox";
    static final String PATINOX_QUIET = "patinox, no statistics";
    static final String CAFFEINE = "caffeine";
    static final String CACHE2K = "cache2k, no statistics";
    static final String CACHE2K_COUNTING = "cache2k";
    static final String GUAVA = "guava";
    static final String MAP = "ConcurrentHashMap";

    /// Long enough for nothing to expire while it is measured.
    private static final Duration LIFETIME = Duration.ofHours(1);

    private Peers() {}

    /// Ours. Statistics are on unless told otherwise, as by default.
    static Cache<Integer, Object> patinox(Scene scene, int maxEntries, boolean statistics) {
        CacheBuilder<Integer, Object> builder =
                Cache.<Integer, Object>builder().name("bench").maxEntries(maxEntries);
        if (!statistics) {
            builder.recordStatistics(false);
        }
        if (scene == Scene.EXPIRING || scene == Scene.FEATURES) {
            builder.expireAfterWrite(LIFETIME);
        }
        if (scene == Scene.FEATURES) {
            builder.expireAfterAccess(LIFETIME)
                    .maxWeight(2L * maxEntries)
                    .weigher((_, _) -> 1)
                    .recordTimes(true)
                    .entryOptions(true)
                    .tags((_, _) -> Set.of("all"))
                    .evictionListener((_, _, _) -> {})
                    .removalListener((_, _, _) -> {});
        }
        return builder.build();
    }

    static com.github.benmanes.caffeine.cache.Cache<Integer, Object> caffeine(
            Scene scene, int maxEntries) {
        Caffeine<Object, Object> builder = Caffeine.newBuilder();
        if (scene == Scene.EXPIRING || scene == Scene.FEATURES) {
            builder.expireAfterWrite(LIFETIME);
        }
        if (scene != Scene.FEATURES) {
            return builder.maximumSize(maxEntries).build();
        }
        // it has either a bound of entries or one of weight
        return builder.expireAfterAccess(LIFETIME)
                .maximumWeight(maxEntries)
                .weigher((_, _) -> 1)
                .recordStats()
                .removalListener((_, _, _) -> {})
                .build();
    }

    static org.cache2k.Cache<Integer, Object> cache2k(
            Scene scene, int maxEntries, boolean statistics) {
        Cache2kBuilder<Integer, Object> builder =
                Cache2kBuilder.of(Integer.class, Object.class)
                        .entryCapacity(maxEntries)
                        .disableStatistics(!statistics);
        if (scene == Scene.FEATURES) {
            builder.addListener((CacheEntryEvictedListener<Integer, Object>) (_, _) -> {});
            builder.idleScanTime(LIFETIME.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (scene == Scene.EXPIRING || scene == Scene.FEATURES) {
            return builder.expireAfterWrite(LIFETIME.toMillis(), TimeUnit.MILLISECONDS).build();
        }
        return builder.eternal(true).build();
    }

    static com.google.common.cache.Cache<Integer, Object> guava(Scene scene, int maxEntries) {
        com.google.common.cache.CacheBuilder<Object, Object> builder =
                com.google.common.cache.CacheBuilder.newBuilder();
        if (scene == Scene.EXPIRING || scene == Scene.FEATURES) {
            builder.expireAfterWrite(LIFETIME);
        }
        if (scene != Scene.FEATURES) {
            return builder.maximumSize(maxEntries).build();
        }
        return builder.expireAfterAccess(LIFETIME)
                .maximumWeight(maxEntries)
                .weigher((Object _, Object _) -> 1)
                .recordStats()
                .removalListener(_ -> {})
                .build();
    }
}
