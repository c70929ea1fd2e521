package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PoolEviction;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: objects that have become stale, all at once or one by one, are replaced without a storm,
/// and nobody gets one that is known to be stale.
@Timeout(60)
class BadDayLifeTest {
    /// A back end that fails over: what was opened before leads to a server that only reads.
    private static final class FailingOver extends Things {
        final AtomicInteger opening = new AtomicInteger();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        volatile int primary = 1;

        @Override
        Thing creating() {
            mostAtOnce.accumulateAndGet(opening.incrementAndGet(), Math::max);
            Thing thing = new Thing();
            thing.note = primary;
            Thread.yield();
            opening.decrementAndGet();
            return thing;
        }
    }

    @ParameterizedTest
    @EnumSource
    void failover_oldPrimaryOnlyReads_allThatLedThereGoWithoutAStorm(Threads.Kind kind)
            throws InterruptedException {
        FailingOver manager = new FailingOver();
        Scene scene = new Scene(kind, manager, builder -> builder.maxSize(20).createConcurrency(3));
        Pool<Thing> pool = scene.pool;
        Audit.wholeCapacity(pool);
        manager.mostAtOnce.set(0);
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(pool.acquire(SOON));
        }
        manager.primary = 2;
        PoolEviction evicted = pool.softEvictAll();
        assertThat(evicted).isEqualTo(new PoolEviction(pool.name(), 15, 5, 0));
        scene.threads.start(
                30,
                me -> {
                    for (int i = 0; i < 20; i++) {
                        long server = pool.use(thing -> thing.note);
                        assertThat(server).isEqualTo(2);
                    }
                });
        held.forEach(PooledConnection::close);
        scene.threads.join();
        assertThat(manager.mostAtOnce).hasValueLessThanOrEqualTo(3);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.evicted", 20L);
        assertThat(manager.created.stream().filter(thing -> thing.note == 1))
                .hasSize(20)
                .allSatisfy(thing -> assertThat(thing.users).hasValue(0));
        scene.endsWell();
    }

    /// Opens with the credentials of the day.
    private static final class Credentials extends Things {
        private final String password;
        private final Set<String> valid;

        Credentials(String password, Set<String> valid) {
            this.password = password;
            this.valid = valid;
        }

        @Override
        Thing creating() {
            if (!valid.contains(password)) {
                throw new IllegalStateException("refused");
            }
            return new Thing();
        }
    }

    @ParameterizedTest
    @EnumSource
    void credentials_rotatedUnderLoad_oldOnesAreRevokedWhenNobodyUsesThem(Threads.Kind kind)
            throws InterruptedException {
        Set<String> valid = ConcurrentHashMap.newKeySet();
        valid.add("old");
        Credentials old = new Credentials("old", valid);
        Credentials next = new Credentials("next", valid);
        Pool<Thing> pool = Pools.builder(old).name("rotated").maxSize(6).build();
        AtomicInteger turns = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Threads threads = new Threads(kind);
        threads.start(
                12,
                me -> {
                    while (!done.get()) {
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                            turns.incrementAndGet();
                        }
                    }
                });
        eventually().until(() -> turns.get() > 500);
        valid.add("next");
        CompletableFuture<Void> gone = pool.switchManager(next);
        eventually().until(gone::isDone);
        valid.remove("old");
        Audit.destroyedOnce(old);
        int before = turns.get();
        eventually().until(() -> turns.get() > before);
        done.set(true);
        threads.join();
        assertThat(next.created).isNotEmpty();
        assertThat(pool.metrics().counters()).containsEntry("pool.create.failed", 0L);
        Audit.atRest(pool);
        Audit.closed(pool, next);
    }

    @ParameterizedTest
    @EnumSource
    void expiry_ofAThousandMadeTogether_isSpreadAndLimited(Threads.Kind kind)
            throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        FailingOver manager = new FailingOver();
        Scene scene =
                new Scene(
                        kind,
                        manager,
                        builder ->
                                builder.ticker(ticker)
                                        .minSize(1_000)
                                        .maxSize(1_000)
                                        .createTimeout(Duration.ofDays(1))
                                        .createConcurrency(4)
                                        .validationBypass(Duration.ofDays(1))
                                        .keepaliveInterval(Duration.ZERO)
                                        .idleTimeout(Duration.ZERO)
                                        .maxLifetime(Duration.ofHours(1)));
        Pool<Thing> pool = scene.pool;
        eventually().until(() -> pool.idle() == 1_000);
        ticker.advance(Duration.ofMinutes(53));
        long most = 0;
        long before = 0;
        // Eight minutes in which all of them expire, in steps as the keeper sees them.
        for (int step = 0; step < 48; step++) {
            ticker.advance(Duration.ofSeconds(10));
            int soFar = step;
            eventually().until(() -> pool.metrics().counters().get("pool.created") >= 1_000);
            scene.threads.start(() -> pool.use(thing -> thing.note + soFar));
            scene.threads.join();
            long now = pool.metrics().counters().get("pool.retired.lifetime");
            most = Math.max(most, now - before);
            before = now;
        }
        assertThat(most).as("retired in one step").isLessThan(200);
        assertThat(manager.mostAtOnce).hasValueLessThanOrEqualTo(4);
        pool.resize(0, 2);
        scene.endsWell();
    }

    @ParameterizedTest
    @EnumSource
    void halfOpen_afterALongIdleTime_isFoundBeforeAnybodyComes(Threads.Kind kind)
            throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        Fault.Faulty manager = new Fault.Faulty(Fault.Call.VALIDATE, Fault.SAYS_NO);
        Scene scene =
                new Scene(
                        kind,
                        manager,
                        builder ->
                                builder.ticker(ticker)
                                        .maxSize(8)
                                        .idleTimeout(Duration.ZERO)
                                        .keepaliveInterval(Duration.ofMinutes(2)));
        Audit.wholeCapacity(scene.pool);
        List<Thing> dead = List.copyOf(manager.created);
        manager.active = true;
        ticker.advance(Duration.ofMinutes(2));
        eventually()
                .until(() -> {
                    ticker.advance(Duration.ofMillis(500));
                    return scene.pool.size() == 0;
                });
        manager.active = false;
        scene.threads.start(
                8, me -> assertThat(scene.pool.<Thing, RuntimeException>use(t -> t)).isNotIn(dead));
        scene.threads.join();
        manager.heal();
        scene.endsWell();
    }

    @ParameterizedTest
    @EnumSource
    void close_whileSaturated_failsWaitersAndWaitsForBorrowers(Threads.Kind kind)
            throws InterruptedException {
        Things things = new Things();
        Pool<Thing> pool = Pools.builder(things).maxSize(4).build();
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(pool.acquire(SOON));
        }
        AtomicInteger refused = new AtomicInteger();
        Threads threads = new Threads(kind);
        threads.start(
                50,
                me -> {
                    try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                        throw new AssertionError("served by a closing pool: " + lease);
                    } catch (PoolClosedException e) {
                        refused.incrementAndGet();
                    }
                });
        eventually().until(() -> pool.waiting() == 50);
        pool.resize(2);
        Threads closer = new Threads(kind);
        List<PoolCloseReport> reports = new ArrayList<>();
        closer.start(() -> reports.add(pool.close(SOON)));
        threads.join();
        assertThat(refused).hasValue(50);
        held.forEach(lease -> lease.connection().touch());
        held.forEach(PooledConnection::close);
        closer.join();
        assertThat(reports.getFirst().complete()).isTrue();
        assertThat(reports.getFirst().waitersFailed()).isEqualTo(50);
        Audit.destroyedOnce(things);
    }
}
