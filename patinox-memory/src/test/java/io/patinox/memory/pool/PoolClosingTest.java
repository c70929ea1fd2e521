package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.pool.Things.Thing;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PoolClosingTest {
    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final Pool<Thing> pool =
            Pool.builder(things).name("closing").maxSize(3).monitor(log).build();

    @Test
    void close_allIdle_destroysEverythingAndEndsTheThread() {
        List<PooledConnection<Thing>> leases =
                List.of(pool.acquire(), pool.acquire(), pool.acquire());
        leases.forEach(PooledConnection::close);
        await().until(() -> log.sources.contains(pool));
        pool.close();
        assertThat(pool.isClosed()).isTrue();
        assertThat(pool.size()).isZero();
        assertThat(things.destroyedOnce()).isEqualTo(3);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.closed", 3L);
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
        await().until(() -> log.sources.isEmpty());
        await().until(() -> threads("patinox-pool-closing").isEmpty());
    }

    @Test
    void close_twice_givesTheSameReport() {
        PoolCloseReport first = pool.close(Duration.ofSeconds(1));
        assertThat(first.complete()).isTrue();
        assertThat(first.pool()).isEqualTo("closing");
        assertThat(pool.close(Duration.ofSeconds(1))).isSameAs(first);
        pool.close();
        assertThatThrownBy(() -> pool.close(Duration.ofDays(366)))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void acquire_afterClose_failsTyped() {
        pool.close();
        assertThatThrownBy(pool::acquire).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO))
                .isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(pool::tryAcquire).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void close_someWait_failsThemAtOnceAndWaitsForTheBorrower() throws InterruptedException {
        List<PooledConnection<Thing>> held =
                List.of(pool.acquire(), pool.acquire(), pool.acquire());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiter =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                pool.acquire();
                            } catch (PoolClosedException e) {
                                thrown.set(e);
                            }
                        });
        await().until(() -> pool.waiting() == 1);
        CompletableFuture<PoolCloseReport> closing =
                CompletableFuture.supplyAsync(() -> pool.close(Duration.ofSeconds(30)));
        waiter.join();
        assertThat(thrown.get()).isInstanceOf(PoolClosedException.class);
        assertThat(closing).isNotDone();
        held.forEach(PooledConnection::close);
        PoolCloseReport report = closing.join();
        assertThat(report.complete()).isTrue();
        assertThat(report.waitersFailed()).isEqualTo(1);
        assertThat(things.destroyedOnce()).isEqualTo(3);
    }

    @Test
    void close_leaseStaysOut_isNamedAndDestroyedWhenItComesBack() {
        PooledConnection<Thing> held = pool.acquire();
        pool.acquire().close();
        PoolCloseReport report = pool.close(Duration.ofMillis(20));
        assertThat(report.complete()).isFalse();
        assertThat(report.abandoned())
                .singleElement()
                .asString()
                .startsWith("closing#0 held for 0 s by " + Thread.currentThread().getName());
        assertThat(held.connection().destroyed).hasValue(0);
        assertThat(pool.close(Duration.ZERO)).isSameAs(report);
        Thing last = held.connection();
        held.close();
        await().until(() -> last.destroyed.get() == 1);
        assertThat(pool.size()).isZero();
    }

    @Test
    void close_interrupted_stopsWaitingAndKeepsTheFlag() {
        PooledConnection<Thing> held = pool.acquire();
        Thread.currentThread().interrupt();
        PoolCloseReport report = pool.close(Duration.ofMinutes(5));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.abandoned()).hasSize(1);
        held.close();
        await().until(() -> things.destroyedOnce() == 1);
    }

    @Test
    void close_creationUnderWay_destroysWhatItBrings() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    begun.countDown();
                    boolean waiting = true;
                    while (waiting) {
                        try {
                            go.await();
                            waiting = false;
                        } catch (InterruptedException e) {
                            // a manager that doesn't care
                        }
                    }
                    return thing;
                };
        CompletableFuture<PooledConnection<Thing>> future = pool.acquireAsync();
        awaitQuietly(begun);
        PoolCloseReport report = pool.close(Duration.ofSeconds(5));
        assertThat(report.complete()).isTrue();
        assertThatThrownBy(future::join).hasCauseInstanceOf(PoolClosedException.class);
        go.countDown();
        await().until(() -> things.created.size() == 1 && things.destroyedOnce() == 1);
    }

    @Test
    void close_fromInsideACallback_doesNotHang() {
        things.onRecycle =
                thing -> {
                    pool.close(Duration.ofMillis(50));
                    return thing;
                };
        pool.acquire().close();
        assertThat(pool.isClosed()).isTrue();
        await().until(() -> things.destroyedOnce() == 1);
    }

    @Test
    void close_withNoTimeAtAll_stillDestroysEverything() {
        for (int i = 0; i < 20; i++) {
            Things own = new Things();
            CountDownLatch slow = new CountDownLatch(1);
            own.onDestroy =
                    thing -> {
                        slow.await();
                        return thing;
                    };
            Pool<Thing> hasty = Pool.builder(own).maxSize(4).minSize(4).build();
            await().until(() -> hasty.idle() == 4);
            hasty.close(Duration.ZERO);
            slow.countDown();
            await().until(() -> own.destroyedOnce() == 4);
            assertThat(own.creations).as("nothing is replaced while closing").hasValue(4);
        }
    }

    @Test
    void close_byManyAtOnce_destroysOnce() {
        pool.acquire().close();
        List<CompletableFuture<PoolCloseReport>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(CompletableFuture.supplyAsync(() -> pool.close(Duration.ofSeconds(10))));
        }
        PoolCloseReport first = all.getFirst().join();
        assertThat(all).allSatisfy(f -> assertThat(f.join()).isSameAs(first));
        assertThat(things.destroyedOnce()).isEqualTo(1);
    }

    @Test
    void registry_closed_closesThePoolAndItsObjects() {
        ResourceRegistry registry = ResourceRegistry.builder("house").build();
        Things own = new Things();
        Pool<Thing> owned = Pool.builder(own).name("owned").registry(registry).build();
        owned.acquire().close();
        assertThat(registry.balance().open()).isEqualTo(2);
        registry.close();
        assertThat(owned.isClosed()).isTrue();
        assertThat(own.destroyedOnce()).isEqualTo(1);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().cleaned()).isEqualTo(2);
    }

    @Test
    void close_aPoolOfARegistry_leavesTheRegistryOpen() {
        try (ResourceRegistry registry = ResourceRegistry.builder("house").build()) {
            Pool<Thing> owned = Pool.builder(new Things()).registry(registry).build();
            owned.acquire().close();
            owned.close();
            assertThat(registry.balance().open()).isZero();
            assertThat(registry.balance().cleaned()).isEqualTo(2);
        }
    }

    private static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
