package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The options of a cache.
class CacheBuilderTest {

    private static Arguments bad(
            String option, UnaryOperator<CacheBuilder<String, String>> setting) {
        return Arguments.of(option, setting);
    }

    static Stream<Arguments> badOptions() {
        return Stream.of(
                bad("name", b -> b.name("")),
                bad("name", b -> b.name("a b")),
                bad("maxEntries", b -> b.maxEntries(0)),
                bad("maxEntries", b -> b.maxEntries(1_000_000_001)),
                bad("maxWeight", b -> b.maxWeight(0)),
                bad("weigher", b -> b.maxWeight(5)),
                bad("maxWeight", b -> b.weigher((k, v) -> 1)),
                bad("maxBytes", b -> b.maxBytes(-1)),
                bad("unbounded", b -> b.maxEntries(1).unbounded()),
                bad("shards", b -> b.shards(0)),
                bad("shards", b -> b.shards(3)),
                bad("shards", b -> b.shards(8_192)),
                bad("initialCapacity", b -> b.initialCapacity(0)),
                bad("expireAfterWrite", b -> b.expireAfterWrite(Duration.ofNanos(1))),
                bad("expireAfterWrite", b -> b.expireAfterWrite(Duration.ofSeconds(-1))),
                bad("expireAfterAccess", b -> b.expireAfterAccess(Duration.ofDays(40_000))),
                bad("expiryJitter", b -> b.expiryJitter(-0.1)),
                bad("expiryJitter", b -> b.expiryJitter(1.1)),
                bad("expiryJitter", b -> b.expiryJitter(Double.NaN)),
                bad("closeTimeout", b -> b.closeTimeout(Duration.ofDays(366))));
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void option_outOfRange_isRefusedByName(
            String option, UnaryOperator<CacheBuilder<String, String>> setting) {
        assertThatThrownBy(() -> setting.apply(Cache.builder()).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("'" + option + "'");
    }

    @Test
    void bounds_byDefault_areOfEntries() {
        try (Cache<String, String> cache = Cache.<String, String>builder().build()) {
            assertThat(cache.bounds()).isEqualTo(new CacheBounds(10_000, 0, 0));
        }
    }

    @Test
    void cache_withoutBounds_holdsEverything() {
        try (Cache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().unbounded().shards(2).build()) {
            for (int key = 0; key < 20_000; key++) {
                cache.put(key, key);
            }
            assertThat(cache.size()).isEqualTo(20_000);
            assertThat(cache.bounds()).isEqualTo(new CacheBounds(0, 0, 0));
        }
    }

    @Test
    void options_ofAnEntry_areChecked() {
        EntryOptions options =
                EntryOptions.none()
                        .withCost(5)
                        .withTags("a", "b")
                        .withLifetime(Duration.ofSeconds(1))
                        .withPinned();
        assertThat(options.cost()).isEqualTo(5);
        assertThat(options.tags()).isEqualTo(Set.of("a", "b"));
        assertThat(options.pinned()).isTrue();
        assertThatThrownBy(() -> EntryOptions.none().withLifetime(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> EntryOptions.none().withCost(-1))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void statistics_withoutReads_haveAHitRatioOfOne() {
        CacheStatistics none = new CacheStatistics(0, 0, 0, 0, Duration.ZERO, Map.of(), 0, 0, 0);
        assertThat(none.hitRatio()).isEqualTo(1);
        assertThat(none.evictions()).isZero();
        assertThat(none.removals()).hasSize(RemovalCause.values().length);
    }

    @Test
    void loader_byDefault_loadsOneByOne() throws Exception {
        CacheLoader<String, Integer> loader = key -> key.isEmpty() ? null : key.length();
        assertThat(loader.loadAll(Set.of("a", "bb", ""))).isEqualTo(Map.of("a", 1, "bb", 2));
        assertThat(loader.reload("ccc", 1)).isEqualTo(3);
        assertThat(loader.reloadAll(Map.of("a", 9))).isEqualTo(Map.of("a", 1));
    }
}
