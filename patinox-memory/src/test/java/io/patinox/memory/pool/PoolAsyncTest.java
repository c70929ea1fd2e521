package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolAsyncTest {
    private final Things things = new Things();
    private final Pool<Thing> pool = Pool.builder(things).maxSize(1).build();

    @AfterEach
    void everyThingIsDestroyedOnce() {
        pool.close();
        assertThat(things.destroyedOnce()).isEqualTo(things.created.size());
    }

    @Test
    void acquireAsync_oneIdle_isDoneAtOnce() {
        pool.acquire().close();
        CompletableFuture<PooledConnection<Thing>> future = pool.acquireAsync();
        assertThat(future).isDone();
        future.join().close();
    }

    @Test
    void acquireAsync_timeIsOver_failsTyped() {
        PooledConnection<Thing> held = pool.acquire();
        CompletableFuture<PooledConnection<Thing>> future =
                pool.acquireAsync(Duration.ofMillis(30));
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        assertThat(pool.waiting()).isZero();
        held.close();
    }

    @Test
    void cancel_whileQueued_leavesTheQueue() {
        PooledConnection<Thing> held = pool.acquire();
        CompletableFuture<PooledConnection<Thing>> first = pool.acquireAsync();
        CompletableFuture<PooledConnection<Thing>> second = pool.acquireAsync();
        assertThat(first.cancel(true)).isTrue();
        assertThat(pool.waiting()).isEqualTo(1);
        held.close();
        second.join().close();
        assertThat(pool.metrics().counters()).containsEntry("pool.cancelled", 1L);
    }

    @Test
    void cancel_afterDelivery_changesNothing() {
        CompletableFuture<PooledConnection<Thing>> future = pool.acquireAsync();
        PooledConnection<Thing> lease = future.join();
        assertThat(future.cancel(true)).isFalse();
        assertThat(lease.isReleased()).isFalse();
        assertThat(pool.inUse()).isEqualTo(1);
        lease.close();
    }

    @Test
    void cancel_racingWithDelivery_losesNoObject() {
        for (int round = 0; round < 500; round++) {
            PooledConnection<Thing> held = pool.acquire();
            CompletableFuture<PooledConnection<Thing>> future = pool.acquireAsync();
            Thread releaser = Thread.ofVirtual().start(held::close);
            boolean cancelled = future.cancel(true);
            if (!cancelled) {
                future.join().close();
            }
            join(releaser);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> pool.idle() == 1);
        }
        assertThat(things.creations).hasValue(1);
    }

    @Test
    void acquireAsync_callbackBlocks_holdsUpNobody() {
        PooledConnection<Thing> held = pool.acquire();
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Thread> ran = new AtomicReference<>();
        CompletableFuture<Void> blocked =
                pool.acquireAsync()
                        .thenAccept(lease -> {
                            ran.set(Thread.currentThread());
                            lease.close();
                            awaitQuietly(go);
                        });
        held.close();
        pool.acquire().close();
        await().until(() -> ran.get() != null);
        assertThat(ran.get().isVirtual()).isTrue();
        assertThat(blocked).isNotDone();
        go.countDown();
        blocked.join();
    }

    @Test
    void acquireAsync_doubtfulObjects_areLookedAtFirst() {
        Things own = new Things();
        try (Pool<Thing> strict =
                Pool.builder(own).maxSize(1).validationBypass(Duration.ZERO).build()) {
            strict.acquire().close();
            own.onValidate = thing -> thing.number > 2;
            try (PooledConnection<Thing> lease = strict.acquireAsync().join()) {
                assertThat(lease.connection().number).isEqualTo(3);
            }
            own.onValidate =
                    thing -> {
                        throw new StackOverflowError("deep");
                    };
            assertThatThrownBy(() -> strict.acquireAsync().join())
                    .hasCauseInstanceOf(StackOverflowError.class);
            own.onValidate =
                    thing -> {
                        new CountDownLatch(1).await();
                        return true;
                    };
            assertThatThrownBy(() -> strict.acquireAsync(Duration.ofMillis(50)).join())
                    .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        }
        assertThat(own.destroyedOnce()).isEqualTo(own.created.size());
    }

    @Test
    void close_someQueued_failsThemTyped() {
        PooledConnection<Thing> held = pool.acquire();
        List<CompletableFuture<PooledConnection<Thing>>> futures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            futures.add(pool.acquireAsync());
        }
        PoolCloseReport report = pool.close(Duration.ofMillis(10));
        assertThat(report.waitersFailed()).isEqualTo(5);
        for (CompletableFuture<PooledConnection<Thing>> future : futures) {
            assertThatThrownBy(future::join).hasCauseInstanceOf(PoolClosedException.class);
        }
        assertThatThrownBy(() -> pool.acquireAsync().join())
                .hasCauseInstanceOf(PoolClosedException.class);
        held.close();
        await().until(() -> things.destroyedOnce() == 1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
