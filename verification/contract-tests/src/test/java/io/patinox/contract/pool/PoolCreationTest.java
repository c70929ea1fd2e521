package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Claim: however creating goes wrong, the pool makes as many objects as are wanted and no more, it
/// never storms what is down, and whoever asked to be told at once is.
@ExtendWith(BrokenThreads.class)
@Timeout(60)
class PoolCreationTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    /// A back end that a test brings down and up; it counts the attempts that are under way.
    private static final class BackEnd extends Things {
        final AtomicInteger attempts = new AtomicInteger();
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        volatile Supplier<@Nullable Throwable> failure = () -> null;

        @Override
        @Nullable Thing creating() throws Exception {
            attempts.incrementAndGet();
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                Throwable thrown = failure.get();
                if (thrown instanceof Error error) {
                    throw error;
                }
                if (thrown != null) {
                    throw (Exception) thrown;
                }
                return super.creating();
            } finally {
                running.decrementAndGet();
            }
        }
    }

    /// What a creation may end with.
    enum End {
        CHECKED(() -> new IOException("refused")),
        UNCHECKED(() -> new IllegalStateException("refused")),
        INTERRUPTED(() -> new InterruptedException("by itself")),
        LINKAGE(() -> new NoClassDefFoundError("driver")),
        STACK(() -> new StackOverflowError("deep")),
        MEMORY(() -> new OutOfMemoryError("not really")),
        DEATH(Fault.Broken::new);

        private final Supplier<Throwable> made;

        End(Supplier<Throwable> made) {
            this.made = made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void create_endsBadly_isTheCauseAndThePoolLivesOn(End end) {
        BackEnd backEnd = new BackEnd();
        Throwable thrown = end.made.get();
        backEnd.failure = () -> thrown;
        Pool<Thing> pool = Pools.builder(backEnd).maxSize(2).createBackoff(SHORT, SHORT).build();
        assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(100)))
                .isInstanceOf(PoolAcquireTimeoutException.class)
                .hasCauseInstanceOf(PoolCreateException.class)
                .hasRootCause(thrown);
        assertThat(pool.creating()).isLessThanOrEqualTo(1);
        backEnd.failure = () -> null;
        Audit.wholeCapacity(pool);
        Audit.atRest(pool);
        Audit.closed(pool, backEnd);
    }

    /// The first so many attempts hang and heed nothing.
    private static final class Hanging extends Things {
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch healed = new CountDownLatch(1);
        private final int count;

        Hanging(int count) {
            this.count = count;
        }

        @Override
        @Nullable Thing creating() throws Exception {
            if (calls.incrementAndGet() <= count) {
                boolean waits = true;
                while (waits) {
                    try {
                        healed.await();
                        waits = false;
                    } catch (InterruptedException e) {
                        // not heeded
                    }
                }
            }
            return super.creating();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 12})
    void create_firstOnesHang_costTheirDeadlineAndNothingElse(int count) {
        Hanging manager = new Hanging(count);
        Pool<Thing> pool =
                Pools.builder(manager)
                        .maxSize(2)
                        .createTimeout(SHORT)
                        .createBackoff(Duration.ofMillis(1), Duration.ofMillis(1))
                        .build();
        pool.acquire(SOON).close();
        Audit.wholeCapacity(pool);
        Audit.atRest(pool);
        assertThat(pool.metrics().gauges().get("pool.stray-creations")).isEqualTo(count);
        manager.healed.countDown();
        eventually()
                .untilAsserted(() -> {
                    assertThat(pool.metrics().gauges().get("pool.stray-creations")).isZero();
                    assertThat(pool.metrics().counters().get("pool.create.too-late"))
                            .isEqualTo(count);
                });
        assertThat(pool.size()).isLessThanOrEqualTo(2);
        Audit.atRest(pool);
        Audit.closed(pool, manager);
    }

    /// The shape of HikariCP's spike: fifty at once, a creation takes far longer than a use.
    @ParameterizedTest
    @EnumSource
    void spike_fiftyAtOnceOnFiveObjects_endsWithFewMore(Threads.Kind kind)
            throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Things slow =
                new Things() {
                    @Override
                    @Nullable Thing creating() throws Exception {
                        if (begun.incrementAndGet() > 5) {
                            go.await();
                        }
                        return super.creating();
                    }
                };
        Pool<Thing> pool =
                Pools.builder(slow)
                        .minSize(5)
                        .maxSize(50)
                        .startTimeout(SOON)
                        .initialSize(5)
                        .build();
        Threads threads = new Threads(kind);
        CountDownLatch start = new CountDownLatch(1);
        threads.start(
                50,
                _ -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    pool.use(thing -> thing.note++);
                });
        start.countDown();
        threads.join();
        go.countDown();
        Audit.atRest(pool);
        assertThat(pool.size()).as("objects after the spike").isBetween(5, 7);
        assertThat(pool.metrics().counters().get("pool.acquired")).isEqualTo(50);
        Audit.closed(pool, slow);
    }

    @ParameterizedTest
    @EnumSource
    void outage_crowdAsksToBeToldAtOnce_isToldAndTheBackEndLeftAlone(Threads.Kind kind)
            throws InterruptedException {
        BackEnd backEnd = new BackEnd();
        EventLog log = new EventLog();
        Pool<Thing> pool =
                Pools.builder(backEnd)
                        .maxSize(8)
                        .createConcurrency(3)
                        .failFastAfter(3)
                        .createBackoff(Duration.ofMillis(2), SHORT)
                        .monitor(log)
                        .build();
        Audit.wholeCapacity(pool);
        backEnd.failure = () -> new IOException("refused");
        for (int i = 0; i < 8; i++) {
            try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                lease.expire();
            } catch (PoolUnavailableException e) {
                // the last of the eight is gone already
            }
        }
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        CountDownLatch seen = new CountDownLatch(200);
        Threads threads = new Threads(kind);
        threads.start(
                24,
                me -> {
                    while (served.get() < 500) {
                        try {
                            borrow(pool, me % 2 == 0);
                            served.incrementAndGet();
                        } catch (PoolUnavailableException e) {
                            refused.incrementAndGet();
                            seen.countDown();
                            // Without a pause, as the refusal advises one, this would be a spin
                            // that leaves no carrier to the thread that creates.
                            LockSupport.parkNanos(500_000);
                        }
                    }
                });
        assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
        eventually().until(() -> backEnd.running.get() == 0 && pool.size() == 0);
        backEnd.most.set(0);
        int before = backEnd.attempts.get();
        eventually().until(() -> backEnd.attempts.get() > before + 3);
        assertThat(backEnd.most).as("attempts at a time").hasValue(1);
        backEnd.most.set(0);
        backEnd.failure = () -> null;
        threads.join();
        assertThat(backEnd.most.get()).as("at a time after recovery").isLessThanOrEqualTo(3);
        assertThat(refused.get()).isGreaterThanOrEqualTo(200);
        eventually()
                .untilAsserted(() -> {
                    assertThat(log.of(MonitorEvent.PoolUnavailable.class)).isNotEmpty();
                    assertThat(log.of(MonitorEvent.PoolRecovered.class)).isNotEmpty();
                });
        assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
        Audit.wholeCapacity(pool);
        Audit.atRest(pool);
        Audit.closed(pool, backEnd);
    }

    private static void borrow(Pool<Thing> pool, boolean blocking) {
        if (blocking) {
            pool.acquire(SOON).close();
            return;
        }
        try {
            pool.acquireAsync(SOON).join().close();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PoolUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    /// A back end that is well half of the time, and refused borrowers that ask again: whatever
    /// meets whatever, nobody hangs and nothing is lost.
    @Test
    void outage_beginsAndEndsAllTheTime_nobodyHangs() throws InterruptedException {
        BackEnd backEnd = new BackEnd();
        AtomicInteger turn = new AtomicInteger();
        backEnd.failure = () -> turn.incrementAndGet() % 4 < 2 ? new IOException("refused") : null;
        Pool<Thing> pool =
                Pools.builder(backEnd)
                        .maxSize(3)
                        .failFastAfter(1)
                        .createBackoff(Duration.ofMillis(1), Duration.ofMillis(1))
                        .build();
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                16,
                me -> {
                    for (int i = 0; i < 60; i++) {
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                            lease.expire();
                        } catch (PoolUnavailableException e) {
                            assertThat(e).hasCauseInstanceOf(IOException.class);
                        }
                    }
                });
        threads.join();
        backEnd.failure = () -> null;
        eventually().until(() -> pool.health().status() == Health.Status.UP);
        Audit.wholeCapacity(pool);
        Audit.atRest(pool);
        Audit.closed(pool, backEnd);
    }

    @Test
    void start_backEndDown_failsWithTheCauseAndLeavesNothing() {
        BackEnd backEnd = new BackEnd();
        backEnd.failure = () -> backEnd.created.size() == 1 ? new IOException("refused") : null;
        assertThatThrownBy(() ->
                        Pools.builder(backEnd)
                                .initialSize(2)
                                .startTimeout(Duration.ofMillis(100))
                                .build())
                .isInstanceOf(PoolCreateException.class)
                .hasCauseInstanceOf(IOException.class);
        eventually().until(() -> backEnd.running.get() == 0);
        Audit.destroyedOnce(backEnd);
    }

    @Test
    void health_everythingHangs_isAnsweredWithAllReasons() throws InterruptedException {
        CountDownLatch healed = new CountDownLatch(1);
        Things stuck =
                new Things() {
                    @Override
                    @Nullable Thing creating() {
                        hang(healed);
                        return new Thing();
                    }
                };
        Pool<Thing> pool =
                Pools.builder(stuck)
                        .maxSize(4)
                        .createTimeout(Duration.ofMillis(1))
                        .createBackoff(Duration.ofMillis(1), Duration.ofMillis(1))
                        .monitor(event -> hang(healed))
                        .build();
        Threads waiting = new Threads(Threads.Kind.VIRTUAL);
        waiting.start(4, _ -> pool.acquire(SOON).close());
        eventually()
                .untilAsserted(() -> {
                    Health health = pool.health();
                    assertThat(health.status()).isEqualTo(Health.Status.DOWN);
                    assertThat(health.reasons())
                            .extracting(Health.Reason::code)
                            .contains("POOL-UNAVAILABLE", "POOL-CREATE-TIMEOUT");
                });
        assertThat(pool.advice().sentence()).isNotBlank();
        assertThat(pool.metrics().gauges().get("pool.waiting")).isEqualTo(4);
        healed.countDown();
        waiting.join();
        Audit.atRest(pool);
        Audit.closed(pool, stuck);
    }

    private static void hang(CountDownLatch healed) {
        boolean waits = true;
        while (waits) {
            try {
                healed.await();
                waits = false;
            } catch (InterruptedException e) {
                // not heeded
            }
        }
    }
}
