package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Claim: keys that come and go lose no borrower and no object, whatever happens at once. The seed
/// of a failed run stands in the failure.
class KeyedRacesTest {
    private static final Duration SHORT = Duration.ofMillis(5);

    @ParameterizedTest
    @CsvSource({"16, 3, 12, PLATFORM", "64, 5, 40, VIRTUAL", "48, 20, 8, VIRTUAL"})
    void pool_randomOperations_keepsEveryObject(int crowd, int total, int keys, Threads.Kind kind)
            throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        KeyedThings<Integer> things =
                new KeyedThings<>() {
                    @Override
                    boolean validating(Integer key, Thing thing) {
                        return ThreadLocalRandom.current().nextInt(20) > 0;
                    }
                };
        KeyedPool<Integer, Thing> pool =
                KeyedAudit.builder(things)
                        .maxTotal(total)
                        .maxPerKey(3)
                        .keyPasses(2)
                        .eachKey(each ->
                                each.striping(Pools.STRIPING).validationBypass(Duration.ZERO))
                        .build();
        Threads threads = new Threads(kind);
        threads.start(
                crowd,
                me -> {
                    Random random = new Random(seed + me);
                    for (int i = 0; i < 30; i++) {
                        act(pool, random.nextInt(keys), random);
                    }
                });
        threads.join();
        assertThat(things.most.get()).as("seed %d", seed).isLessThanOrEqualTo(total);
        KeyedAudit.atRest(pool, things);
        for (int key = 0; key < keys; key++) {
            pool.acquire(key, SOON).close();
        }
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
    }

    /// Closes the pool at a random moment, while keys come and go.
    @RepeatedTest(20)
    void close_whileKeysComeAndGo_losesNothing() throws Exception {
        KeyedThings<Integer> things = new KeyedThings<>();
        KeyedPool<Integer, Thing> pool = KeyedAudit.builder(things).maxTotal(2).build();
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(8);
        threads.start(
                8,
                me -> {
                    Random random = new Random();
                    while (refused.get() < 1 + me) {
                        begun.countDown();
                        try (var lease = pool.acquire(random.nextInt(10), SOON)) {
                            lease.connection().touch();
                        } catch (PoolClosedException e) {
                            refused.incrementAndGet();
                        }
                    }
                });
        begun.await();
        assertThat(pool.close(SOON).abandoned()).isEmpty();
        threads.join();
        assertThat(things.most.get()).isLessThanOrEqualTo(2);
        Audit.eventually().until(() -> things.present.get() == 0);
        assertThat(things.created).allSatisfy(thing -> assertThat(thing.destroyed).hasValue(1));
    }

    private static void act(KeyedPool<Integer, Thing> pool, int key, Random random) {
        try {
            switch (random.nextInt(5)) {
                case 0 -> pool.tryAcquire(key).ifPresent(PooledConnection::close);
                case 1 -> {
                    CompletableFuture<PooledConnection<Thing>> asked = pool.acquireAsync(key);
                    // What has arrived before it was cancelled is the caller's.
                    if (random.nextBoolean() || !asked.cancel(false)) {
                        asked.thenAccept(PooledConnection::close).join();
                    }
                }
                case 2 -> {
                    try (var lease = pool.acquire(key, SHORT)) {
                        lease.connection().touch();
                        lease.expire();
                    }
                }
                case 3 -> pool.use(key, thing -> thing.note++);
                default -> pool.acquire(key, SHORT).close();
            }
        } catch (PatinoxException | CompletionException expected) {
            // Too late; what counts is the state afterwards.
        }
    }
}
