package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Claim: whatever a crowd does to a pool whose manager is unreliable, in the end all objects are
/// accounted for. The seed of a failed run stands in the failure.
@Timeout(60)
class PoolRandomOperationsTest {
    private static final Duration SHORT = Duration.ofMillis(2);

    /// Fails a small share of all calls.
    private static final class Moody extends Things {
        volatile boolean moody = true;

        private void mood(int oneIn) throws IOException {
            if (moody && ThreadLocalRandom.current().nextInt(oneIn) == 0) {
                throw new IOException("in a mood");
            }
        }

        @Override
        @Nullable Thing creating() throws Exception {
            mood(5);
            return super.creating();
        }

        @Override
        boolean validating(Thing thing) throws Exception {
            mood(20);
            return true;
        }

        @Override
        void recycling(Thing thing) throws Exception {
            mood(50);
        }

        @Override
        void destroying(Thing thing) throws Exception {
            mood(20);
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 3, PLATFORM", "64, 5, VIRTUAL", "64, 45, VIRTUAL"})
    void pool_randomOperations_keepsEveryObject(int crowd, int maxSize, Threads.Kind kind)
            throws InterruptedException {
        long seed = ThreadLocalRandom.current().nextLong();
        Moody things = new Moody();
        Pool<Thing> pool =
                Pools.builder(things)
                        .maxSize(maxSize)
                        .minSize(1)
                        .createConcurrency(3)
                        .acquireTimeout(SHORT)
                        .validationBypass(Duration.ZERO)
                        .build();
        try {
            Threads threads = new Threads(kind);
            threads.start(crowd, me -> play(pool, new Random(seed + me)));
            threads.join();
            things.moody = false;
            // Not the order: whoever is granted an object that proves invalid queues again, and may
            // find that somebody behind it was served meanwhile. The pool counts that.
            Audit.balanced(pool);
            Audit.wholeCapacity(pool);
            Audit.balanced(pool);
            Audit.closed(pool, things);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void play(Pool<Thing> pool, Random random) {
        Deque<PooledConnection<Thing>> held = new ArrayDeque<>();
        for (int i = 0; i < 60; i++) {
            try {
                step(pool, random, held);
            } catch (PoolAcquireTimeoutException e) {
                giveBack(held);
            } catch (PoolInterruptedException e) {
                Thread.interrupted();
            }
        }
        Thread.interrupted();
        giveBack(held);
    }

    private static void step(Pool<Thing> pool, Random random, Deque<PooledConnection<Thing>> held) {
        switch (random.nextInt(9)) {
            case 0 -> held.add(pool.acquire(SHORT));
            case 1 -> pool.tryAcquire().ifPresent(held::add);
            case 2 -> {
                var asked = pool.acquireAsync(SHORT);
                Thread.yield();
                if (!asked.cancel(false) && !asked.isCompletedExceptionally()) {
                    held.add(asked.join());
                }
            }
            case 3 -> pool.acquireAsync(SOON).thenAccept(PooledConnection::close);
            case 4 -> {
                PooledConnection<Thing> lease = held.poll();
                if (lease != null) {
                    lease.expire();
                    lease.close();
                }
            }
            case 5 -> Thread.currentThread().interrupt();
            case 6 -> pool.use(thing -> thing.users.get());
            default -> {
                PooledConnection<Thing> lease = held.poll();
                if (lease != null) {
                    lease.connection().touch();
                    lease.close();
                }
            }
        }
    }

    private static void giveBack(Deque<PooledConnection<Thing>> held) {
        held.forEach(PooledConnection::close);
        held.clear();
    }
}
