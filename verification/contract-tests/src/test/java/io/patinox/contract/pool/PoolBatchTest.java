package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.pool.LeaseBatch;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: a batch is acquired whole or not at all; batches never wait for each other's parts, and
/// whatever ends their waiting, no object is lost.
@Timeout(60)
class PoolBatchTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource
    void acquireAll_manyBatchesOfAllSizes_areAllServed(Threads.Kind kind) throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(4).build();
        AtomicInteger served = new AtomicInteger();
        Threads threads = new Threads(kind);
        threads.start(
                8,
                me -> {
                    for (int round = 0; round < 100; round++) {
                        try (LeaseBatch<Thing> batch = pool.acquireAll(1 + (me + round) % 4)) {
                            batch.connections().forEach(Thing::touch);
                            served.incrementAndGet();
                        }
                    }
                });
        threads.join();
        assertThat(served).hasValue(800);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @ParameterizedTest
    @EnumSource
    void acquireAll_endedInEveryWay_losesNoObject(Threads.Kind kind) throws Exception {
        long seed = new Random().nextLong();
        Pool<Thing> pool =
                Pools.builder(things)
                        .maxSize(3)
                        .maxWaiting(12)
                        .validationBypass(Duration.ZERO)
                        .build();
        Threads threads = new Threads(kind);
        threads.start(6, me -> askInManyWays(pool, new Random(seed + me)));
        threads.join();
        assertThat(threads.failures).as("seed " + seed).isEmpty();
        Audit.atRest(pool);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, things);
    }

    private static void askInManyWays(Pool<Thing> pool, Random random) {
        for (int round = 0; round < 100; round++) {
            int count = 1 + random.nextInt(3);
            try {
                switch (random.nextInt(5)) {
                    case 0 -> use(pool.acquireAll(count, SOON));
                    case 1 ->
                            use(pool.acquireAll(count, Duration.ofNanos(random.nextInt(300_000))));
                    case 2 -> use(pool.acquireAll(count, Duration.ZERO));
                    case 3 -> {
                        CompletableFuture<LeaseBatch<Thing>> future = pool.acquireAllAsync(count);
                        if (random.nextBoolean() || !future.cancel(true)) {
                            use(future.join());
                        }
                    }
                    default -> {
                        Thread.currentThread().interrupt();
                        use(pool.acquireAll(count, SOON));
                    }
                }
            } catch (PoolException expected) {
                // a timeout, an interrupt, or a full queue
            } catch (CompletionException expected) {
                assertThat(expected).hasCauseInstanceOf(PoolException.class);
            } finally {
                Thread.interrupted();
            }
        }
    }

    private static void use(LeaseBatch<Thing> batch) {
        try (batch) {
            batch.connections().forEach(Thing::touch);
        }
    }

    @ParameterizedTest
    @EnumSource
    void acquireAll_interruptedJustAsTheLastIsGranted_getsOneOfTheTwo(Threads.Kind kind)
            throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).build();
        AtomicInteger ended = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(2);
        Threads threads = new Threads(kind);
        for (int round = 0; round < 100; round++) {
            LeaseBatch<Thing> held = pool.acquireAll(2, SOON);
            held.leases().getFirst().close();
            Thread borrower = threads.start(() -> borrowBoth(pool, ended));
            eventually().until(() -> pool.waiting() == 1);
            Thread interrupter =
                    threads.start(() -> {
                        meet(together);
                        borrower.interrupt();
                    });
            meet(together);
            held.close();
            assertThat(interrupter.join(SOON)).isTrue();
            assertThat(borrower.join(SOON)).isTrue();
        }
        threads.join();
        assertThat(ended).hasValue(100);
        Audit.atRest(pool);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, things);
    }

    private static void borrowBoth(Pool<Thing> pool, AtomicInteger ended) {
        try (LeaseBatch<Thing> batch = pool.acquireAll(2, SOON)) {
            batch.connections().forEach(Thing::touch);
        } catch (PoolInterruptedException e) {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
        ended.incrementAndGet();
    }

    @ParameterizedTest
    @EnumSource
    void close_batchesQueued_failsThemAndTakesTheirPartsBack(Threads.Kind kind) throws Exception {
        for (int round = 0; round < 20; round++) {
            Things own = new Things();
            Pool<Thing> pool = Pools.builder(own).maxSize(3).build();
            PooledConnection<Thing> held = pool.acquire(SOON);
            AtomicInteger refused = new AtomicInteger();
            Threads threads = new Threads(kind);
            threads.start(
                    4,
                    me -> {
                        try {
                            pool.acquireAll(1 + me % 3, SOON).close();
                        } catch (PoolClosedException e) {
                            refused.incrementAndGet();
                        }
                    });
            threads.start(held::close);
            Audit.closed(pool, own);
            threads.join();
            assertThat(refused.get()).isBetween(0, 4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, THROWS", "CREATE, THROWS_AN_ERROR", "CREATE, HANGS", "CREATE, SAYS_NO",
        "VALIDATE, THROWS", "VALIDATE, THROWS_AN_ERROR", "VALIDATE, HANGS", "VALIDATE, SAYS_NO",
        "RECYCLE, THROWS", "DESTROY, THROWS", "DESTROY, HANGS"
    })
    void acquireAll_managerFails_endsInTimeAndRecovers(Fault.Call call, Fault fault)
            throws Exception {
        Fault.Faulty manager = new Fault.Faulty(call, fault);
        Pool<Thing> pool =
                Pools.builder(manager)
                        .maxSize(3)
                        .createTimeout(Duration.ofMillis(50))
                        .validationTimeout(Duration.ofMillis(50))
                        .validationBypass(Duration.ZERO)
                        .build();
        pool.acquireAll(2, SOON).close();
        manager.active = true;
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                3,
                me -> {
                    try {
                        pool.acquireAll(3, Duration.ofMillis(60)).close();
                    } catch (PoolException | Fault.Broken expected) {
                        // whatever it is, it comes in time
                    }
                });
        threads.join();
        manager.heal();
        Audit.balanced(pool);
        pool.acquireAll(3, SOON).close();
        Audit.atRest(pool);
        Audit.closed(pool, manager);
    }

    @Test
    void acquireAllAsync_cancelledJustAsItIsDelivered_losesNoObject() throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).build();
        CyclicBarrier together = new CyclicBarrier(2);
        Threads threads = new Threads(Threads.Kind.PLATFORM);
        for (int round = 0; round < 200; round++) {
            LeaseBatch<Thing> held = pool.acquireAll(2, SOON);
            CompletableFuture<LeaseBatch<Thing>> wanted = pool.acquireAllAsync(2, SOON);
            Thread releaser =
                    threads.start(() -> {
                        meet(together);
                        held.close();
                    });
            meet(together);
            if (!wanted.cancel(false)) {
                wanted.join().close();
            }
            releaser.join();
        }
        threads.join();
        Audit.atRest(pool);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, things);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
