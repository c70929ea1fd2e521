package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Claim: of the objects that come back while a key that has none is next in line for room, at most
/// `keyPasses` go to others who wait. Counted one lease at a time, so there is one right answer.
class KeyedTurnsTest {
    private final KeyedThings<String> things = new KeyedThings<>();

    private KeyedPool<String, Thing> pool(int maxTotal, int keyPasses) {
        return KeyedAudit.builder(things)
                .maxTotal(maxTotal)
                .keyPasses(keyPasses)
                .eachKey(each ->
                        each.striping(Pools.STRIPING).validationBypass(Duration.ofDays(1)))
                .build();
    }

    /// Hands objects of "a" from one who waits to the next until "b" has got one.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 16})
    void release_anotherKeyHasNothing_makesRoomAfterSoManyPasses(int keyPasses) {
        KeyedPool<String, Thing> pool = pool(2, keyPasses);
        Deque<PooledConnection<Thing>> out = new ArrayDeque<>();
        out.add(pool.acquire("a", SOON));
        out.add(pool.acquire("a", SOON));
        Deque<CompletableFuture<PooledConnection<Thing>>> queue = new ArrayDeque<>();
        for (int i = 0; i < keyPasses + 5; i++) {
            queue.add(pool.acquireAsync("a", SOON));
        }
        CompletableFuture<PooledConnection<Thing>> other = pool.acquireAsync("b", SOON);
        for (int pass = 0; pass < keyPasses; pass++) {
            out.remove().close();
            out.add(queue.remove().join());
            assertThat(other).isNotDone();
        }
        out.remove().close();
        PooledConnection<Thing> served = other.join();
        assertThat(things.keys.get(served.connection())).isEqualTo("b");
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.moved", 1L);
        out.forEach(PooledConnection::close);
        served.close();
        queue.forEach(waiter -> waiter.thenAccept(PooledConnection::close).join());
        end(pool, 2);
    }

    @Test
    void release_manyKeysHaveNothing_servesThemInTurn() {
        KeyedPool<String, Thing> pool = pool(1, 0);
        PooledConnection<Thing> lease = pool.acquire("first", SOON);
        List<CompletableFuture<PooledConnection<Thing>>> waiters = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (String key : List.of("a", "b", "c")) {
                waiters.add(pool.acquireAsync(key, SOON));
                int queued = waiters.size();
                eventually().until(() -> pool.waiting() == queued);
            }
        }
        for (CompletableFuture<PooledConnection<Thing>> next : waiters) {
            assertThat(next).isNotDone();
            lease.close();
            lease = next.join();
        }
        lease.close();
        end(pool, 1);
    }

    /// "a" has everything; then both want all they can get.
    @Test
    void release_bothWantMore_evensOutAndStops() throws Exception {
        KeyedPool<String, Thing> pool = pool(8, 0);
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            held.add(pool.acquire("a", SOON));
        }
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                64,
                me -> {
                    for (int i = 0; i < 30; i++) {
                        try (var lease = pool.acquire(me % 2 == 0 ? "a" : "b", SOON)) {
                            lease.connection().touch();
                            Thread.yield();
                        }
                    }
                });
        eventually().until(() -> pool.waiting() == 64);
        held.forEach(PooledConnection::close);
        eventually().until(() -> pool.size("a") == 4 && pool.size("b") == 4);
        threads.join();
        end(pool, 8);
        assertThat(things.created.size()).as("created").isLessThan(40);
    }

    @Test
    void acquire_othersAreIdle_takesTheRoomOfTheLeastRecentlyUsed() {
        ManualTicker ticker = new ManualTicker();
        KeyedPool<String, Thing> pool =
                KeyedAudit.builder(things).maxTotal(3).ticker(ticker).build();
        for (String key : List.of("a", "b", "c", "a")) {
            pool.acquire(key, SOON).close();
            long before = pool.metrics().counters().get("pool.acquired");
            ticker.advance(Duration.ofSeconds(1));
            eventually()
                    .untilAsserted(() -> {
                        // Moves the coarse clock: the keeper has seen the new time.
                        assertThat(before).isPositive();
                        assertThat(seen(pool)).isTrue();
                    });
        }
        pool.acquire("d", SOON).close();
        assertThat(pool.keys()).containsExactlyInAnyOrder("a", "c", "d");
        pool.acquire("e", SOON).close();
        assertThat(pool.keys()).containsExactlyInAnyOrder("a", "d", "e");
        end(pool, 3);
    }

    private static boolean seen(KeyedPool<String, Thing> pool) throws InterruptedException {
        Thread.sleep(0);
        return pool.waiting() == 0;
    }

    @Test
    void tryAcquire_othersAreIdle_getsOneAtALaterCall() {
        KeyedPool<String, Thing> pool = pool(1, 0);
        pool.acquire("a", SOON).close();
        assertThat(pool.tryAcquire("b")).isEmpty();
        eventually()
                .until(() -> {
                    var lease = pool.tryAcquire("b");
                    lease.ifPresent(PooledConnection::close);
                    return lease.isPresent();
                });
        end(pool, 1);
    }

    private void end(KeyedPool<String, Thing> pool, int total) {
        assertThat(things.most.get()).as("objects at a time").isLessThanOrEqualTo(total);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.wholeRoom(pool, "a");
        KeyedAudit.closed(pool, things);
    }
}
