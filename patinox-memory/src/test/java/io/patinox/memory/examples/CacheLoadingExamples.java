package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.cache.AsyncCache;
import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.cache.LoadingCache;
import io.patinox.memory.error.CacheLoadException;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the documentation shows of caches that load.
@SuppressWarnings("NullAway") // futures of values that may be null
class CacheLoadingExamples {

    /// Where the examples' values come from.
    private static final class Customers {
        @Nullable String find(long id) {
            return id < 100 ? "customer " + id : null;
        }
    }

    private final Customers customers = new Customers();

    @Test
    void first() {
        // @start region="first"
        LoadingCache<Long, String> names =
                Cache.<Long, String>builder().maxEntries(10_000).build(customers::find);

        assertThat(names.get(42L)).isEqualTo("customer 42");
        assertThat(names.get(100L)).isNull();
        // @end
        names.close();
    }

    // @start region="bulk"
    /// Asks for many customers at once where it can.
    record Names(Customers customers) implements CacheLoader<Long, String> {
        @Override
        public @Nullable String load(Long id) {
            return customers.find(id);
        }

        @Override
        public Map<Long, String> loadAll(Set<? extends Long> ids) {
            Map<Long, String> found = new HashMap<>();
            for (Long id : ids) { // one query in real life
                String name = customers.find(id);
                if (name != null) {
                    found.put(id, name);
                }
            }
            return found;
        }
    }

    // @end

    @Test
    void bulk() {
        // @start region="getAll"
        try (LoadingCache<Long, String> names =
                Cache.<Long, String>builder().maxBatchSize(500).build(new Names(customers))) {
            Map<Long, String> some = names.getAll(List.of(1L, 2L, 100L));
            assertThat(some).containsOnlyKeys(1L, 2L);
        }
        // @end
    }

    @Test
    void coalesce() {
        // @start region="coalesce"
        try (AsyncCache<Long, String> names =
                Cache.<Long, String>builder()
                        .coalesce(Duration.ofMillis(2), 100)
                        .buildAsync(new Names(customers))) {
            CompletableFuture<String> one = names.get(1L);
            CompletableFuture<String> two = names.get(2L);
            assertThat(one.join() + ", " + two.join()).isEqualTo("customer 1, customer 2");
        }
        // @end
    }

    @Test
    void limits() {
        // @start region="limits"
        LoadingCache<Long, String> names =
                Cache.<Long, String>builder()
                        .loadTimeout(Duration.ofSeconds(2))
                        .maxConcurrentLoads(16)
                        .build(customers::find);
        // @end
        assertThat(names.get(1L)).isEqualTo("customer 1");
        names.close();
    }

    @Test
    void refresh() {
        // @start region="refresh"
        LoadingCache<Long, String> names =
                Cache.<Long, String>builder()
                        .refreshAfterWrite(Duration.ofMinutes(5))
                        .refresh((id, name) -> id < 10 ? Duration.ofSeconds(30) : null)
                        .build(customers::find);

        CompletableFuture<String> fresh = names.refresh(42L);
        assertThat(fresh.join()).isEqualTo("customer 42");
        // @end
        names.close();
    }

    @Test
    void windows() {
        // @start region="windows"
        LoadingCache<Long, String> names =
                Cache.<Long, String>builder()
                        .expireAfterWrite(Duration.ofMinutes(10))
                        .staleWhileRevalidate(Duration.ofMinutes(1))
                        .staleIfError(Duration.ofHours(6))
                        .build(customers::find);
        // @end
        assertThat(names.get(1L)).isEqualTo("customer 1");
        names.close();
    }

    @Test
    void early() {
        // @start region="early"
        LoadingCache<Long, String> names =
                Cache.<Long, String>builder()
                        .expireAfterWrite(Duration.ofMinutes(10))
                        .earlyRefresh(1)
                        .build(customers::find);
        // @end
        assertThat(names.get(1L)).isEqualTo("customer 1");
        names.close();
    }

    @Test
    void absences() {
        // @start region="absences"
        LoadingCache<Long, String> names =
                Cache.<Long, String>builder()
                        .cacheNulls(Duration.ofSeconds(30))
                        .cacheExceptions(thrown ->
                                thrown instanceof FileNotFoundException
                                        ? Duration.ofMinutes(1)
                                        : null)
                        .build(id -> {
                            if (id < 0) {
                                throw new FileNotFoundException("no " + id);
                            }
                            return customers.find(id);
                        });

        assertThat(names.get(100L)).isNull();
        assertThatThrownBy(() -> names.get(-1L)).isInstanceOf(CacheLoadException.class);
        assertThat(names.size()).isZero();
        // @end
        names.close();
    }
}
