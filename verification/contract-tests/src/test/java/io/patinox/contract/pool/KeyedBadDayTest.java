package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Claim: the bad day of one key is not the bad day of the others.
class KeyedBadDayTest {
    /// Keys that begin with "dead" can't be had.
    private static final class HalfDead extends KeyedThings<String> {
        final CountDownLatch healed = new CountDownLatch(1);
        private final boolean hangs;

        HalfDead(boolean hangs) {
            this.hangs = hangs;
        }

        @Override
        @Nullable Thing creating(String key) throws Exception {
            if (key.startsWith("dead") && healed.getCount() > 0) {
                if (hangs) {
                    healed.await();
                }
                throw new IOException("no route to " + key);
            }
            return super.creating(key);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void create_manyKeysAreDead_othersGetWhatTheyNeed(boolean hangs) throws Exception {
        HalfDead manager = new HalfDead(hangs);
        KeyedPool<String, Thing> pool =
                KeyedAudit.builder(manager)
                        .maxTotal(8)
                        .keyPasses(0)
                        .eachKey(each -> each.createTimeout(Duration.ofMillis(20)))
                        .build();
        List<CompletableFuture<PooledConnection<Thing>>> hopeless = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            hopeless.add(pool.acquireAsync("dead" + i % 20, SOON));
        }
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                16,
                me -> {
                    for (int i = 0; i < 30; i++) {
                        pool.acquire("alive" + me % 4, SOON).close();
                    }
                });
        threads.join();
        assertThat(hopeless).noneMatch(CompletableFuture::isDone);
        assertThat(pool.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(pool.health().toString()).doesNotContain("dead");
        manager.healed.countDown();
        hopeless.stream()
                .map(waiter -> waiter.thenAccept(PooledConnection::close))
                .toList()
                .forEach(CompletableFuture::join);
        eventually().until(() -> pool.health().status() == Health.Status.UP);
        KeyedAudit.atRest(pool, manager);
        KeyedAudit.wholeRoom(pool, "alive0");
        KeyedAudit.closed(pool, manager);
    }

    @Test
    void acquire_itsKeyIsDead_saysWhy() {
        HalfDead manager = new HalfDead(false);
        KeyedPool<String, Thing> pool = KeyedAudit.builder(manager).name("half").build();
        pool.acquire("alive", SOON).close();
        assertThatThrownBy(() -> pool.acquire("dead", Duration.ofMillis(30)))
                .isInstanceOf(PoolAcquireTimeoutException.class)
                .hasMessageContaining("half")
                .rootCause()
                .hasMessage("no route to dead");
        pool.acquire("alive", SOON).close();
        KeyedAudit.closed(pool, manager);
    }

    @Test
    void destroy_hangs_keepsItsRoomAndNothingElse() {
        CountDownLatch healed = new CountDownLatch(1);
        KeyedThings<String> things =
                new KeyedThings<>() {
                    @Override
                    void destroying(String key, Thing thing) throws Exception {
                        if (key.equals("sticky")) {
                            healed.await();
                        }
                    }
                };
        KeyedPool<String, Thing> pool = KeyedAudit.builder(things).maxTotal(2).build();
        pool.acquire("sticky", SOON).close();
        pool.acquire("a", SOON).close();
        // Makes room for "b", as the least recently used: and doesn't go.
        CompletableFuture<PooledConnection<Thing>> waiter = pool.acquireAsync("b", SOON);
        pool.acquire("a", SOON).close();
        assertThat(things.most).hasValue(2);
        healed.countDown();
        waiter.join().close();
        assertThat(things.most).hasValue(2);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
    }

    @ParameterizedTest
    @EnumSource
    void acquire_interruptedInLine_leavesAndOthersGoOn(Threads.Kind kind) throws Exception {
        KeyedThings<String> things = new KeyedThings<>();
        KeyedPool<String, Thing> pool = KeyedAudit.builder(things).maxTotal(1).keyPasses(0).build();
        PooledConnection<Thing> held = pool.acquire("a", SOON);
        Threads threads = new Threads(kind);
        AtomicInteger interrupted = new AtomicInteger();
        Thread borrower =
                threads.start(() -> {
                    try {
                        pool.acquire("b", SOON).close();
                    } catch (PoolInterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                });
        eventually().until(() -> pool.waiting("b") == 1);
        CompletableFuture<PooledConnection<Thing>> next = pool.acquireAsync("c", SOON);
        borrower.interrupt();
        threads.join();
        held.close();
        next.join().close();
        assertThat(interrupted).hasValue(1);
        assertThat(things.created).as("none was made for who left").hasSize(2);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
    }

    @Test
    void close_saturated_failsWaitersAndReportsHolders() {
        KeyedThings<String> things = new KeyedThings<>();
        KeyedPool<String, Thing> pool = KeyedAudit.builder(things).maxTotal(2).build();
        PooledConnection<Thing> a = pool.acquire("a", SOON);
        PooledConnection<Thing> b = pool.acquire("b", SOON);
        List<CompletableFuture<PooledConnection<Thing>>> waiters =
                List.of(pool.acquireAsync("a"), pool.acquireAsync("c"), pool.acquireAsync("d"));
        PoolCloseReport report = pool.close(Duration.ofMillis(20));
        assertThat(report.waitersFailed()).isEqualTo(3);
        assertThat(report.abandoned()).hasSize(2);
        assertThat(waiters)
                .allSatisfy(waiter ->
                        assertThat(waiter)
                                .failsWithin(SOON)
                                .withThrowableThat()
                                .withCauseInstanceOf(PoolClosedException.class));
        assertThatThrownBy(() -> pool.acquire("a")).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.acquire("new")).isInstanceOf(PoolClosedException.class);
        assertThat(pool.acquireAsync("new")).isCompletedExceptionally();
        assertThatThrownBy(() -> pool.tryAcquire("a")).isInstanceOf(PoolClosedException.class);
        a.close();
        b.close();
        eventually().until(() -> things.present.get() == 0);
        assertThat(pool.close(SOON)).isEqualTo(report);
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
    }
}
