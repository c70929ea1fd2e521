package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.PoolQueueFullException;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = {"PACKED", "STRIPED"})
class PoolBatchTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private final Things things = new Things();
    private final Pool<Thing> pool;

    PoolBatchTest(Striping striping) {
        pool = Pool.builder(things).maxSize(3).maxWaiting(6).striping(striping).build();
    }

    @AfterEach
    void nothingIsLost() {
        await().until(() -> pool.inUse() == 0 && pool.waiting() == 0);
        pool.close();
        assertThat(things.destroyedOnce()).isEqualTo(things.created.size());
        assertThat(pool.metrics().counters()).containsEntry("pool.overtakings", 0L);
    }

    @Test
    void acquireAll_emptyPool_createsAndLendsAll() {
        try (LeaseBatch<Thing> batch = pool.acquireAll(3)) {
            assertThat(batch.size()).isEqualTo(3);
            assertThat(batch.connections()).doesNotHaveDuplicates().hasSize(3);
            assertThat(pool.inUse()).isEqualTo(3);
        }
        assertThat(pool.idle()).isEqualTo(3);
    }

    @Test
    void acquireAll_tooMany_isRefusedNamingBoth() {
        for (int count : new int[] {4, 0, -1}) {
            assertThatThrownBy(() -> pool.acquireAll(count))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("'count' must be 1 to maxSize, which is 3")
                    .hasMessageContaining(" " + count);
            assertThatThrownBy(() -> pool.acquireAllAsync(count))
                    .isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void close_twiceAndPartsBefore_givesEachBackOnce() {
        LeaseBatch<Thing> batch = pool.acquireAll(2);
        batch.leases().getFirst().close();
        assertThatThrownBy(batch::connections).isInstanceOf(LeaseReleasedException.class);
        assertThat(pool.idle()).isEqualTo(1);
        batch.close();
        batch.close();
        assertThat(pool.idle()).isEqualTo(2);
        assertThat(things.created).allMatch(t -> t.recycled.get() == 1);
    }

    @Test
    void close_recycleThrowsErrors_givesBackTheOthersToo() {
        LeaseBatch<Thing> batch = pool.acquireAll(3);
        LinkageError same = new LinkageError("all");
        things.onRecycle =
                thing -> {
                    throw thing.number == 1 ? new LinkageError("first") : same;
                };
        assertThatThrownBy(batch::close).isInstanceOf(LinkageError.class);
        things.onRecycle = thing -> thing;
        assertThat(pool.inUse()).isZero();
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.recycle-failed", 3L);
    }

    @Test
    void acquireAll_notEnoughInTime_givesBackWhatItGot() {
        PooledConnection<Thing> held = pool.acquire();
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(30))) {
            assertThatThrownBy(() -> pool.acquireAll(3, timeout))
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            CompletableFuture<LeaseBatch<Thing>> late = pool.acquireAllAsync(3, timeout);
            assertThatThrownBy(late::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        }
        await().until(() -> pool.inUse() == 1);
        onVirtualThread(() ->
                assertThatThrownBy(() -> pool.acquireAll(3, Duration.ofMillis(30)))
                        .isInstanceOf(PoolAcquireTimeoutException.class));
        await().until(() -> pool.inUse() == 1 && pool.waiting() == 0);
        held.close();
    }

    @Test
    void acquireAll_zeroTimeoutAllIdle_lendsThem() {
        pool.acquireAll(3).close();
        try (LeaseBatch<Thing> batch = pool.acquireAll(3, Duration.ZERO)) {
            assertThat(batch.size()).isEqualTo(3);
        }
        try (LeaseBatch<Thing> batch = pool.acquireAllAsync(3, Duration.ZERO).join()) {
            assertThat(batch.size()).isEqualTo(3);
        }
    }

    @Test
    void acquireAll_othersBehind_isServedFirstAndWhole() {
        LeaseBatch<Thing> all = pool.acquireAll(3);
        List<String> served = new ArrayList<>();
        CompletableFuture<LeaseBatch<Thing>> first = pool.acquireAllAsync(2, LONG);
        CompletableFuture<PooledConnection<Thing>> second = pool.acquireAsync(LONG);
        CompletableFuture<LeaseBatch<Thing>> third = pool.acquireAllAsync(3);
        assertThat(pool.waiting()).isEqualTo(6);
        first.thenAccept(batch -> served.add("first"));
        all.leases().get(0).close();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        all.leases().get(1).close();
        first.join().close();
        second.join().close();
        all.close();
        third.join().close();
        assertThat(served).containsExactly("first");
    }

    @Test
    void acquireAllAsync_cancelled_leavesTheQueueAndItsParts() {
        LeaseBatch<Thing> two = pool.acquireAll(2);
        CompletableFuture<LeaseBatch<Thing>> batch = pool.acquireAllAsync(3);
        await().until(() -> pool.size() == 3);
        assertThat(batch.cancel(true)).isTrue();
        assertThatThrownBy(batch::join).isInstanceOf(CancellationException.class);
        await().until(() -> pool.waiting() == 0);
        pool.acquire(LONG).close();
        two.close();
        assertThat(pool.metrics().counters()).containsEntry("pool.cancelled", 1L);
    }

    @Test
    void cancel_racingWithTheLastGrant_losesNoObject() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            LeaseBatch<Thing> held = pool.acquireAll(3, LONG);
            CompletableFuture<LeaseBatch<Thing>> batch = pool.acquireAllAsync(3, LONG);
            Thread releaser = Thread.ofVirtual().start(held::close);
            if (!batch.cancel(true)) {
                batch.join().close();
            }
            releaser.join();
        }
    }

    @Test
    void acquireAll_interrupted_givesUpWithTheFlagSet() throws InterruptedException {
        PooledConnection<Thing> held = pool.acquire();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread borrower =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                pool.acquireAll(3);
                            } catch (PoolInterruptedException e) {
                                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
                            }
                        });
        await().until(() -> pool.waiting() == 1);
        borrower.interrupt();
        borrower.join();
        assertThat(thrown.get()).isInstanceOf(PoolInterruptedException.class);
        await().until(() -> pool.inUse() == 1);
        held.close();
    }

    @Test
    void acquireAll_poolClosed_failsTyped() {
        PooledConnection<Thing> held = pool.acquire();
        CompletableFuture<LeaseBatch<Thing>> batch = pool.acquireAllAsync(3);
        CompletableFuture<Throwable> blocking = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        pool.acquireAll(2);
                    } catch (PoolClosedException e) {
                        blocking.complete(e);
                    }
                });
        await().until(() -> pool.waiting() >= 3);
        pool.close(Duration.ZERO);
        assertThatThrownBy(batch::join).hasCauseInstanceOf(PoolClosedException.class);
        assertThat(blocking.join()).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.acquireAll(1)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.acquireAllAsync(1).join())
                .hasCauseInstanceOf(PoolClosedException.class);
        held.close();
    }

    @Test
    void acquireAll_queueFull_isTurnedAwayWhole() {
        LeaseBatch<Thing> all = pool.acquireAll(3);
        CompletableFuture<LeaseBatch<Thing>> first = pool.acquireAllAsync(3);
        CompletableFuture<LeaseBatch<Thing>> second = pool.acquireAllAsync(2);
        assertThatThrownBy(() -> pool.acquireAll(2)).isInstanceOf(PoolQueueFullException.class);
        assertThat(pool.waiting()).isEqualTo(5);
        all.close();
        first.join().close();
        second.join().close();
    }

    @Test
    void acquireAll_validationThrowsAnError_failsWholeAndReturnsTheRest() {
        Things own = new Things();
        try (Pool<Thing> doubting =
                Pool.builder(own).maxSize(2).validationBypass(Duration.ZERO).build()) {
            doubting.acquireAll(2).close();
            own.onValidate =
                    thing -> {
                        if (thing.number == 1) {
                            throw new LinkageError("validate");
                        }
                        return true;
                    };
            assertThatThrownBy(() -> doubting.acquireAll(2)).isInstanceOf(LinkageError.class);
            own.onValidate = thing -> true;
            await().until(() -> doubting.inUse() == 0 && doubting.waiting() == 0);
            doubting.acquireAll(2).close();
        }
    }

    @Test
    void acquireAll_overtakingAllowed_isServedAllTheSame() {
        Things own = new Things();
        try (Pool<Thing> passing = Pool.builder(own).maxSize(2).maxOvertaking(100).build()) {
            LeaseBatch<Thing> held = passing.acquireAll(2);
            CompletableFuture<LeaseBatch<Thing>> batch = passing.acquireAllAsync(2);
            held.close();
            batch.join().close();
            assertThat(passing.idle()).isEqualTo(2);
        }
    }

    private static void onVirtualThread(Runnable body) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        body.run();
                        done.complete(null);
                    } catch (Throwable failure) {
                        done.completeExceptionally(failure);
                    }
                });
        done.join();
    }
}
