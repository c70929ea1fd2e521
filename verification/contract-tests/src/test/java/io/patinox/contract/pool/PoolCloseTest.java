package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: a close ends, whenever and from wherever it is called. Those who wait fail at once, those
/// who borrow are waited for, and every object is destroyed once, the late ones when they come.
@Timeout(60)
class PoolCloseTest {
    private final Things things = new Things();
    private final Pool<Thing> pool = Pools.builder(things).maxSize(4).build();

    @ParameterizedTest
    @EnumSource
    void close_saturated_failsWaitersAndWaitsForBorrowers(Threads.Kind kind) throws Exception {
        PooledConnection<Thing> held = pool.acquire(SOON);
        PooledConnection<Thing> other = pool.acquire(SOON);
        PooledConnection<Thing> third = pool.acquire(SOON);
        PooledConnection<Thing> fourth = pool.acquire(SOON);
        Threads threads = new Threads(kind);
        threads.start(
                10,
                me ->
                        assertThatThrownBy(() -> pool.acquire(Duration.ofDays(1)))
                                .isInstanceOf(PoolClosedException.class));
        CompletableFuture<PooledConnection<Thing>> async = pool.acquireAsync();
        eventually().until(() -> pool.waiting() == 11);
        CompletableFuture<PoolCloseReport> closing =
                CompletableFuture.supplyAsync(() -> pool.close(SOON));
        threads.join();
        assertThatThrownBy(() -> async.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PoolClosedException.class);
        assertThat(pool.isClosed()).isTrue();
        assertThat(closing.isDone()).isFalse();
        assertThatThrownBy(pool::acquire).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(pool::tryAcquire).isInstanceOf(PoolClosedException.class);
        held.connection().touch();
        held.close();
        other.close();
        third.close();
        fourth.expire();
        fourth.close();
        PoolCloseReport report = closing.get(20, TimeUnit.SECONDS);
        assertThat(report.waitersFailed()).isEqualTo(11);
        assertThat(report.complete()).isTrue();
        Audit.destroyedOnce(things);
    }

    @Test
    void close_leaseStaysOut_isNamedAndItsObjectDestroyedWhenItComes() {
        PooledConnection<Thing> late = pool.acquire(SOON);
        PoolCloseReport report = pool.close(Duration.ofMillis(20));
        assertThat(report.abandoned()).singleElement().asString().contains(pool.name());
        late.connection().touch();
        assertThat(late.connection().destroyed).hasValue(0);
        late.close();
        Audit.destroyedOnce(things);
    }

    @ParameterizedTest
    @EnumSource
    void close_fromInsideACallback_ends(Fault.Call from) {
        AtomicReference<@Nullable Pool<Thing>> self = new AtomicReference<>();
        Things closing = closingFrom(from, self);
        Pool<Thing> inner =
                Pools.builder(closing)
                        .maxSize(2)
                        .validationBypass(Duration.ZERO)
                        .closeTimeout(Duration.ofMillis(300))
                        .build();
        inner.acquire(SOON).close();
        self.set(inner);
        try (PooledConnection<Thing> lease = inner.acquire(Duration.ofSeconds(2))) {
            if (from == Fault.Call.CREATE) {
                inner.acquire(Duration.ofSeconds(2)).close();
            }
            if (from == Fault.Call.DESTROY) {
                lease.expire();
            }
        } catch (PoolClosedException expected) {
            assertThat(from).isIn(Fault.Call.CREATE, Fault.Call.VALIDATE);
        }
        eventually().until(inner::isClosed);
        inner.close(SOON);
        Audit.destroyedOnce(closing);
        eventually().until(() -> inner.size() == 0);
    }

    private static Things closingFrom(
            Fault.Call from, AtomicReference<@Nullable Pool<Thing>> self) {
        return new Things() {
            @Override
            @Nullable Thing creating() throws Exception {
                call(Fault.Call.CREATE);
                return super.creating();
            }

            @Override
            boolean validating(Thing thing) {
                call(Fault.Call.VALIDATE);
                return true;
            }

            @Override
            void recycling(Thing thing) {
                call(Fault.Call.RECYCLE);
            }

            @Override
            void destroying(Thing thing) {
                call(Fault.Call.DESTROY);
            }

            private void call(Fault.Call at) {
                Pool<Thing> pool = self.get();
                if (at == from && pool != null) {
                    pool.close();
                }
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void close_byManyWhileManyBorrow_destroysEachOnce(Threads.Kind kind) throws Exception {
        for (int round = 0; round < 20; round++) {
            Things made = new Things();
            Pool<Thing> busy = Pools.builder(made).maxSize(3).build();
            CyclicBarrier together = new CyclicBarrier(10);
            Threads threads = new Threads(kind);
            threads.start(
                    10,
                    me -> {
                        meet(together);
                        if (me % 3 == 0) {
                            busy.close(SOON);
                        } else {
                            borrowUntilClosed(busy);
                        }
                    });
            threads.join();
            assertThat(busy.close(SOON).abandoned()).isEmpty();
            Audit.destroyedOnce(made);
            assertThat(busy.size()).isZero();
            assertThat(busy.waiting()).isZero();
        }
        pool.close();
    }

    private static void borrowUntilClosed(Pool<Thing> pool) {
        try {
            while (true) {
                try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                    lease.connection().touch();
                }
            }
        } catch (PoolClosedException e) {
            assertThat(e.pool()).isEqualTo(pool.name());
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
