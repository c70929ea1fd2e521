package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.cache.CacheEntry;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.InvalidOptionException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A cache as a map, and what it tells of itself.
@SuppressWarnings("NullAway") // nulls are passed on purpose
class MapViewTest {

    private final KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.fifo());
    private final BoundedCache<String, Integer> cache =
            Caches.build(Caches.<String, Integer>builder().policy(policy).maxEntries(100));
    private final ConcurrentMap<String, Integer> map = cache.asMap();

    @AfterEach
    void check() {
        Checkup.of(cache, policy);
        cache.close();
    }

    @Test
    void put_overAValue_returnsIt() {
        assertThat(map.put("a", 1)).isNull();
        assertThat(map.put("a", 2)).isEqualTo(1);
        assertThat(map.putIfAbsent("a", 3)).isEqualTo(2);
        assertThat(map.putIfAbsent("b", 3)).isNull();
        assertThat(map).containsOnly(Map.entry("a", 2), Map.entry("b", 3));
        assertThat(map.getOrDefault("c", 9)).isEqualTo(9);
        assertThat(map.getOrDefault("a", 9)).isEqualTo(2);
        assertThat(map.size()).isEqualTo(2);
        assertThat(map.isEmpty()).isFalse();
    }

    @Test
    void replaceAndRemove_withAValue_compareIt() {
        map.put("a", 1_000);
        assertThat(map.replace("a", 5, 6)).isFalse();
        assertThat(map.replace("a", 1_000, 2_000)).isTrue();
        assertThat(map.replace("b", 1)).isNull();
        assertThat(map.replace("b", 1, 2)).isFalse();
        assertThat(map.replace("a", 3_000)).isEqualTo(2_000);
        assertThat(map.remove("a", 2_000)).isFalse();
        assertThat(map.remove("a", null)).isFalse();
        assertThat(map.remove("b", 1)).isFalse();
        assertThat(map.remove("a", 3_000)).isTrue();
        assertThat(map.remove("a")).isNull();
        assertThat(map).isEmpty();
    }

    @Test
    void computeFunctions_onKeys_doWhatTheirNamesSay() {
        assertThat(map.computeIfPresent("a", (k, v) -> v + 1)).isNull();
        assertThat(map.computeIfAbsent("a", k -> 1)).isEqualTo(1);
        assertThat(map.computeIfAbsent("a", k -> 2)).isEqualTo(1);
        assertThat(map.computeIfPresent("a", (k, v) -> v + 1)).isEqualTo(2);
        assertThat(map.compute("a", (k, v) -> v * 10)).isEqualTo(20);
        assertThat(map.merge("a", 5, Integer::sum)).isEqualTo(25);
        assertThat(map.merge("b", 5, Integer::sum)).isEqualTo(5);
        assertThat(map.merge("b", 5, (x, y) -> null)).isNull();
        map.replaceAll((k, v) -> v + 1);
        assertThat(map).containsOnly(Map.entry("a", 26));
    }

    @Test
    void nulls_everywhere_areRefused() {
        List<Runnable> calls =
                List.of(
                        () -> map.get(null),
                        () -> map.put(null, 1),
                        () -> map.put("a", null),
                        () -> map.putIfAbsent("a", null),
                        () -> map.remove(null),
                        () -> map.replace("a", null),
                        () -> map.replace("a", null, 1),
                        () -> map.replace("a", 1, null),
                        () -> map.containsKey(null),
                        () -> map.containsValue(null),
                        () -> map.compute("a", null),
                        () -> map.computeIfAbsent("a", null),
                        () -> map.computeIfPresent("a", null),
                        () -> map.merge("a", null, Integer::sum),
                        () -> map.merge("a", 1, null),
                        () -> map.replaceAll(null),
                        () -> map.forEach(null),
                        () -> cache.getIfPresent(null),
                        () -> cache.put(null, 1),
                        () -> cache.put("a", null),
                        () -> cache.put("a", null, EntryOptions.none()),
                        () -> cache.get("a", null),
                        () -> cache.invalidateIf(null));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void views_changed_changeTheCache() {
        for (int n = 0; n < 10; n++) {
            map.put("k" + n, n);
        }
        assertThat(map.keySet().remove("k0")).isTrue();
        assertThat(map.keySet().remove("k0")).isFalse();
        assertThat(map.values().remove(1)).isTrue();
        assertThat(map.entrySet().remove(Map.entry("k2", 2))).isTrue();
        assertThat(map.entrySet().remove(Map.entry("k3", 9))).isFalse();
        assertThat(map.entrySet().remove("k3")).isFalse();
        assertThat(map.entrySet().contains(Map.entry("k3", 3))).isTrue();
        assertThat(map.entrySet().contains(Map.entry("k3", 4))).isFalse();
        assertThat(map.entrySet().contains("k3")).isFalse();
        assertThat(map.keySet().contains("k3")).isTrue();
        assertThat(map.values().contains(3)).isTrue();
        assertThat(map.containsValue(77)).isFalse();
        assertThat(map.keySet()).hasSize(7);
        assertThat(map.values()).hasSize(7);
        assertThatThrownBy(() -> map.entrySet().add(Map.entry("x", 1)))
                .isInstanceOf(UnsupportedOperationException.class);
        for (Map.Entry<String, Integer> entry : map.entrySet()) {
            assertThat(entry.setValue(entry.getValue() + 100)).isLessThan(100);
            assertThat(entry.getValue()).isGreaterThan(100);
            assertThat(entry).isEqualTo(Map.entry(entry.getKey(), entry.getValue()));
        }
        assertThat(map.values()).allMatch(v -> v > 100);
        map.keySet().clear();
        map.put("a", 1);
        map.values().clear();
        map.put("a", 1);
        map.entrySet().clear();
        assertThat(map).isEmpty();
    }

    @Test
    void iterator_usedWrongly_saysSo() {
        map.put("a", 1);
        Iterator<String> keys = map.keySet().iterator();
        assertThatThrownBy(keys::remove).isInstanceOf(IllegalStateException.class);
        assertThat(keys.next()).isEqualTo("a");
        keys.remove();
        assertThatThrownBy(keys::remove).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(keys::next).isInstanceOf(NoSuchElementException.class);
        assertThat(map).isEmpty();
    }

    @Test
    void bulkCalls_ofMaps_takeAndGiveThem() {
        cache.putAll(Map.of("a", 1, "b", 2));
        assertThat(cache.getAllPresent(List.of("b", "c", "a")))
                .containsExactly(Map.entry("b", 2), Map.entry("a", 1));
        cache.invalidateAll(List.of("a", "c"));
        assertThat(map).containsOnlyKeys("b");
        cache.putAll(Map.of("c", 3, "d", 4));
        assertThat(cache.invalidateIf((k, v) -> v > 2)).isEqualTo(2);
        assertThat(cache.statistics().removals().get(RemovalCause.INVALIDATED)).isEqualTo(2);
        assertThat(map).isEqualTo(Map.of("b", 2));
    }

    @Test
    void options_inAPlainCache_areRefused() {
        cache.put("a", 1, EntryOptions.none());
        assertThatThrownBy(() -> cache.put("a", 1, EntryOptions.none().withCost(5)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("entryOptions");
    }

    @Test
    void statistics_ofReads_countThem() {
        cache.put("a", 1);
        cache.put("b", 2);
        for (int n = 0; n < 5; n++) {
            assertThat(cache.getIfPresent("a")).isEqualTo(1);
        }
        assertThat(cache.getIfPresent("c")).isNull();
        assertThat(cache.peek("a")).isEqualTo(1);
        cache.invalidate("a");
        assertThat(cache.statistics().hits()).isEqualTo(5);
        assertThat(cache.statistics().misses()).isEqualTo(1);
        assertThat(cache.statistics().hitRatio()).isEqualTo(5.0 / 6);
        assertThat(cache.metrics().counters())
                .containsEntry("cache.hits", 5L)
                .containsEntry("cache.misses", 1L)
                .containsEntry("cache.removals.explicit", 1L);
        assertThat(cache.metrics().gauges())
                .containsEntry("cache.entries", 1L)
                .containsEntry("cache.entries.max", 100L);
        assertThat(cache.component()).isEqualTo("cache");
        assertThat(cache.name()).startsWith("cache-");
    }

    @Test
    void ranking_ofEntries_goesByThePolicy() {
        for (String key : List.of("a", "b", "c")) {
            cache.put(key, 1);
        }
        for (int n = 0; n < 3; n++) {
            Integer _ = cache.getIfPresent("b");
        }
        CacheEntry<String, Integer> entry = Objects.requireNonNull(cache.entry("b"));
        assertThat(entry.hits()).isEqualTo(3);
        assertThat(entry.weight()).isEqualTo(1);
        assertThat(entry.age()).isNull();
        assertThat(entry.remaining()).isNull();
        assertThat(entry.tags()).isEqualTo(Set.of());
        assertThat(cache.entry("x")).isNull();
        assertThat(cache.hottest(2)).hasSize(2);
        assertThat(cache.coldest(10)).hasSize(3);
        List<String> both = new ArrayList<>();
        cache.hottest(3).forEach(each -> both.add(each.key()));
        assertThat(both).containsExactlyInAnyOrder("a", "b", "c");
        assertThatThrownBy(() -> cache.hottest(0)).isInstanceOf(InvalidOptionException.class);
    }
}
