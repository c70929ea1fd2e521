package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolNestedAcquireException;
import io.patinox.memory.error.PoolQueueFullException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Suspension, the limit of the queue, nested acquires, and waiting through interrupts.
@ParameterizedClass
@EnumSource(names = {"PACKED", "STRIPED"})
class PoolWaitingTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final Striping striping;

    PoolWaitingTest(Striping striping) {
        this.striping = striping;
    }

    private PoolBuilder<Thing> builder() {
        return Pool.builder(things).name("p").striping(striping).monitor(log).siteSampling(1);
    }

    @Test
    void suspend_idleObjects_lendsNothingUntilResumed() {
        try (Pool<Thing> pool = builder().maxSize(2).build()) {
            PooledConnection<Thing> held = pool.acquire();
            pool.acquire().close();
            pool.suspend();
            pool.suspend();
            assertThat(pool.isSuspended()).isTrue();
            assertThat(pool.tryAcquire()).isEmpty();
            assertThat(pool.tryAcquire()).isEmpty();
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(20)))
                    .isInstanceOf(PoolAcquireTimeoutException.class)
                    .hasMessageContaining("the pool is suspended");
            assertThatThrownBy(() -> pool.acquireAll(1, Duration.ZERO))
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            List<CompletableFuture<PooledConnection<Thing>>> queued = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                queued.add(pool.acquireAsync(LONG));
            }
            held.close();
            assertThat(pool.idle()).isEqualTo(pool.size());
            assertThat(pool.waiting()).isEqualTo(3);
            assertThat(pool.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(pool.health().toString()).contains("POOL-SUSPENDED", "3 borrowers wait");
            pool.resume();
            pool.resume();
            assertThat(pool.isSuspended()).isFalse();
            for (CompletableFuture<PooledConnection<Thing>> future : queued) {
                future.join().close();
            }
            assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
            assertThat(pool.metrics().counters()).containsEntry("pool.overtakings", 0L);
        }
    }

    @Test
    void suspend_emptyPool_createsOnlyTheMinimum() {
        try (Pool<Thing> pool = builder().maxSize(4).minSize(1).build()) {
            await().until(() -> pool.idle() == 1);
            pool.suspend();
            CompletableFuture<LeaseBatch<Thing>> batch = pool.acquireAllAsync(4);
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(150)))
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            assertThat(things.created).hasSize(1);
            pool.resume();
            batch.join().close();
            assertThat(things.created).hasSize(4);
        }
    }

    @Test
    void close_whileSuspended_failsThoseWhoWait() {
        Pool<Thing> pool = builder().maxSize(1).build();
        pool.acquire().close();
        pool.suspend();
        CompletableFuture<PooledConnection<Thing>> queued = pool.acquireAsync();
        PoolCloseReport report = pool.close(LONG);
        assertThat(report.waitersFailed()).isEqualTo(1);
        assertThatThrownBy(queued::join).hasCauseInstanceOf(PoolClosedException.class);
        assertThat(things.destroyedOnce()).isEqualTo(1);
        pool.resume();
        pool.suspend();
        assertThat(pool.isSuspended()).isFalse();
        assertThatThrownBy(pool::acquire).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void maxWaiting_reached_turnsTheNextAway() {
        try (Pool<Thing> pool = builder().maxSize(1).maxWaiting(1).build()) {
            PooledConnection<Thing> held = pool.acquire();
            CompletableFuture<PooledConnection<Thing>> waits = pool.acquireAsync(LONG);
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            PoolQueueFullException.class,
                            e -> {
                                assertThat(e.waiting()).isEqualTo(1);
                                assertThat(e.maxWaiting()).isEqualTo(1);
                            })
                    .hasMessageContaining("POOL-QUEUE-FULL: the queue of pool 'p' is full");
            assertThatThrownBy(() -> pool.acquireAsync().join())
                    .hasCauseInstanceOf(PoolQueueFullException.class);
            held.close();
            waits.join().close();
            assertThat(pool.metrics().counters()).containsEntry("pool.refused", 2L);
            pool.acquire().close();
        }
    }

    @Test
    void maxWaiting_zero_stillWaitsForCreationAndValidation() {
        Pool<Thing> pool =
                builder().maxSize(2).maxWaiting(0).validationBypass(Duration.ZERO).build();
        try (pool) {
            PooledConnection<Thing> first = pool.acquire();
            PooledConnection<Thing> second = pool.acquire();
            assertThatThrownBy(pool::acquire).isInstanceOf(PoolQueueFullException.class);
            assertThatThrownBy(() -> pool.acquireAll(2)).isInstanceOf(PoolQueueFullException.class);
            first.close();
            pool.acquire().close();
            second.close();
            pool.acquireAll(2).close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10_000_001})
    void maxWaiting_outOfRange_isRefused(int value) {
        assertThatThrownBy(() -> builder().maxWaiting(value).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("maxWaiting");
    }

    @Test
    void nestedAcquire_null_isRefused() {
        assertThatThrownBy(() -> builder().nestedAcquire(null).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("nestedAcquire");
    }

    @Test
    void nestedAcquire_refused_namesWhatTheThreadHolds() {
        try (Pool<Thing> pool = builder().maxSize(2).nestedAcquire(NestedAcquire.REFUSE).build()) {
            PooledConnection<Thing> first = pool.acquire();
            PooledConnection<Thing> second = pool.acquire();
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            PoolNestedAcquireException.class,
                            e -> assertThat(e.held()).isEqualTo(2))
                    .hasMessageContaining("holds 2 of the 2 connections of pool 'p'")
                    .cause()
                    .hasMessage("acquired here");
            assertThatThrownBy(() -> pool.acquireAll(1))
                    .isInstanceOf(PoolNestedAcquireException.class);
            CompletableFuture<PooledConnection<Thing>> others = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> others.complete(pool.acquire()));
            await().until(() -> pool.waiting() == 1);
            first.close();
            others.join().close();
            second.close();
            assertThat(pool.metrics().counters()).containsEntry("pool.nested", 2L);
        }
    }

    @Test
    void nestedAcquire_reported_tellsBothPlacesAtMostOnceASecond() {
        try (Pool<Thing> pool = builder().maxSize(1).build()) {
            PooledConnection<Thing> held = pool.acquire();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(120)))
                        .isInstanceOf(PoolAcquireTimeoutException.class);
            }
            await().until(() -> !log.all(MonitorEvent.NestedAcquire.class).isEmpty());
            MonitorEvent.NestedAcquire event = log.all(MonitorEvent.NestedAcquire.class).getFirst();
            assertThat(event.held()).isEqualTo(1);
            assertThat(event.waited()).isGreaterThan(Duration.ofMillis(100));
            assertThat(event.site()).isNotNull();
            assertThat(event.stack()).anyMatch(f -> f.getMethodName().startsWith("nestedAcquire"));
            assertThat(pool.metrics().counters()).containsEntry("pool.nested", 2L);
            held.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ALLOW", "REPORT"})
    void nestedAcquire_notNestedOrAllowed_saysNothing(NestedAcquire rule) {
        try (Pool<Thing> pool = builder().maxSize(1).nestedAcquire(rule).build()) {
            PooledConnection<Thing> held =
                    rule == NestedAcquire.ALLOW ? pool.acquire() : byAnother(pool);
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(110)))
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            held.close();
            assertThat(pool.metrics().counters()).containsEntry("pool.nested", 0L);
        }
        assertThat(log.all(MonitorEvent.NestedAcquire.class)).isEmpty();
    }

    private static PooledConnection<Thing> byAnother(Pool<Thing> pool) {
        CompletableFuture<PooledConnection<Thing>> lease = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> lease.complete(pool.acquire()));
        return lease.join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void acquireUninterruptibly_interruptedMeanwhile_keepsItsPlaceAndTheFlag(boolean virtual)
            throws InterruptedException {
        try (Pool<Thing> pool = builder().maxSize(1).build()) {
            PooledConnection<Thing> held = pool.acquireUninterruptibly();
            CountDownLatch first = new CountDownLatch(1);
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Runnable body =
                    () -> {
                        try (PooledConnection<Thing> lease = pool.acquireUninterruptibly()) {
                            assertThat(lease.isReleased()).isFalse();
                            first.countDown();
                            flag.complete(Thread.currentThread().isInterrupted());
                        }
                    };
            Thread borrower = virtual ? Thread.ofVirtual().start(body) : new Thread(body);
            if (!virtual) {
                borrower.start();
            }
            await().until(() -> pool.waiting() == 1);
            borrower.interrupt();
            CompletableFuture<PooledConnection<Thing>> behind = pool.acquireAsync(LONG);
            behind.thenAccept(l -> assertThat(first.getCount()).isZero());
            borrower.interrupt();
            assertThat(pool.waiting()).isEqualTo(2);
            held.close();
            borrower.join();
            assertThat(flag.join()).isTrue();
            behind.join().close();
            assertThat(pool.metrics().counters()).containsEntry("pool.cancelled", 0L);
        }
    }

    @Test
    void acquireUninterruptibly_interruptedBefore_waitsForItsTime() {
        try (Pool<Thing> pool =
                builder().maxSize(1).acquireTimeout(Duration.ofMillis(30)).build()) {
            PooledConnection<Thing> held = pool.acquire();
            Thread.currentThread().interrupt();
            assertThatThrownBy(pool::acquireUninterruptibly)
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            assertThat(Thread.interrupted()).isTrue();
            held.close();
        }
    }
}
