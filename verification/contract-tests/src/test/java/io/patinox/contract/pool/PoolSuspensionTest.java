package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolQueueFullException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: a suspended pool lends nothing to anybody who asks later, keeps everybody's place, and
/// goes on where it was; a queue that is full turns away, and only then.
@Timeout(60)
class PoolSuspensionTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource
    void suspend_underLoad_lendsNothingUntilResumed(Threads.Kind kind) throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(3).build();
        AtomicLong lent = new AtomicLong();
        AtomicInteger left = new AtomicInteger(6);
        Threads threads = new Threads(kind);
        threads.start(
                6,
                me -> {
                    for (int i = 0; i < 400; i++) {
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                            lent.incrementAndGet();
                        }
                    }
                    left.decrementAndGet();
                });
        for (int round = 0; round < 20 && left.get() > 0; round++) {
            pool.suspend();
            // Those who are still at work end; whoever asks now is queued.
            eventually().until(() -> pool.inUse() == 0 && pool.waiting() == left.get());
            long before = lent.get();
            assertThat(pool.tryAcquire()).isEmpty();
            assertThat(lent).hasValue(before);
            assertThat(pool.idle()).isEqualTo(pool.size());
            pool.resume();
        }
        threads.join();
        assertThat(lent).hasValue(2_400);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @ParameterizedTest
    @EnumSource
    void suspend_borrowersWait_theyTimeOutInTime(Threads.Kind kind) throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).build();
        pool.acquire(SOON).close();
        pool.suspend();
        Threads threads = new Threads(kind);
        threads.start(
                5,
                me ->
                        assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(30)))
                                .isInstanceOf(PoolAcquireTimeoutException.class));
        threads.join();
        assertThat(pool.waiting()).isZero();
        pool.resume();
        Audit.wholeCapacity(pool);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @ParameterizedTest
    @EnumSource
    void close_suspendedWithAQueue_failsThemAtOnce(Threads.Kind kind) throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).build();
        PooledConnection<Thing> held = pool.acquire(SOON);
        pool.suspend();
        Threads threads = new Threads(kind);
        threads.start(
                5,
                me ->
                        assertThatThrownBy(() -> pool.acquire(SOON))
                                .isInstanceOf(PoolClosedException.class));
        eventually().until(() -> pool.waiting() == 5);
        assertThat(pool.close(Duration.ofMillis(10)).waitersFailed()).isEqualTo(5);
        threads.join();
        pool.resume();
        held.close();
        Audit.destroyedOnce(things);
    }

    @Test
    void suspend_racingWithResumeAndClose_losesNoObject() throws Exception {
        for (int round = 0; round < 30; round++) {
            Things own = new Things();
            Pool<Thing> pool = Pools.builder(own).maxSize(2).build();
            Threads threads = new Threads(Threads.Kind.VIRTUAL);
            threads.start(() -> toggle(pool));
            threads.start(() -> toggle(pool));
            threads.start(
                    3,
                    me -> {
                        for (int i = 0; i < 20; i++) {
                            try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                                lease.connection().touch();
                            } catch (PoolClosedException closed) {
                                return;
                            }
                        }
                    });
            if (round % 2 == 0) {
                threads.join();
                assertThat(pool.isSuspended()).isFalse();
                Audit.atRest(pool);
            }
            Audit.closed(pool, own);
            threads.join();
        }
    }

    private static void toggle(Pool<Thing> pool) {
        for (int i = 0; i < 50; i++) {
            pool.suspend();
            pool.resume();
        }
    }

    @ParameterizedTest
    @EnumSource
    void maxWaiting_manyAsk_neverMoreWait(Threads.Kind kind) throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).maxWaiting(3).build();
        Audit.wholeCapacity(pool);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Threads threads = new Threads(kind);
        threads.start(
                12,
                me -> {
                    for (int i = 0; i < 100; i++) {
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                            served.incrementAndGet();
                            most.accumulateAndGet(pool.waiting(), Math::max);
                        } catch (PoolQueueFullException full) {
                            refused.incrementAndGet();
                        }
                    }
                });
        threads.join();
        assertThat(served.get() + refused.get()).isEqualTo(1_200);
        assertThat(pool.metrics().counters()).containsEntry("pool.refused", (long) refused.get());
        // Those who are about to be served stand in the queue for a moment beside the three.
        assertThat(most.get()).isBetween(0, 3 + pool.maxSize());
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @Test
    void maxWaiting_objectsHeld_turnsAwayExactlyTheRest() {
        Pool<Thing> pool = Pools.builder(things).maxSize(1).maxWaiting(3).build();
        PooledConnection<Thing> held = pool.acquire(SOON);
        for (int i = 0; i < 3; i++) {
            CompletableFuture<PooledConnection<Thing>> waits = pool.acquireAsync(SOON);
            var _ = waits.thenAccept(PooledConnection::close);
        }
        assertThatThrownBy(() -> pool.acquire(SOON)).isInstanceOf(PoolQueueFullException.class);
        assertThat(pool.waiting()).isEqualTo(3);
        held.close();
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }
}
