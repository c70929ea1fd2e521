package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.Cache;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the documentation of the cache shows.
class CacheExamples {

    @Test
    void first() {
        // @start region="first"
        try (Cache<Long, String> names = Cache.<Long, String>builder().maxEntries(1_000).build()) {
            String name = names.get(42L, id -> "customer " + id);
            assertThat(names.getIfPresent(42L)).isEqualTo(name);
            names.put(42L, "Douglas");
            names.invalidate(42L);
        }
        // @end
    }

    @Test
    void build() {
        // @start region="build"
        Cache<Long, String> names =
                Cache.<Long, String>builder()
                        .name("names")
                        .maxEntries(100_000)
                        .expireAfterWrite(Duration.ofMinutes(10))
                        .expiryJitter(0.1)
                        .removalListener((id, name, cause) -> {})
                        .build();
        // @end
        names.close();
    }
}
