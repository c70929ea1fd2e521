package io.patinox.memory.pool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolAcquireTest {
    private final Things things = new Things();
    private final Pool<Thing> pool = Pool.builder(things).name("things").maxSize(2).build();

    @AfterEach
    void everyThingIsDestroyedOnce() {
        pool.close();
        assertThat(things.destroyedOnce()).isEqualTo(things.created.size());
        assertThat(pool.size()).isZero();
        assertThat(pool.metrics().counters()).containsEntry("pool.overtakings", 0L);
    }

    @Test
    void acquire_poolEmpty_createsOne() {
        try (PooledConnection<Thing> lease = pool.acquire()) {
            assertThat(lease.connection().number).isEqualTo(1);
            assertThat(pool.inUse()).isEqualTo(1);
            assertThat(pool.size()).isEqualTo(1);
            assertThat(pool.idle()).isZero();
        }
        assertThat(pool.inUse()).isZero();
        assertThat(pool.idle()).isEqualTo(1);
        assertThat(things.created.getFirst().recycled).hasValue(1);
    }

    @Test
    void acquire_oneIdle_lendsItAgain() {
        Thing first;
        try (PooledConnection<Thing> lease = pool.acquire()) {
            first = lease.connection();
        }
        try (PooledConnection<Thing> lease = pool.acquire(Duration.ofSeconds(1))) {
            assertThat(lease.connection()).isSameAs(first);
        }
        assertThat(pool.metrics().counters())
                .containsEntry("pool.acquired", 2L)
                .containsEntry("pool.created", 1L);
    }

    @Test
    void acquire_allInUse_timesOutAndSaysWhy() {
        PooledConnection<Thing> a = pool.acquire();
        PooledConnection<Thing> b = pool.acquire();
        assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(20)))
                .isInstanceOfSatisfying(
                        PoolAcquireTimeoutException.class,
                        e -> {
                            assertThat(e.pool()).isEqualTo("things");
                            assertThat(e.timeout()).isEqualTo(Duration.ofMillis(20));
                            assertThat(e.inUse()).isEqualTo(2);
                            assertThat(e.maxSize()).isEqualTo(2);
                            assertThat(e.getCause()).isNull();
                        });
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO))
                .isInstanceOf(PoolAcquireTimeoutException.class);
        assertThat(pool.waiting()).isZero();
        assertThat(pool.metrics().counters()).containsEntry("pool.timeouts", 2L);
        a.close();
        b.close();
    }

    @Test
    void acquire_timeoutOutOfRange_isRefused() {
        assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(-1)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> pool.acquire(Duration.ofDays(366)))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> pool.acquire(null)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> pool.acquireAsync(Duration.ofDays(366)))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> pool.use(null)).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void acquire_manyWait_servesInOrderOfArrival() throws InterruptedException {
        PooledConnection<Thing> a = pool.acquire();
        PooledConnection<Thing> b = pool.acquire();
        BlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        List<Thread> borrowers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int me = i;
            Runnable body =
                    () ->
                            pool.use(thing -> {
                                assertThat(thing.users.incrementAndGet()).isEqualTo(1);
                                served.add(me);
                                thing.users.decrementAndGet();
                                return thing;
                            });
            borrowers.add(i % 2 == 0 ? Thread.ofVirtual().start(body) : platform(body));
            int expected = i + 1;
            await().until(() -> pool.waiting() == expected);
        }
        b.expire();
        b.close();
        a.close();
        for (Thread borrower : borrowers) {
            borrower.join();
        }
        assertThat(served).hasSize(20);
        assertThat(pool.metrics().histograms().get("pool.wait").count()).isGreaterThan(19);
    }

    @Test
    void acquire_oneObject_isHandedOnInOrder() {
        try (Pool<Thing> single = Pool.builder(new Things()).maxSize(1).build()) {
            PooledConnection<Thing> held = single.acquire();
            List<Integer> served = new ArrayList<>();
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int me = i;
                all.add(
                        single.acquireAsync()
                                .thenAccept(lease -> {
                                    served.add(me);
                                    lease.close();
                                }));
                assertThat(single.waiting()).isEqualTo(i + 1);
            }
            held.close();
            all.forEach(CompletableFuture::join);
            for (int i = 0; i < 50; i++) {
                assertThat(served.get(i)).isEqualTo(i);
            }
        }
    }

    @Test
    void acquire_interruptedWhileWaiting_leavesTheQueueWithTheFlagSet() throws Exception {
        PooledConnection<Thing> a = pool.acquire();
        PooledConnection<Thing> b = pool.acquire();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread waiter =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                pool.acquire().close();
                            } catch (PoolInterruptedException e) {
                                thrown.set(e);
                                flag.set(Thread.currentThread().isInterrupted());
                            }
                        });
        await().until(() -> pool.waiting() == 1);
        waiter.interrupt();
        waiter.join();
        assertThat(thrown.get()).isInstanceOf(PoolInterruptedException.class);
        assertThat(flag.get()).isTrue();
        assertThat(pool.waiting()).isZero();
        a.close();
        b.close();
        assertThat(pool.idle()).isEqualTo(2);
        assertThat(pool.metrics().counters()).containsEntry("pool.cancelled", 1L);
    }

    @Test
    void acquire_threadInterruptedBefore_getsAnIdleObjectWithTheFlagSet() {
        pool.acquire().close();
        Thread.currentThread().interrupt();
        try (PooledConnection<Thing> lease = pool.acquire()) {
            assertThat(lease.connection().number).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void tryAcquire_nothingIdle_createsOneForLater() {
        assertThat(pool.tryAcquire()).isEmpty();
        await().until(() -> pool.idle() == 1);
        Optional<PooledConnection<Thing>> lease = pool.tryAcquire();
        assertThat(lease).isPresent();
        assertThat(pool.tryAcquire()).isEmpty();
        await().until(() -> pool.idle() == 1);
        assertThat(pool.tryAcquire()).hasValueSatisfying(PooledConnection::close);
        assertThat(pool.size()).isEqualTo(2);
        lease.orElseThrow().close();
    }

    @Test
    void tryAcquire_somebodyWaits_getsNothing() throws InterruptedException {
        PooledConnection<Thing> a = pool.acquire();
        PooledConnection<Thing> b = pool.acquire();
        Thread waiter = Thread.ofVirtual().start(() -> pool.acquire().close());
        await().until(() -> pool.waiting() == 1);
        assertThat(pool.tryAcquire()).isEmpty();
        a.close();
        waiter.join();
        b.close();
    }

    @Test
    void close_aLeaseTwice_releasesOnce() {
        PooledConnection<Thing> lease = pool.acquire();
        assertThat(lease.isReleased()).isFalse();
        assertThat(lease).hasToString("lease of things#0");
        lease.close();
        lease.close();
        lease.expire();
        assertThat(lease.isReleased()).isTrue();
        assertThat(lease).hasToString("lease of things#0, closed");
        assertThat(things.created.getFirst().recycled).hasValue(1);
        assertThat(pool.idle()).isEqualTo(1);
        assertThatThrownBy(lease::connection).isInstanceOf(LeaseReleasedException.class);
    }

    @Test
    void close_anOldLease_leavesTheNewOneAlone() {
        PooledConnection<Thing> old = pool.acquire();
        old.close();
        PooledConnection<Thing> current = pool.acquire();
        old.close();
        old.expire();
        assertThat(pool.inUse()).isEqualTo(1);
        assertThat(current.isReleased()).isFalse();
        current.close();
        assertThat(pool.idle()).isEqualTo(1);
    }

    @Test
    void close_byAnotherThread_releases() throws InterruptedException {
        PooledConnection<Thing> lease = pool.acquire();
        Thread.ofPlatform().start(lease::close).join();
        assertThat(pool.idle()).isEqualTo(1);
        assertThat(lease.isReleased()).isTrue();
    }

    @Test
    void expire_atRelease_destroysAndMakesRoom() {
        PooledConnection<Thing> lease = pool.acquire();
        Thing broken = lease.connection();
        lease.expire();
        assertThat(broken.destroyed).hasValue(0);
        lease.close();
        await().until(() -> broken.destroyed.get() == 1);
        assertThat(broken.recycled).hasValue(0);
        assertThat(pool.size()).isZero();
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.broken", 1L);
        pool.acquire().close();
    }

    @Test
    void use_functionThrows_releases() {
        assertThatThrownBy(() ->
                        pool.use(thing -> {
                            throw new IllegalArgumentException("mine");
                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThat(pool.idle()).isEqualTo(1);
        assertThat(pool.<Integer, RuntimeException>use(thing -> thing.number)).isEqualTo(1);
    }

    @Test
    void build_withAMinimum_fillsItUnasked() {
        Things own = new Things();
        try (Pool<Thing> filled = Pool.builder(own).maxSize(8).minSize(5).build()) {
            await().atMost(10, SECONDS).until(() -> filled.idle() == 5);
            assertThat(filled.creating()).isZero();
            PooledConnection<Thing> lease = filled.acquire();
            lease.expire();
            lease.close();
            await().atMost(10, SECONDS).until(() -> filled.idle() == 5);
            assertThat(own.creations).hasValue(6);
        }
    }

    private static Thread platform(Runnable body) {
        return Thread.ofPlatform().start(body);
    }
}
