package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: an interrupted borrower either gets its lease or a typed error, always with the flag set,
/// and no object is lost between the two.
class PoolInterruptionTest {
    private final Things things = new Things();

    private Pool<Thing> pool(Duration bypass) {
        return Pools.builder(things).maxSize(1).validationBypass(bypass).build();
    }

    @ParameterizedTest
    @EnumSource
    void acquire_interruptedJustAsServed_getsOneOfTheTwo(Threads.Kind kind) throws Exception {
        Pool<Thing> pool = pool(Duration.ofDays(1));
        AtomicInteger served = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(2);
        Threads threads = new Threads(kind);
        for (int round = 0; round < 200; round++) {
            PooledConnection<Thing> held = pool.acquire(SOON);
            Thread waiter = threads.start(() -> borrow(pool, served, interrupted));
            eventually().until(() -> pool.waiting() == 1);
            Thread interrupter =
                    threads.start(() -> {
                        meet(together);
                        waiter.interrupt();
                    });
            meet(together);
            held.close();
            assertThat(interrupter.join(SOON)).isTrue();
            assertThat(waiter.join(SOON)).isTrue();
        }
        threads.join();
        assertThat(served.get() + interrupted.get()).isEqualTo(200);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    private static void borrow(Pool<Thing> pool, AtomicInteger served, AtomicInteger interrupted) {
        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
            lease.connection().touch();
            served.incrementAndGet();
        } catch (PoolInterruptedException e) {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            interrupted.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void acquire_interruptedBeforehand_takesWhatIsIdleButDoesNotWait(Threads.Kind kind)
            throws Exception {
        Pool<Thing> pool = pool(Duration.ofDays(1));
        pool.acquire(SOON).close();
        Threads threads = new Threads(kind);
        threads.start(() -> {
            Thread.currentThread().interrupt();
            PooledConnection<Thing> lease = pool.acquire(SOON);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThatThrownBy(() -> pool.acquire(SOON))
                    .isInstanceOf(PoolInterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            lease.close();
        });
        threads.join();
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @Test
    void acquire_interruptedDuringValidation_losesNoObject() throws Exception {
        Fault.Faulty manager = new Fault.Faulty(Fault.Call.VALIDATE, Fault.HANGS);
        Pool<Thing> pool =
                Pools.builder(manager).maxSize(1).validationBypass(Duration.ZERO).build();
        pool.acquire(SOON).close();
        manager.active = true;
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        Thread borrower =
                threads.start(() ->
                        assertThatThrownBy(() -> pool.acquire(SOON))
                                .isInstanceOf(PoolInterruptedException.class));
        eventually().until(() -> pool.inUse() == 1);
        borrower.interrupt();
        threads.join();
        manager.heal();
        Audit.atRest(pool);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, manager);
    }

    @Test
    void close_recycleIsInterrupted_keepsTheFlag() throws Exception {
        Things interruptible =
                new Things() {
                    @Override
                    void recycling(Thing thing) throws InterruptedException {
                        throw new InterruptedException("while it reset the object");
                    }
                };
        Pool<Thing> pool = Pools.builder(interruptible).maxSize(1).build();
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(() -> {
            pool.acquire(SOON).close();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
        threads.join();
        Audit.atRest(pool);
        Audit.closed(pool, interruptible);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
