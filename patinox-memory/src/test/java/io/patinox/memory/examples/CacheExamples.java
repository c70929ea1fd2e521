package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.config.Default;
import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.share.Subscription;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the documentation of the cache shows.
public class CacheExamples {

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

    @Test
    void bounds() {
        // @start region="bounds"
        Cache<String, byte[]> pictures =
                Cache.<String, byte[]>builder()
                        .maxEntries(50_000)
                        .maxBytes(64L << 20)
                        .policy(EvictionPolicy.gdsf())
                        .build();
        pictures.resize(pictures.bounds().withMaxBytes(32L << 20));
        // @end
        assertThat(pictures.bounds().maxBytes()).isEqualTo(32L << 20);
        pictures.close();
    }

    @Test
    void lifetimes() {
        // @start region="lifetimes"
        Cache<String, String> tokens =
                Cache.<String, String>builder()
                        .expireAfterWrite(Duration.ofHours(1))
                        .expireAfterAccess(Duration.ofMinutes(10))
                        .entryOptions(true)
                        .build();
        EntryOptions brief = EntryOptions.none().withLifetime(Duration.ofSeconds(30));
        tokens.put("session", "abc", brief);
        // @end
        assertThat(tokens.getIfPresent("session")).isEqualTo("abc");
        tokens.close();
    }

    @Test
    void functions() {
        // @start region="functions"
        Cache<String, Integer> counts = Cache.<String, Integer>builder().build();
        counts.asMap().merge("page", 1, Integer::sum);
        counts.asMap().computeIfPresent("page", (page, count) -> count + 1);
        // @end
        assertThat(counts.getIfPresent("page")).isEqualTo(2);
        counts.close();
    }

    /// The configuration of a service, as far as its cache goes.
    public record Settings(@Default("1000") int cachedNames) {}

    @Test
    void live() {
        try (LiveConfig<Settings> config = LiveConfig.builder(Settings.class).name("live").build();
                Cache<Long, String> names = Cache.<Long, String>builder().build()) {
            // @start region="live"
            Subscription binding =
                    config.select(Settings::cachedNames)
                            .bind(most -> names.resize(names.bounds().withMaxEntries(most)));
            // @end
            assertThat(names.bounds().maxEntries()).isEqualTo(1_000);
            binding.close();
        }
    }
}
