package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: a pool can be made larger and smaller, evicted and given another manager while a crowd
/// uses it. Nobody who waits is lost, nobody's object is taken away, nothing is destroyed but what
/// had to go, and in the end there are as many objects as there may be.
@Timeout(120)
class PoolResizeTest {
    /// A manager that counts how many of its objects exist.
    private static final class Counted extends Things {
        final AtomicInteger there = new AtomicInteger();

        @Override
        Thing creating() {
            there.incrementAndGet();
            return new Thing();
        }

        @Override
        void destroying(Thing thing) {
            there.decrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void resize_atRandomUnderLoad_servesEverybodyInOrder(Threads.Kind kind)
            throws InterruptedException {
        long seed = ThreadLocalRandom.current().nextLong();
        Counted things = new Counted();
        Pool<Thing> pool = Pools.builder(things).maxSize(8).createConcurrency(4).build();
        AtomicBoolean done = new AtomicBoolean();
        Threads controller = new Threads(Threads.Kind.PLATFORM);
        controller.start(() -> {
            Random random = new Random(seed);
            while (!done.get()) {
                pool.resize(1 + random.nextInt(100));
                Thread.yield();
            }
        });
        Threads crowd = new Threads(kind);
        crowd.start(
                24,
                me -> {
                    for (int i = 0; i < 150; i++) {
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                            Thread.yield();
                            lease.connection().touch();
                        }
                    }
                });
        try {
            crowd.join();
            done.set(true);
            controller.join();
            Audit.atRest(pool);
            pool.resize(5);
            eventually().until(() -> pool.size() <= 5);
            Audit.wholeCapacity(pool);
            Audit.atRest(pool);
            assertThat(pool.size()).isEqualTo(5);
            eventually().until(() -> things.there.get() == 5);
            Audit.closed(pool, things);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resize_downWhileSaturated_retiresOnReturnAndLosesNobody(Threads.Kind kind)
            throws InterruptedException {
        Counted things = new Counted();
        Pool<Thing> pool = Pools.builder(things).maxSize(16).createConcurrency(16).build();
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            held.add(pool.acquire(SOON));
        }
        AtomicInteger served = new AtomicInteger();
        Threads threads = new Threads(kind);
        threads.start(
                40,
                me -> {
                    try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                        lease.connection().touch();
                        served.incrementAndGet();
                    }
                });
        eventually().until(() -> pool.waiting() == 40);
        pool.resize(3);
        for (int back = 0; back < 13; back++) {
            assertThat(pool.size()).isEqualTo(16 - back);
            assertThat(served).hasValue(0);
            held.removeLast().close();
        }
        assertThat(pool.size()).isEqualTo(3);
        held.forEach(PooledConnection::close);
        threads.join();
        assertThat(served).hasValue(40);
        Audit.atRest(pool);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.resized", 13L);
        assertThat(things.created).hasSize(16);
        Audit.closed(pool, things);
    }

    @ParameterizedTest
    @EnumSource
    void everything_atOnce_keepsEveryObject(Threads.Kind kind) throws InterruptedException {
        long seed = ThreadLocalRandom.current().nextLong();
        List<Counted> managers = List.of(new Counted(), new Counted(), new Counted());
        Pool<Thing> pool =
                Pools.builder(managers.getFirst())
                        .maxSize(6)
                        .createConcurrency(4)
                        .maxUses(50)
                        .keepaliveInterval(Duration.ofMillis(1))
                        .idleTimeout(Duration.ofMillis(200))
                        .validationBypass(Duration.ofMillis(200))
                        .build();
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> switched = new ArrayList<>();
        Threads controller = new Threads(Threads.Kind.PLATFORM);
        controller.start(() -> {
            Random random = new Random(seed);
            while (!done.get()) {
                switch (random.nextInt(6)) {
                    case 0 -> pool.softEvictAll();
                    case 1 -> switched.add(pool.switchManager(managers.get(random.nextInt(3))));
                    case 2 ->
                            pool.reconfigure(
                                    pool.tuning()
                                            .withValidateOnReturn(random.nextBoolean())
                                            .withMaxUses(random.nextInt(20))
                                            .withMaxLifetime(
                                                    Duration.ofMillis(random.nextInt(400))));
                    default -> pool.resize(random.nextInt(2), 1 + random.nextInt(50));
                }
                Thread.yield();
            }
        });
        Threads crowd = new Threads(kind);
        crowd.start(16, me -> play(pool, new Random(seed + me)));
        try {
            crowd.join();
            done.set(true);
            controller.join();
            pool.reconfigure(
                    pool.tuning().withSizes(0, 7).withValidateOnReturn(false).withMaxUses(0));
            switched.add(pool.switchManager(managers.getLast()));
            eventually()
                    .untilAsserted(() ->
                            assertThat(switched)
                                    .as("%s %s", managers.get(0).there, pool.metrics())
                                    .allMatch(CompletableFuture::isDone));
            assertThat(managers.get(0).there).hasValue(0);
            assertThat(managers.get(1).there).hasValue(0);
            Audit.atRest(pool);
            Audit.wholeCapacity(pool);
            Audit.atRest(pool);
            pool.close(SOON);
            managers.forEach(Audit::destroyedOnce);
            assertThat(pool.size()).isZero();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void play(Pool<Thing> pool, Random random) {
        for (int i = 0; i < 100; i++) {
            Duration patience = random.nextInt(4) == 0 ? Duration.ofMillis(1) : SOON;
            try (PooledConnection<Thing> lease = pool.acquire(patience)) {
                lease.connection().touch();
                if (random.nextInt(20) == 0) {
                    lease.expire();
                }
                lease.connection().touch();
            } catch (PoolAcquireTimeoutException e) {
                assertThat(patience).isLessThan(SOON);
            }
            if (random.nextInt(4) == 0) {
                var asked = pool.acquireAsync(SOON);
                if (!asked.cancel(false)) {
                    asked.join().close();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_whileItIsResized_leavesNothing(Threads.Kind kind) throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            Counted things = new Counted();
            Pool<Thing> pool = Pools.builder(things).maxSize(4).createConcurrency(4).build();
            Threads threads = new Threads(kind);
            AtomicInteger refused = new AtomicInteger();
            threads.start(
                    8,
                    me -> {
                        try {
                            for (int i = 0; i < 50; i++) {
                                pool.acquire(SOON).close();
                                pool.resize(1 + (me + i) % 50);
                                pool.softEvictAll();
                            }
                        } catch (PoolClosedException e) {
                            refused.incrementAndGet();
                        }
                    });
            eventually().until(() -> !things.created.isEmpty());
            pool.close(SOON);
            threads.join();
            Audit.destroyedOnce(things);
            assertThat(pool.size()).isZero();
            eventually().until(() -> things.there.get() == 0);
        }
    }
}
