package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.error.PoolException;
import io.patinox.memory.error.PoolNestedAcquireException;
import io.patinox.memory.pool.NestedAcquire;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolTracer;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.pool.RetireReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: whatever a borrower does, and from wherever, the pool keeps its objects.
@Timeout(60)
class PoolBorrowerTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource
    void acquire_fromInsideACallback_endsInTime(Fault.Call from) {
        AtomicReference<@Nullable Pool<Thing>> self = new AtomicReference<>();
        Things asking = askingFrom(from, self);
        Pool<Thing> pool = Pools.builder(asking).maxSize(2).validationBypass(Duration.ZERO).build();
        pool.acquire(SOON).close();
        self.set(pool);
        for (int round = 0; round < 3; round++) {
            PooledConnection<Thing> lease = pool.acquire(SOON);
            if (round == 1) {
                lease.expire();
            }
            lease.close();
        }
        self.set(null);
        Audit.atRest(pool);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, asking);
    }

    private static Things askingFrom(Fault.Call from, AtomicReference<@Nullable Pool<Thing>> self) {
        return new Things() {
            @Override
            @Nullable Thing creating() throws Exception {
                ask(Fault.Call.CREATE);
                return super.creating();
            }

            @Override
            boolean validating(Thing thing) {
                ask(Fault.Call.VALIDATE);
                return true;
            }

            @Override
            void recycling(Thing thing) {
                ask(Fault.Call.RECYCLE);
            }

            @Override
            void destroying(Thing thing) {
                ask(Fault.Call.DESTROY);
            }

            private void ask(Fault.Call at) {
                Pool<Thing> pool = at == from ? self.getAndSet(null) : null;
                if (pool != null) {
                    try {
                        pool.tryAcquire().ifPresent(PooledConnection::close);
                        pool.acquire(Duration.ofMillis(20)).close();
                    } catch (PoolException expected) {
                        // there may be nothing to have
                    }
                    self.set(pool);
                }
            }
        };
    }

    @Test
    void close_leasesOfTwoPools_goWhereTheyBelong() throws Exception {
        Things others = new Things();
        Pool<Thing> one = Pools.builder(things).maxSize(1).build();
        Pool<Thing> two = Pools.builder(others).maxSize(1).build();
        for (int round = 0; round < 50; round++) {
            PooledConnection<Thing> first = one.acquire(SOON);
            PooledConnection<Thing> second = two.acquire(SOON);
            Threads threads = new Threads(Threads.Kind.VIRTUAL);
            threads.start(second::close);
            threads.start(first::close);
            threads.start(second::close);
            threads.join();
        }
        assertThat(one.acquire(SOON).detach()).isIn(things.created);
        assertThat(two.acquire(SOON).detach()).isIn(others.created);
        assertThat(one.size() + two.size()).isZero();
        one.close(SOON);
        two.close(SOON);
    }

    @ParameterizedTest
    @EnumSource
    void detach_racingWithClose_hasOneWinner(Threads.Kind kind) throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).build();
        List<Thing> detached = new CopyOnWriteArrayList<>();
        for (int round = 0; round < 100; round++) {
            PooledConnection<Thing> lease = pool.acquire(SOON);
            CyclicBarrier together = new CyclicBarrier(3);
            Threads threads = new Threads(kind);
            for (int i = 0; i < 2; i++) {
                threads.start(() -> {
                    meet(together);
                    try {
                        detached.add(lease.detach());
                    } catch (LeaseReleasedException late) {
                        // another one was first
                    }
                });
            }
            meet(together);
            lease.close();
            threads.join();
        }
        Audit.atRest(pool);
        assertThat(detached).doesNotHaveDuplicates();
        assertThat(pool.metrics().counters())
                .containsEntry("pool.retired.detached", (long) detached.size());
        pool.close(SOON);
        assertThat(detached).allMatch(thing -> thing.destroyed.get() == 0);
        assertThat(things.created.stream().filter(thing -> thing.destroyed.get() == 1))
                .hasSize(things.created.size() - detached.size());
    }

    @ParameterizedTest
    @EnumSource
    void donate_racingWithCreationAndClose_neverExceedsTheLimit(Threads.Kind kind)
            throws Exception {
        for (int round = 0; round < 30; round++) {
            Things own = new Things();
            Pool<Thing> pool = Pools.builder(own).maxSize(3).build();
            AtomicInteger taken = new AtomicInteger();
            List<Thing> kept = new CopyOnWriteArrayList<>();
            Threads threads = new Threads(kind);
            threads.start(
                    4,
                    me -> {
                        Thing mine = new Thing();
                        if (pool.donate(mine)) {
                            own.created.add(mine);
                            taken.incrementAndGet();
                        } else {
                            kept.add(mine);
                        }
                    });
            threads.start(
                    2,
                    me -> {
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                            assertThat(pool.size()).isLessThanOrEqualTo(3);
                        } catch (PoolException closed) {
                            // it came too late
                        }
                    });
            if (round % 2 == 0) {
                threads.join();
            }
            pool.close(SOON);
            threads.join();
            Audit.destroyedOnce(own);
            assertThat(kept).allMatch(thing -> thing.destroyed.get() == 0);
            assertThat(taken.get()).isBetween(0, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nestedAcquire_refused_noThreadWaitsForItself(Threads.Kind kind) throws Exception {
        Pool<Thing> pool =
                Pools.builder(things).maxSize(2).nestedAcquire(NestedAcquire.REFUSE).build();
        AtomicInteger refused = new AtomicInteger();
        Threads threads = new Threads(kind);
        threads.start(
                4,
                me -> {
                    for (int i = 0; i < 100; i++) {
                        try (PooledConnection<Thing> first = pool.acquire(SOON);
                                PooledConnection<Thing> second = pool.acquire(SOON)) {
                            first.connection().touch();
                            second.connection().touch();
                        } catch (PoolNestedAcquireException e) {
                            assertThat(e.held()).isEqualTo(1);
                            refused.incrementAndGet();
                        }
                    }
                });
        threads.join();
        assertThat(pool.metrics().counters()).containsEntry("pool.timeouts", 0L);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @Test
    void tracer_thatBlocks_holdsUpItsOwnBorrowerOnly() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        PoolTracer<Thing> blocking =
                new PoolTracer<>() {
                    @Override
                    public void lent(Thing thing, Duration waited) {
                        if (calls.incrementAndGet() == 1) {
                            await(go);
                        }
                    }

                    @Override
                    public void retired(Thing thing, RetireReason reason) {
                        await(go);
                    }
                };
        Pool<Thing> pool = Pools.builder(things).maxSize(2).tracer(blocking).build();
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(() -> pool.acquire(SOON).close());
        eventually().until(() -> calls.get() == 1);
        for (int i = 0; i < 10; i++) {
            PooledConnection<Thing> lease = pool.acquire(SOON);
            lease.expire();
            lease.close();
        }
        assertThat(pool.inUse()).isEqualTo(1);
        go.countDown();
        threads.join();
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @ParameterizedTest
    @EnumSource
    void acquireUninterruptibly_interruptedAllTheTime_isServedInTurn(Threads.Kind kind)
            throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(1).build();
        PooledConnection<Thing> held = pool.acquire(SOON);
        Threads threads = new Threads(kind);
        List<Integer> served = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 5; i++) {
            int me = i;
            Thread borrower =
                    threads.start(() -> {
                        try (PooledConnection<Thing> lease = pool.acquireUninterruptibly()) {
                            lease.connection().touch();
                            served.add(me);
                        }
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
            eventually().until(() -> pool.waiting() == me + 1);
            borrower.interrupt();
        }
        held.close();
        threads.join();
        assertThat(served).containsExactly(0, 1, 2, 3, 4);
        assertThatThrownBy(held::info).isInstanceOf(LeaseReleasedException.class);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
