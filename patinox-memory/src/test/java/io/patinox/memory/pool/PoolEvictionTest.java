package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whatever is older than now goes: eviction, and another manager.
class PoolEvictionTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Things things = new Things();
    private final PoolBuilder<Thing> builder =
            Pool.builder(things).name("evicted").maxSize(4).keepaliveInterval(Duration.ZERO);

    @Test
    void softEvictAll_idleAndInUse_goAtOnceAndWhenTheyComeBack() {
        try (Pool<Thing> pool = builder.build()) {
            List<PooledConnection<Thing>> held = hold(pool, 4);
            held.removeLast().close();
            PoolEviction report = pool.softEvictAll();
            assertThat(report).isEqualTo(new PoolEviction("evicted", 1, 3, 0));
            assertThat(pool.size()).isEqualTo(3);
            held.forEach(PooledConnection::close);
            assertThat(pool.size()).isZero();
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.evicted", 4L);
            assertThat(pool.softEvictAll()).isEqualTo(new PoolEviction("evicted", 0, 0, 0));
            pool.acquire().close();
            pool.acquire().close();
            assertThat(things.creations).hasValue(5);
        }
    }

    @Test
    void softEvictAll_beingCreated_countsAsOld() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    if (thing.number == 1) {
                        go.await();
                    }
                    return thing;
                };
        try (Pool<Thing> pool = builder.maxSize(1).build()) {
            var asked = pool.acquireAsync(SOON);
            await().until(() -> pool.creating() == 1);
            assertThat(pool.softEvictAll()).isEqualTo(new PoolEviction("evicted", 0, 0, 1));
            go.countDown();
            try (PooledConnection<Thing> lease = asked.get(20, TimeUnit.SECONDS)) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
            await().until(() -> things.destroyedOnce() == 1);
        }
    }

    @Test
    void softEvictAll_refill_createsFewAtATime() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        things.onCreate =
                thing -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    return thing;
                };
        try (Pool<Thing> pool = builder.minSize(40).maxSize(40).createConcurrency(3).build()) {
            await().until(() -> pool.idle() == 40);
            assertThat(pool.softEvictAll().retired()).isEqualTo(40);
            await().until(() -> pool.idle() == 40);
            assertThat(most).hasValueLessThanOrEqualTo(3);
            assertThat(things.creations).hasValue(80);
        }
    }

    @Test
    void softEvictAll_whileAnObjectIsExamined_itIsNotGranted() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Pool<Thing> pool = builder.maxSize(1).validationBypass(Duration.ZERO).build()) {
            pool.acquire().close();
            things.onValidate =
                    thing -> {
                        go.await();
                        return true;
                    };
            var asked = pool.acquireAsync(SOON);
            await().until(() -> things.validations.get() == 2);
            assertThat(pool.softEvictAll().inUse()).isEqualTo(1);
            go.countDown();
            try (PooledConnection<Thing> lease = asked.get(20, TimeUnit.SECONDS)) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.evicted", 1L);
        }
    }

    @Test
    void switchManager_whileInUse_eachIsKeptByItsMaker() throws Exception {
        Things other = new Things();
        try (Pool<Thing> pool = builder.validationBypass(Duration.ZERO).build()) {
            List<PooledConnection<Thing>> held = hold(pool, 2);
            pool.acquire().close();
            CompletableFuture<Void> gone = pool.switchManager(other);
            await().until(() -> things.destroyedOnce() == 1);
            assertThat(gone).isNotDone();
            pool.acquire().close();
            pool.acquire().close();
            assertThat(other.creations).hasValue(1);
            assertThat(other.validations).hasValue(2);
            assertThat(other.created.getFirst().recycled).hasValue(2);
            held.getFirst().close();
            held.getLast().expire();
            held.getLast().close();
            gone.get(20, TimeUnit.SECONDS);
            assertThat(things.destroyedOnce()).isEqualTo(3);
            assertThat(things.created.getFirst().recycled).hasValue(1);
        }
        assertThat(things.creations).hasValue(3);
        assertThat(other.destroyedOnce()).isEqualTo(1);
    }

    @Test
    void switchManager_evictedBefore_waitsForThoseToo() throws Exception {
        try (Pool<Thing> pool = builder.build()) {
            List<PooledConnection<Thing>> held = hold(pool, 1);
            pool.softEvictAll();
            held.addAll(hold(pool, 1));
            CompletableFuture<Void> first = pool.switchManager(new Things());
            CompletableFuture<Void> second = pool.switchManager(things);
            held.getLast().close();
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            held.getFirst().close();
            first.get(20, TimeUnit.SECONDS);
            second.get(20, TimeUnit.SECONDS);
            assertThat(things.destroyedOnce()).isEqualTo(2);
        }
    }

    @Test
    void switchManager_creationHangs_isGivenUpAndNotWaitedFor() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    while (hang.getCount() > 0) {
                        try {
                            hang.await();
                        } catch (InterruptedException e) {
                            assertThat(e).isNotNull();
                        }
                    }
                    return thing;
                };
        Things other = new Things();
        try (Pool<Thing> pool = builder.createTimeout(Duration.ofMillis(20)).build()) {
            var asked = pool.acquireAsync(SOON);
            await().until(() -> pool.creating() == 1);
            CompletableFuture<Void> gone = pool.switchManager(other);
            gone.get(20, TimeUnit.SECONDS);
            asked.get(20, TimeUnit.SECONDS).close();
            assertThat(other.creations).hasValue(1);
            hang.countDown();
            await().until(() -> things.creations.get() == things.destroyedOnce());
        }
    }

    @Test
    void switchManager_nothingThere_endsAtOnce() throws Exception {
        try (Pool<Thing> pool = builder.build()) {
            pool.switchManager(new Things()).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void switchManager_closedOrNull_isRefused() {
        Pool<Thing> pool = builder.build();
        assertThatThrownBy(() -> pool.switchManager(null))
                .isInstanceOf(InvalidOptionException.class);
        pool.acquire().close();
        pool.close();
        assertThatThrownBy(() -> pool.switchManager(things))
                .isInstanceOf(PoolClosedException.class);
        assertThat(pool.softEvictAll()).isEqualTo(new PoolEviction("evicted", 0, 0, 0));
    }

    @Test
    void switchManager_thenClosed_endsWithTheLastLease() throws Exception {
        Pool<Thing> pool = builder.build();
        List<PooledConnection<Thing>> held = hold(pool, 1);
        CompletableFuture<Void> gone = pool.switchManager(new Things());
        pool.close(Duration.ofMillis(1));
        assertThat(gone).isNotDone();
        held.getFirst().close();
        gone.get(20, TimeUnit.SECONDS);
    }

    private static List<PooledConnection<Thing>> hold(Pool<Thing> pool, int count) {
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(pool.acquire(SOON));
        }
        return held;
    }
}
