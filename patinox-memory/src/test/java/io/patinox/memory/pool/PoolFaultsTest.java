package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolCreateTimeoutException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolFaultsTest {
    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final CountDownLatch never = new CountDownLatch(1);

    private final PoolBuilder<Thing> builder =
            Pool.builder(things)
                    .name("faulty")
                    .maxSize(1)
                    .validationBypass(Duration.ZERO)
                    .monitor(log);

    @AfterEach
    void letGo() {
        never.countDown();
    }

    @Test
    void create_throws_timesOutWithTheCauseAndRecovers() {
        IllegalStateException down = new IllegalStateException("down");
        things.onCreate =
                thing -> {
                    throw down;
                };
        try (Pool<Thing> pool = builder.build()) {
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(300)))
                    .isInstanceOf(PoolAcquireTimeoutException.class)
                    .hasCauseInstanceOf(PoolCreateException.class)
                    .hasRootCause(down)
                    .satisfies(e ->
                            assertThat(((PatinoxException) e).strategy())
                                    .isInstanceOf(RecoveryStrategy.Fail.class));
            assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
            assertThat(pool.health().reasons().getFirst().text())
                    .contains("IllegalStateException")
                    .doesNotContain("down");
            await().until(() -> !log.all(MonitorEvent.CreateFailed.class).isEmpty());
            assertThat(log.all(MonitorEvent.CreateFailed.class).getFirst().failure())
                    .isSameAs(down);
            things.onCreate = thing -> thing;
            pool.acquire().close();
            assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
            assertThat(pool.metrics().counters().get("pool.create.failed")).isPositive();
        }
    }

    @Test
    void create_throwsAnErrorOrReturnsNull_thePoolLivesOn() {
        AtomicInteger attempt = new AtomicInteger();
        things.onCreate =
                thing ->
                        switch (attempt.incrementAndGet()) {
                            case 1 -> throw new NoClassDefFoundError("gone");
                            case 2 -> null;
                            case 3 -> throw new OutOfMemoryError("not really");
                            default -> thing;
                        };
        try (Pool<Thing> pool = builder.build()) {
            pool.acquire().close();
            assertThat(attempt).hasValue(4);
            assertThat(pool.size()).isEqualTo(1);
            await().until(() -> log.all(MonitorEvent.CreateFailed.class).size() == 3);
            assertThat(log.all(MonitorEvent.CreateFailed.class))
                    .extracting(MonitorEvent.CreateFailed::attempts)
                    .containsExactly(1, 2, 3);
            assertThat(log.all(MonitorEvent.CreateFailed.class).get(1).failure())
                    .hasMessageContaining("returned null");
        }
    }

    @Test
    void create_hangs_isGivenUpAndItsLateObjectDestroyed() {
        CountDownLatch interrupted = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    if (thing.number == 1) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                    }
                    return thing;
                };
        try (Pool<Thing> pool = builder.createTimeout(Duration.ofMillis(50)).build()) {
            try (PooledConnection<Thing> lease = pool.acquire()) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
            await().until(() -> interrupted.getCount() == 0);
            await().until(() -> things.created.size() == 2 && things.destroyedOnce() == 1);
            await().until(() -> !log.all(MonitorEvent.CreateFailed.class).isEmpty());
            assertThat(log.all(MonitorEvent.CreateFailed.class).getFirst().failure())
                    .isInstanceOf(PoolCreateTimeoutException.class);
            assertThat(pool.metrics().counters()).containsEntry("pool.create.too-late", 1L);
        }
        assertThat(things.destroyedOnce()).isEqualTo(2);
    }

    @Test
    void create_slow_neverMoreAtATimeThanAllowed() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    two.countDown();
                    go.await();
                    running.decrementAndGet();
                    return thing;
                };
        try (Pool<Thing> pool = builder.maxSize(8).createConcurrency(2).build()) {
            CompletableFuture<?>[] all = new CompletableFuture<?>[8];
            for (int i = 0; i < all.length; i++) {
                all[i] = pool.acquireAsync().thenAccept(PooledConnection::close);
            }
            two.await();
            assertThat(pool.creating()).isEqualTo(2);
            go.countDown();
            CompletableFuture.allOf(all).join();
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void validate_saysNo_replacesTheObject() {
        things.onValidate = thing -> thing.number != 1;
        try (Pool<Thing> pool = builder.build()) {
            try (PooledConnection<Thing> lease = pool.acquire()) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
            assertThat(pool.metrics().counters())
                    .containsEntry("pool.retired.invalid", 1L)
                    .containsEntry("pool.overtakings", 0L);
            assertThat(pool.metrics().histograms().get("pool.validate").count()).isEqualTo(2);
        }
    }

    @Test
    void validate_throws_replacesTheObjectAndReports() {
        things.onValidate =
                thing -> {
                    if (thing.number == 1) {
                        throw new IllegalStateException("half dead");
                    }
                    return true;
                };
        try (Pool<Thing> pool = builder.build()) {
            pool.acquireAsync().join().close();
            assertThat(things.creations).hasValue(2);
            await().until(() -> !log.all(MonitorEvent.CallbackFailed.class).isEmpty());
            assertThat(log.all(MonitorEvent.CallbackFailed.class).getFirst().callback())
                    .isEqualTo("validate");
        }
    }

    @Test
    void validate_throwsAnError_reachesTheBorrowerAndThePoolLivesOn() {
        things.onValidate =
                thing -> {
                    if (thing.number == 1) {
                        throw new StackOverflowError("deep");
                    }
                    return true;
                };
        try (Pool<Thing> pool = builder.build()) {
            assertThatThrownBy(pool::acquire).isInstanceOf(StackOverflowError.class);
            assertThat(pool.size()).isZero();
            pool.acquire().close();
        }
        assertThat(things.destroyedOnce()).isEqualTo(2);
    }

    @Test
    void validate_hangs_countsAsInvalidAtItsTimeout() {
        things.onValidate =
                thing -> {
                    if (thing.number == 1) {
                        never.await();
                    }
                    return true;
                };
        try (Pool<Thing> pool = builder.validationTimeout(Duration.ofMillis(50)).build()) {
            try (PooledConnection<Thing> lease = pool.acquire()) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
        }
        assertThat(things.destroyedOnce()).isEqualTo(2);
    }

    @Test
    void validate_hangsPastTheBorrowersTime_theObjectGoesItsWay() {
        CountDownLatch go = new CountDownLatch(1);
        things.onValidate =
                thing -> {
                    go.await();
                    return true;
                };
        try (Pool<Thing> pool = builder.build()) {
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(50)))
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            assertThat(pool.inUse()).isEqualTo(1);
            go.countDown();
            await().until(() -> pool.idle() == 1);
            pool.acquire().close();
            assertThat(things.creations).hasValue(1);
        }
    }

    @Test
    void validate_borrowerInterrupted_theObjectGoesItsWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        things.onValidate =
                thing -> {
                    begun.countDown();
                    go.await();
                    return false;
                };
        try (Pool<Thing> pool = builder.build()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread borrower =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    pool.acquire();
                                } catch (PoolInterruptedException e) {
                                    thrown.set(e);
                                }
                            });
            begun.await();
            borrower.interrupt();
            borrower.join();
            assertThat(thrown.get()).isInstanceOf(PoolInterruptedException.class);
            go.countDown();
            await().until(() -> pool.size() == 0);
        }
        assertThat(things.destroyedOnce()).isEqualTo(things.created.size());
    }

    @Test
    void acquire_zeroTimeoutAndADoubtfulObject_givesItsValidationTime() {
        try (Pool<Thing> pool = builder.build()) {
            pool.acquire().close();
            CountDownLatch go = new CountDownLatch(1);
            things.onValidate =
                    thing -> {
                        go.await();
                        return true;
                    };
            CompletableFuture<PooledConnection<Thing>> lease =
                    CompletableFuture.supplyAsync(() -> pool.acquire(Duration.ZERO));
            await().until(() -> things.validations.get() == 2);
            go.countDown();
            lease.join().close();
            pool.tryAcquire().orElseThrow().close();
            pool.acquireAsync(Duration.ZERO).join().close();
        }
    }

    @Test
    void create_failed_isProbedWithoutTrafficUntilHealthIsUp() {
        things.onCreate =
                thing -> {
                    throw new IllegalStateException("down");
                };
        try (Pool<Thing> pool = builder.build()) {
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(50)))
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
            things.onCreate = thing -> thing;
            await().until(() -> pool.health().status() == Health.Status.UP);
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void recycle_borrowerInterrupted_runsWithoutTheFlagWhichIsThenSetAgain() {
        AtomicReference<Boolean> seen = new AtomicReference<>();
        things.onRecycle =
                thing -> {
                    seen.set(Thread.currentThread().isInterrupted());
                    return thing;
                };
        try (Pool<Thing> pool = builder.build()) {
            PooledConnection<Thing> lease = pool.acquire();
            Thread.currentThread().interrupt();
            lease.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(seen.get()).isFalse();
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void recycle_throws_retiresTheObjectAndReports() {
        things.onRecycle =
                thing -> {
                    throw new IllegalStateException("won't be reset");
                };
        try (Pool<Thing> pool = builder.build()) {
            pool.acquire().close();
            assertThat(pool.size()).isZero();
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.recycle-failed", 1L);
            await().until(() -> !log.all(MonitorEvent.CallbackFailed.class).isEmpty());
        }
    }

    @Test
    void recycle_throwsAnError_reachesTheCloserAndCostsNoCapacity() {
        things.onRecycle =
                thing -> {
                    throw new AssertionError("mine");
                };
        try (Pool<Thing> pool = builder.build()) {
            PooledConnection<Thing> lease = pool.acquire();
            assertThatThrownBy(lease::close).isInstanceOf(AssertionError.class);
            assertThat(pool.size()).isZero();
            things.onRecycle = thing -> thing;
            pool.acquire().close();
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void destroy_throwsOrHangs_costsNoCapacity() {
        things.onDestroy =
                thing -> {
                    if (thing.number == 1) {
                        throw new AssertionError("sticks");
                    }
                    never.await();
                    return thing;
                };
        Pool<Thing> pool = builder.build();
        for (int i = 1; i <= 3; i++) {
            PooledConnection<Thing> lease = pool.acquire();
            assertThat(lease.connection().number).isEqualTo(i);
            lease.expire();
            lease.close();
        }
        assertThat(pool.size()).isZero();
        never.countDown();
        pool.close();
        assertThat(things.destroyedOnce()).isEqualTo(3);
    }

    @Test
    void manager_failsTheNthCall_forEveryN_noObjectIsLost() {
        for (int n = 1; n <= 40; n++) {
            Things own = new Things();
            AtomicInteger call = new AtomicInteger();
            int failing = n;
            own.onCreate = thing -> failNth(call, failing, thing);
            own.onValidate = thing -> failNth(call, failing, thing) == thing;
            own.onRecycle = thing -> failNth(call, failing, thing);
            own.onDestroy = thing -> failNth(call, failing, thing);
            Pool<Thing> pool = Pool.builder(own).maxSize(2).validationBypass(Duration.ZERO).build();
            for (int round = 0; round < 6; round++) {
                try (PooledConnection<Thing> a = pool.acquire();
                        PooledConnection<Thing> b = pool.acquire()) {
                    assertThat(a.connection()).isNotSameAs(b.connection());
                    if (round == 3) {
                        b.expire();
                    }
                }
                assertThat(pool.inUse() + pool.idle()).isEqualTo(pool.size());
            }
            pool.close();
            assertThat(own.destroyedOnce()).as("n = " + n).isEqualTo(own.created.size());
        }
    }

    private static Thing failNth(AtomicInteger call, int n, Thing thing) {
        if (call.incrementAndGet() == n) {
            throw new IllegalStateException("call " + n);
        }
        return thing;
    }
}
