package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedPoolTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final EventLog log = new EventLog();
    private final AtomicInteger present = new AtomicInteger();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private KeyedPool<String, Object> pool = pool(builder -> builder);

    /// Makes plain objects and notes what is done with them.
    private final class Objects implements KeyedConnectionManager<String, Object> {
        @Override
        public Object create(String key) throws IOException {
            if (key.startsWith("dead")) {
                throw new IOException("no route");
            }
            present.incrementAndGet();
            return new Object();
        }

        @Override
        public boolean validate(String key, Object connection) {
            calls.add("validate " + key);
            return true;
        }

        @Override
        public void recycle(String key, Object connection) {
            calls.add("recycle " + key);
        }

        @Override
        public void destroy(String key, Object connection) {
            calls.add("destroy " + key);
            present.decrementAndGet();
        }
    }

    private KeyedPool<String, Object> pool(
            UnaryOperator<KeyedPoolBuilder<String, Object>> options) {
        return options.apply(KeyedPool.builder(new Objects()).monitor(log).name("keyed")).build();
    }

    private void closeAndCheck() {
        assertThat(pool.close(SOON).complete()).isTrue();
        await().until(() -> present.get() == 0);
    }

    @Test
    void acquire_severalKeys_countsEachAndAll() {
        try (PooledConnection<Object> a = pool.acquire("a");
                PooledConnection<Object> b = pool.acquire("b", SOON)) {
            assertThat(a.connection()).isNotSameAs(b.connection());
            pool.acquireAsync("a").join().close();
            assertThat(pool.inUse("a")).isEqualTo(1);
            assertThat(pool.idle("a")).isEqualTo(1);
            assertThat(pool.size("a")).isEqualTo(2);
            assertThat(pool.waiting("a")).isZero();
            assertThat(pool.inUse()).isEqualTo(2);
            assertThat(pool.idle()).isEqualTo(1);
            assertThat(pool.size()).isEqualTo(3);
            assertThat(pool.waiting() + pool.creating()).isZero();
            assertThat(pool.size("unknown") + pool.inUse("unknown")).isZero();
            assertThat(pool.keys()).containsExactlyInAnyOrder("a", "b");
            assertThat(pool.busiest(1)).hasSize(1);
            assertThat(pool.busiest(5)).contains(new KeyLoad<>("b", 1, 0, 0));
        }
        assertThat(calls).contains("recycle a", "recycle b").doesNotContain("destroy a");
        assertThat(pool.metrics().gauges())
                .containsEntry("pool.keys", 2L)
                .containsEntry("pool.max-size", 100L);
        assertThat(pool.metrics().counters()).containsEntry("pool.acquired", 3L);
        assertThat(pool.component()).isEqualTo("pool");
        closeAndCheck();
    }

    @Test
    void use_functionThrows_releasesAndThrows() {
        assertThatThrownBy(() ->
                        pool.use(
                                "a",
                                object -> {
                                    throw new IOException("broken");
                                }))
                .isInstanceOf(IOException.class);
        assertThat(pool.<String, RuntimeException>use("a", object -> "done")).isEqualTo("done");
        assertThat(pool.inUse()).isZero();
        closeAndCheck();
    }

    @Test
    void eachKey_validatesAlways_asksTheManagerWithItsKey() {
        pool.close();
        pool = pool(builder -> builder.eachKey(each -> each.validationBypass(Duration.ZERO)));
        pool.acquire("a").close();
        pool.acquire("a").close();
        assertThat(calls).contains("validate a");
        closeAndCheck();
    }

    @Test
    void tryAcquire_nothingIdle_createsForLater() {
        assertThat(pool.tryAcquire("a")).isEmpty();
        await().until(() -> pool.idle("a") == 1);
        pool.tryAcquire("a").orElseThrow().close();
        assertThat(pool.idle("a")).isEqualTo(1);
        closeAndCheck();
    }

    @Test
    void acquire_keyAtItsLimit_timesOutThoughThereIsRoom() {
        pool.close();
        pool = pool(builder -> builder.maxPerKey(1));
        try (PooledConnection<Object> held = pool.acquire("a")) {
            assertThat(held.isReleased()).isFalse();
            assertThatThrownBy(() -> pool.acquire("a", Duration.ofMillis(5)))
                    .isInstanceOf(PoolAcquireTimeoutException.class)
                    .hasMessageContaining("keyed");
            pool.acquire("b", SOON).close();
        }
        closeAndCheck();
    }

    @Test
    void softEvict_oneKey_retiresItsObjectsOnly() {
        PooledConnection<Object> held = pool.acquire("a");
        pool.acquireAsync("a").join().close();
        pool.acquire("b").close();
        PoolEviction eviction = pool.softEvict("a");
        assertThat(eviction.retired()).isEqualTo(1);
        assertThat(eviction.inUse()).isEqualTo(1);
        held.close();
        await().until(() -> present.get() == 1 && pool.size() == 1);
        assertThat(pool.softEvict("unknown").retired()).isZero();
        assertThat(pool.softEvictAll().retired()).isEqualTo(1);
        await().until(() -> present.get() == 0);
        closeAndCheck();
    }

    @Test
    void detach_aLease_givesTheRoomBack() {
        pool.close();
        pool = pool(builder -> builder.maxTotal(1));
        Object taken = pool.acquire("a").detach();
        assertThat(taken).isNotNull();
        pool.acquire("b", SOON).close();
        assertThat(pool.size()).isEqualTo(1);
        assertThat(pool.close(SOON).complete()).isTrue();
        await().until(() -> present.get() == 1);
    }

    @Test
    void health_backEndsFail_saysForHowManyKeys() {
        CompletableFuture<PooledConnection<Object>> waiter = pool.acquireAsync("dead");
        await().until(() -> pool.health().status() == Health.Status.DOWN);
        pool.acquire("good").close();
        assertThat(pool.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(pool.health().toString()).contains("1 of 2 keys", "IOException");
        assertThat(log.all(MonitorEvent.CreateFailed.class)).isNotEmpty();
        waiter.cancel(false);
        pool.close();
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void close_leasesAreOut_reportsThemAndEndsLater() {
        PooledConnection<Object> held = pool.acquire("a");
        CompletableFuture<PooledConnection<Object>> second = pool.acquireAsync("a");
        PooledConnection<Object> other = second.join();
        PoolCloseReport report = pool.close(Duration.ofMillis(5));
        assertThat(report.abandoned()).hasSize(2).allMatch(line -> line.startsWith("keyed#"));
        assertThat(pool.isClosed()).isTrue();
        assertThatThrownBy(() -> pool.acquire("a")).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.acquire("b")).isInstanceOf(PoolClosedException.class);
        assertThat(pool.acquireAsync("b", SOON)).isCompletedExceptionally();
        held.close();
        other.close();
        await().until(() -> present.get() == 0);
        await().until(() -> log.sources.isEmpty());
    }

    @Test
    void registry_closes_closesThePoolFirst() {
        pool.close();
        try (ResourceRegistry registry = ResourceRegistry.builder("app").build()) {
            pool = pool(builder -> builder.registry(registry));
            pool.acquire("a").close();
        }
        assertThat(pool.isClosed()).isTrue();
        await().until(() -> present.get() == 0);
    }

    @Test
    void minPerKey_keyIsUsed_isCreatedUnasked() {
        pool.close();
        pool = pool(builder -> builder.minPerKey(3).maxTotal(4));
        pool.acquire("a").close();
        await().until(() -> pool.idle("a") == 3);
        pool.acquire("b").close();
        await().until(() -> pool.size() == 4);
        PooledConnection<Object> b1 = pool.acquire("b", SOON);
        PooledConnection<Object> b2 = pool.acquire("b", SOON);
        assertThat(pool.size("b")).as("waiters outrank a minimum").isGreaterThanOrEqualTo(2);
        b1.close();
        b2.close();
        closeAndCheck();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxTotal",
                "maxPerKey",
                "minPerKey",
                "keyPasses",
                "createConcurrencyTotal",
                "idleKeyTimeout",
                "acquireTimeout",
                "monitor"
            })
    void build_optionOutOfRange_isNamed(String option) {
        pool.close();
        assertThatThrownBy(() -> pool(builder -> spoil(builder, option)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(option);
    }

    @SuppressWarnings("NullAway") // what a caller does wrong
    private static KeyedPoolBuilder<String, Object> spoil(
            KeyedPoolBuilder<String, Object> builder, String option) {
        return switch (option) {
            case "maxTotal" -> builder.maxTotal(0);
            case "maxPerKey" -> builder.maxPerKey(-1);
            case "minPerKey" -> builder.minPerKey(11);
            case "keyPasses" -> builder.keyPasses(-1);
            case "createConcurrencyTotal" -> builder.createConcurrencyTotal(0);
            case "idleKeyTimeout" -> builder.idleKeyTimeout(Duration.ofNanos(1));
            case "acquireTimeout" ->
                    builder.eachKey(each -> each.acquireTimeout(Duration.ofDays(-1)));
            default -> builder.monitor(null);
        };
    }

    @Test
    void build_withoutIdleKeyTimeout_isAllowed() {
        pool.close();
        pool =
                pool(builder ->
                        builder.idleKeyTimeout(Duration.ZERO).keyPasses(0).maxPerKey(key -> 1));
        pool.acquire("a").close();
        assertThat(pool.maxTotal()).isEqualTo(100);
        assertThatThrownBy(() -> pool.busiest(0)).isInstanceOf(InvalidOptionException.class);
        closeAndCheck();
    }
}
