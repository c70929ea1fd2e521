package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolAsyncTest {
    private final Things things = new Things();
    private final Pool<Thing> pool =
            Pools.builder(things).maxSize(1).validationBypass(Duration.ZERO).build();

    @AfterEach
    void nothingIsLost() {
        Audit.atRest(pool);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, things);
    }

    @Test
    void acquireAsync_idleObjectToValidate_leavesTheQueueInOrder() throws Exception {
        pool.acquire(SOON).close();
        for (int i = 0; i < 3; i++) {
            pool.acquireAsync(SOON).get(20, TimeUnit.SECONDS).close();
            Audit.atRest(pool);
            assertThat(pool.tryAcquire()).hasValueSatisfying(PooledConnection::close);
        }
    }

    @Test
    void acquireAsync_othersQueuedMeanwhile_allAreServed() throws Exception {
        pool.acquire(SOON).close();
        CompletableFuture<PooledConnection<Thing>> first = pool.acquireAsync(SOON);
        CompletableFuture<PooledConnection<Thing>> second = pool.acquireAsync(SOON);
        CompletableFuture<PooledConnection<Thing>> third = pool.acquireAsync(SOON);
        first.get(20, TimeUnit.SECONDS).close();
        second.get(20, TimeUnit.SECONDS).close();
        third.get(20, TimeUnit.SECONDS).close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 50})
    void acquireAsync_allInUse_failsAtItsDeadline(long millis) {
        try (PooledConnection<Thing> held = pool.acquire(SOON)) {
            assertThat(held.isReleased()).isFalse();
            assertThatThrownBy(() ->
                            pool.acquireAsync(Duration.ofMillis(millis)).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        }
    }

    @Test
    void cancel_racingWithTheGrant_losesNoObject() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Threads threads = new Threads(Threads.Kind.PLATFORM);
        for (int round = 0; round < 300; round++) {
            PooledConnection<Thing> held = pool.acquire(SOON);
            CompletableFuture<PooledConnection<Thing>> wanted = pool.acquireAsync(SOON);
            Thread releaser =
                    threads.start(() -> {
                        await(together);
                        held.close();
                    });
            await(together);
            if (!wanted.cancel(false)) {
                wanted.get(20, TimeUnit.SECONDS).close();
            }
            releaser.join();
        }
        threads.join();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
