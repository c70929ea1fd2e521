package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.pool.KeyedConnectionManager;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.KeyedPoolBuilder;
import io.patinox.memory.pool.ManualTicker;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When keys are forgotten, with a clock that the test moves.
class KeyedForgettingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger present = new AtomicInteger();
    private final List<String> destroyed = new CopyOnWriteArrayList<>();
    private KeyedObjectPool<String, Object> pool = build(builder());

    private final class Objects implements KeyedConnectionManager<String, Object> {
        @Override
        public Object create(String key) throws IOException {
            if (key.equals("dead")) {
                throw new IOException("no route");
            }
            present.incrementAndGet();
            return new Object();
        }

        @Override
        public void destroy(String key, Object connection) {
            present.decrementAndGet();
            destroyed.add(key);
        }
    }

    private KeyedPoolBuilder<String, Object> builder() {
        return KeyedPool.builder(new Objects()).ticker(ticker).maxTotal(3);
    }

    private static KeyedObjectPool<String, Object> build(KeyedPoolBuilder<String, Object> options) {
        return (KeyedObjectPool<String, Object>) options.build();
    }

    private void rebuild(KeyedPoolBuilder<String, Object> options) {
        pool.close();
        pool = build(options);
    }

    private void pass(Duration time) {
        ticker.advance(time);
        pool.clock().refresh();
    }

    private void sweep() {
        pool.sweep(pool.clock().refresh());
    }

    @AfterEach
    void close_atTheEnd_leavesNothing() {
        assertThat(pool.close(SOON).abandoned()).isEmpty();
        await().until(() -> present.get() == 0);
    }

    @Test
    void acquire_noRoom_takesTheObjectOfTheLeastRecentlyUsedKey() {
        for (String key : List.of("a", "b", "c", "a")) {
            pool.acquire(key).close();
            pass(Duration.ofMillis(150));
        }
        pool.acquire("d").close();
        assertThat(destroyed).containsExactly("b");
        pass(Duration.ofMillis(150));
        pool.acquire("e").close();
        assertThat(destroyed).containsExactly("b", "c");
        await().until(() -> pool.keys().equals(Set.of("a", "d", "e")));
        assertThat(pool.metrics().counters())
                .containsEntry("pool.retired.moved", 2L)
                .containsEntry("pool.keys.forgotten", 2L)
                .containsEntry("pool.acquired", 6L);
        assertThat(pool.limit().moved()).isEqualTo(2);
    }

    @Test
    void sweep_keyIdleForTooLong_forgetsItWithItsMinimum() {
        rebuild(builder().minPerKey(2).idleKeyTimeout(Duration.ofMinutes(1)));
        PooledConnection<Object> held = pool.acquire("held");
        pool.acquire("idle").close();
        await().until(() -> pool.size() == 3 && pool.creating() == 0);
        pass(Duration.ofSeconds(50));
        sweep();
        assertThat(pool.keys()).containsExactlyInAnyOrder("held", "idle");
        pass(Duration.ofSeconds(20));
        sweep();
        assertThat(pool.keys()).containsExactly("held");
        await().until(() -> present.get() == pool.size());
        held.close();
    }

    @Test
    void sweep_keyWithoutAnObject_isForgottenButNotRightAfterAFailure() {
        CompletableFuture<PooledConnection<Object>> waiter = pool.acquireAsync("dead");
        await().until(() -> pool.shares().getFirst().pool().population().failures() > 0);
        assertThat(pool.health().toString()).contains("1 of 1").doesNotContain("dead");
        waiter.cancel(false);
        await().until(() -> pool.waiting() == 0 && pool.creating() == 0);
        sweep();
        assertThat(pool.keys()).containsExactly("dead");
        pass(Duration.ofSeconds(2));
        sweep();
        assertThat(pool.keys()).isEmpty();
    }

    @Test
    void forget_somebodyWaits_doesNot() {
        rebuild(builder().maxTotal(1));
        PooledConnection<Object> held = pool.acquire("a");
        CompletableFuture<PooledConnection<Object>> waiter = pool.acquireAsync("a");
        KeyShare<String, Object> share = pool.shares().getFirst();
        share.forgetIfEmpty();
        assertThat(pool.limit().forget(share, 1)).isFalse();
        assertThat(share.isForgotten()).isFalse();
        held.close();
        waiter.join().close();
        share.forgetIfEmpty();
        assertThat(share.isForgotten()).as("it has an object").isFalse();
    }

    /// Sweeps again and again, with keys that are idle for no time at all.
    @Test
    void acquire_whileItsKeyIsForgotten_findsItAnew() throws Exception {
        rebuild(builder().maxTotal(4).keyPasses(1).idleKeyTimeout(Duration.ofMillis(1)));
        AtomicBoolean over = new AtomicBoolean();
        Thread sweeper =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!over.get()) {
                                pass(Duration.ofMillis(2));
                                sweep();
                            }
                        });
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> borrowers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            borrowers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    borrow();
                                } catch (Throwable failure) {
                                    failures.add(failure);
                                }
                            }));
        }
        for (Thread borrower : borrowers) {
            assertThat(borrower.join(SOON)).isTrue();
        }
        over.set(true);
        sweeper.join();
        assertThat(failures).isEmpty();
        assertThat(pool.metrics().counters().get("pool.keys.forgotten")).isPositive();
        assertThat(pool.metrics().counters().get("pool.acquired")).isEqualTo(8 * 300);
    }

    private void borrow() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < 300; i++) {
            String key = "key" + random.nextInt(6);
            if (random.nextBoolean()) {
                pool.acquire(key, Duration.ofDays(1)).close();
            } else {
                pool.acquireAsync(key, Duration.ofDays(1)).join().close();
            }
        }
    }
}
