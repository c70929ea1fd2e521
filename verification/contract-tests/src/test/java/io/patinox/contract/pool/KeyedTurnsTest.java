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
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
                .eachKey(each -> each.striping(Pools.STRIPING).validationBypass(Duration.ofDays(1)))
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
        int[] served = new int[3];
        for (int left = waiters.size(); left > 0; left--) {
            assertThat(waiters).filteredOn(CompletableFuture::isDone).hasSize(9 - left);
            lease.close();
            lease = nextOf(waiters, served);
            // A key that still has somebody waiting is in line again a moment after it was served,
            // which may be the moment after that.
            assertThat(Arrays.stream(served).max().orElse(0))
                    .isLessThanOrEqualTo(Arrays.stream(served).min().orElse(0) + 2);
        }
        lease.close();
        end(pool, 1);
    }

    /// Waits for the next to be served, and counts it for its key.
    private PooledConnection<Thing> nextOf(
            List<CompletableFuture<PooledConnection<Thing>>> waiters, int[] served) {
        int before = Arrays.stream(served).sum();
        eventually()
                .until(() ->
                        waiters.stream().filter(CompletableFuture::isDone).count() == before + 1);
        for (int key = 0; key < 3; key++) {
            CompletableFuture<PooledConnection<Thing>> next =
                    served[key] < 3 ? waiters.get(3 * served[key] + key) : null;
            if (next != null && next.isDone()) {
                served[key]++;
                return next.join();
            }
        }
        throw new AssertionError("served out of turn within its key");
    }

    /// "a" has everything; then both want all they can get.
    @Test
    void release_bothWantMore_evensOutAndStops() throws Exception {
        KeyedPool<String, Thing> pool = pool(8, 0);
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            held.add(pool.acquire("a", SOON));
        }
        AtomicBoolean even = new AtomicBoolean();
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                64,
                me -> {
                    while (!even.get()) {
                        try (var lease = pool.acquire(me % 2 == 0 ? "a" : "b", SOON)) {
                            lease.connection().touch();
                            Thread.yield();
                        }
                    }
                });
        eventually().until(() -> pool.waiting() == 64);
        held.forEach(PooledConnection::close);
        try {
            eventually().until(() -> pool.size("a") == 4 && pool.size("b") == 4);
        } finally {
            even.set(true);
        }
        threads.join();
        end(pool, 8);
        assertThat(things.created.size()).as("created").isLessThan(200);
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
