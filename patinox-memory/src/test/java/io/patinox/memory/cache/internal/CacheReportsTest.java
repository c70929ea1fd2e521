package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.CacheEvictionStorm;
import io.patinox.memory.monitor.CacheLoadFailed;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CacheReportsTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
    private long evicted;
    private final List<MonitorEvent> events = new CopyOnWriteArrayList<>();
    private final Monitor monitor =
            new Monitor() {
                @Override
                public boolean enabled(EventKind kind) {
                    return true;
                }

                @Override
                public void publish(MonitorEvent event) {
                    events.add(event);
                }
            };
    private final CacheReports reports = new CacheReports("prices", monitor, now::get);

    private void at(long nanos) {
        now.set(Long.MAX_VALUE + nanos);
    }

    private void observe(long nanos, long evictions, long entries) {
        at(nanos);
        reports.evicted(evictions - evicted, entries);
        evicted = evictions;
    }

    private <E> List<E> events(Class<E> type, int count) {
        await().until(() -> events.stream().filter(type::isInstance).count() >= count);
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void loadFailed_manyInASecond_areToldTogether() {
        IllegalStateException failure = new IllegalStateException("no");

        for (int i = 0; i < 5; i++) {
            at(i);
            reports.loadFailed(i, failure, false);
        }
        at(SECOND + 1);
        reports.loadFailed(9, failure, true);

        List<CacheLoadFailed> told = events(CacheLoadFailed.class, 2);
        assertThat(told).extracting(CacheLoadFailed::key).containsExactly("0", "9");
        assertThat(told).extracting(CacheLoadFailed::count).containsExactly(1L, 5L);
        assertThat(told).extracting(CacheLoadFailed::stale).containsExactly(false, true);
        assertThat(told).extracting(CacheLoadFailed::source).containsOnly("prices");
    }

    @Test
    void health_loadsFailInARow_isDegradedUntilOneSucceeds() {
        IllegalStateException failure = new IllegalStateException("no");
        assertThat(reports.health(false)).isEqualTo(Health.up());
        at(1);
        reports.loadFailed(1, failure, false);
        at(2);
        reports.loadFailed(1, failure, false);
        assertThat(reports.health(false)).isEqualTo(Health.up());

        at(3);
        reports.loadFailed(1, failure, false);

        assertThat(reports.health(false).status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(reports.health(false).reasons())
                .extracting(Health.Reason::code)
                .containsExactly("CACHE-LOAD-FAILED");
        reports.loaded();
        reports.loaded();
        assertThat(reports.health(false)).isEqualTo(Health.up());
        List<MonitorEvent.HealthChanged> changes = events(MonitorEvent.HealthChanged.class, 2);
        assertThat(changes)
                .extracting(change -> change.to().status())
                .containsExactly(Health.Status.DEGRADED, Health.Status.UP);
    }

    @Test
    void observe_cacheTurnsOverInASecond_isAStormToldOnce() {
        observe(SECOND / 2, 1_000, 5_000);
        observe(SECOND, 4_000, 5_000);
        assertThat(reports.health(false)).isEqualTo(Health.up());

        observe(3 * SECOND, 14_000, 5_000);
        observe(4 * SECOND, 20_000, 5_000);

        assertThat(reports.health(false).reasons())
                .extracting(Health.Reason::code)
                .containsExactly("CACHE-EVICTION-STORM");
        observe(5 * SECOND, 22_500, 5_000);
        assertThat(reports.health(false).status()).isEqualTo(Health.Status.DEGRADED);
        observe(6 * SECOND, 24_999, 5_000);
        assertThat(reports.health(false)).isEqualTo(Health.up());
        List<CacheEvictionStorm> told = events(CacheEvictionStorm.class, 1);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().evictions()).isEqualTo(10_000);
        assertThat(told.getFirst().within()).isEqualTo(Duration.ofSeconds(2));
        assertThat(told.getFirst().entries()).isEqualTo(5_000);
    }

    @Test
    void observe_smallCacheThatTurnsOver_isNoStorm() {
        observe(SECOND, 900, 10);

        assertThat(reports.health(false)).isEqualTo(Health.up());
    }

    @Test
    void health_closed_isDown() {
        assertThat(reports.health(true).status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void callbackFailed_error_goesToTheHandlerAndTheMonitor() throws InterruptedException {
        AtomicReference<Throwable> handled = new AtomicReference<>();
        StackOverflowError error = new StackOverflowError();
        Thread thread = new Thread(() -> reports.callbackFailed("weigher", error));
        thread.setUncaughtExceptionHandler((_, e) -> {
            handled.set(e);
            throw new IllegalStateException("handlers fail, too");
        });

        thread.start();
        thread.join();

        assertThat(handled).hasValue(error);
        assertThat(reports.callbackFailures()).isEqualTo(2);
        assertThat(events(MonitorEvent.CallbackFailed.class, 1).getFirst().callback())
                .isEqualTo("weigher");
        assertThat(reports.name()).isEqualTo("prices");
    }

    @Test
    void reports_nobodyListens_stillKnowHealth() {
        CacheReports silent = new CacheReports("c", Monitor.noop(), now::get);
        for (int i = 0; i < 3; i++) {
            silent.loadFailed("k", new IllegalStateException(), false);
        }
        at(SECOND);
        silent.evicted(5_000, 10);
        silent.callbackFailed("listener", new IllegalStateException());

        assertThat(silent.health(false).reasons()).hasSize(2);
        assertThat(silent.callbackFailures()).isOne();
    }
}
