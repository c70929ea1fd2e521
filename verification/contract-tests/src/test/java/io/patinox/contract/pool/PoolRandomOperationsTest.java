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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Claim: whatever a crowd does to a pool whose manager is unreliable, in the end all objects are
/// accounted for. The seed of a failed run stands in the failure.
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class PoolRandomOperationsTest {
    /// After each phase everything is checked. A phase takes 60 operations of each of the crowd.
    private static final int PHASES = Integer.getInteger("patinox.phases", 2);

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
            for (int phase = 0; phase < PHASES; phase++) {
                int from = phase * crowd;
                things.moody = true;
                Threads threads = new Threads(kind);
                threads.start(crowd, me -> play(pool, new Random(seed + from + me)));
                threads.join();
                things.moody = false;
                Audit.atRest(pool);
                Audit.wholeCapacity(pool);
                Audit.atRest(pool);
            }
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
