package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;
import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.CacheReentrantException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Listeners and policies of users, and the end of a cache.
class UsersCodeTest {

    private final List<MonitorEvent> events = new CopyOnWriteArrayList<>();

    private List<String> callbacks() {
        return events.stream()
                .filter(MonitorEvent.CallbackFailed.class::isInstance)
                .map(MonitorEvent.CallbackFailed.class::cast)
                .map(MonitorEvent.CallbackFailed::callback)
                .toList();
    }

    @Test
    void evictionListener_withinTheOperation_isToldBeforeAnybodySeesIt() {
        List<String> told = new ArrayList<>();
        try (BoundedCache<Integer, String> cache =
                Caches.build(
                        Caches.<Integer, String>builder()
                                .maxEntries(1)
                                .policy(EvictionPolicy.lru())
                                .evictionListener((k, v, cause) -> told.add(k + v + cause)))) {
            cache.put(1, "a");
            cache.put(2, "b");
            assertThat(told).containsExactly("1aSIZE");
            cache.put(2, "c");
            cache.invalidate(2);
            assertThat(told).containsExactly("1aSIZE");
        }
    }

    @Test
    void evictionListener_failing_isReportedAndEndsNothing() {
        try (BoundedCache<Integer, String> cache =
                Caches.build(
                        Caches.<Integer, String>builder()
                                .maxEntries(1)
                                .monitor(events::add)
                                .evictionListener((k, v, cause) -> {
                                    throw new IllegalStateException("no");
                                }))) {
            for (int key = 0; key < 100; key++) {
                cache.put(key, "a");
            }
            assertThat(cache.size()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(callbacks()).contains("evictionListener"));
        }
    }

    @Test
    void evictionListener_writingToTheCache_isRefused() {
        AtomicReference<@Nullable BoundedCache<Integer, String>> itself = new AtomicReference<>();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        try (BoundedCache<Integer, String> cache =
                Caches.build(
                        Caches.<Integer, String>builder()
                                .maxEntries(4)
                                .shards(2)
                                .evictionListener((k, v, cause) -> {
                                    for (int key = 0; key < 8; key++) {
                                        try {
                                            itself.get().put(key + 100, "x");
                                        } catch (CacheReentrantException e) {
                                            refused.add(e);
                                        }
                                    }
                                }))) {
            itself.set(cache);
            for (int key = 0; key < 10; key++) {
                cache.put(key, "a");
            }
            assertThat(refused).hasSizeGreaterThanOrEqualTo(48);
            assertThat(cache.size()).isEqualTo(4);
        }
    }

    @Test
    void removalListener_blocking_holdsNobodyUp() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> told = new CopyOnWriteArrayList<>();
        BoundedCache<Integer, String> cache =
                Caches.build(
                        Caches.<Integer, String>builder()
                                .maxEntries(1)
                                .removalListener((k, v, cause) -> {
                                    try {
                                        release.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    told.add(k);
                                }));
        for (int key = 0; key < 50; key++) {
            cache.put(key, "a");
        }
        assertThat(told).isEmpty();
        release.countDown();
        cache.close();
        assertThat(told).hasSize(50);
    }

    /// A policy whose orders do what they should not.
    private record Bad(String fault) implements EvictionPolicy {
        @Override
        public String name() {
            return "bad";
        }

        @Override
        public boolean everyHit() {
            return fault.equals("hit");
        }

        @Override
        public EvictionOrder newOrder(long capacity) {
            return new EvictionOrder() {
                private @Nullable PolicyNode last;

                private void fail(String call) {
                    if (fault.equals(call)) {
                        throw new IllegalStateException(call);
                    }
                }

                @Override
                public void added(PolicyNode node) {
                    fail("added");
                    last = node;
                }

                @Override
                public void hit(PolicyNode node) {
                    fail("hit");
                }

                @Override
                public void updated(PolicyNode node, long oldWeight) {
                    fail("updated");
                }

                @Override
                public void removed(PolicyNode node) {
                    fail("removed");
                }

                @Override
                public @Nullable PolicyNode evict() {
                    fail("evict");
                    // the same one for ever, whether it is there or not
                    return fault.equals("stale") ? last : null;
                }

                @Override
                public void resized(long capacity) {
                    fail("resized");
                }

                @Override
                public boolean samples(int hash) {
                    fail("samples");
                    return true;
                }

                @Override
                public long rank(PolicyNode node) {
                    fail("rank");
                    return 0;
                }
            };
        }
    }

    @Test
    void policy_failing_isReportedAndTheBoundHolds() {
        for (String fault :
                List.of(
                        "added", "hit", "updated", "removed", "evict", "stale", "resized",
                        "samples", "rank")) {
            events.clear();
            try (BoundedCache<Integer, Integer> cache =
                    Caches.build(
                            Caches.<Integer, Integer>builder()
                                    .maxWeight(10)
                                    .weigher((k, v) -> 1)
                                    .policy(new Bad(fault))
                                    .monitor(events::add))) {
                for (int key = 0; key < 50; key++) {
                    cache.put(key, key);
                    Integer _ = cache.getIfPresent(key);
                    cache.put(key, -key);
                }
                cache.invalidate(49);
                cache.resize(cache.bounds().withMaxWeight(5));
                assertThat(cache.hottest(3)).hasSize(3);
                assertThat(cache.size()).isEqualTo(5);
                cache.put(1, 1);
                if (!fault.equals("stale")) {
                    await().untilAsserted(() -> assertThat(callbacks()).contains("policy"));
                }
            }
        }
    }

    @Test
    void close_withEverythingIn_endsEverything() {
        List<String> told = new CopyOnWriteArrayList<>();
        ResourceRegistry registry = ResourceRegistry.builder("caches").build();
        BoundedCache<Integer, String> cache =
                Caches.build(
                        Caches.<Integer, String>builder()
                                .name("names")
                                .registry(registry)
                                .expireAfterWrite(Duration.ofHours(1))
                                .removalListener((k, v, cause) -> told.add(k + v + cause)));
        cache.put(1, "a");
        assertThat(cache.health()).isEqualTo(Health.up());
        registry.close();
        cache.close();

        assertThat(told).containsExactly("1aCLOSED");
        assertThat(cache.size()).isZero();
        assertThat(cache.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(cache.statistics().entries()).isZero();
        List<Runnable> calls =
                List.of(
                        () -> cache.getIfPresent(1),
                        () -> cache.put(1, "b"),
                        () -> cache.get(1, k -> "c"),
                        () -> cache.invalidate(1),
                        cache::invalidateAll,
                        () -> cache.invalidateIf((k, v) -> true),
                        cache::cleanUp,
                        () -> cache.resize(cache.bounds()),
                        () -> cache.asMap().compute(1, (k, v) -> "d"));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(CacheClosedException.class)
                    .hasMessageContaining("names");
        }
    }

    @Test
    void close_whileAFunctionComputes_keepsItsResultOut() throws Exception {
        BoundedCache<Integer, String> cache = Caches.build(Caches.<Integer, String>builder());
        cache.put(1, "a");
        String made =
                cache.asMap()
                        .compute(
                                1,
                                (k, v) -> {
                                    cache.close();
                                    return "b";
                                });
        assertThat(made).isEqualTo("b");
        assertThatThrownBy(() -> cache.getIfPresent(1)).isInstanceOf(CacheClosedException.class);
    }
}
