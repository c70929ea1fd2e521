package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: a clock that jumps by a day, either way, ends waits at most, and loses nothing.
@Timeout(60)
class PoolClockTest {
    private enum Jumps {
        AHEAD,
        BACK,
        BOTH
    }

    private final AtomicLong shift = new AtomicLong();

    @ParameterizedTest
    @EnumSource
    void ticker_jumpsByADay_nothingIsLost(Jumps jumps) throws InterruptedException {
        Ticker jumping = () -> System.nanoTime() + shift.get();
        Things things = new Things();
        Pool<Thing> pool = Pools.builder(things).maxSize(3).ticker(jumping).build();
        AtomicInteger left = new AtomicInteger(16);
        AtomicInteger timedOut = new AtomicInteger();
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                16,
                me -> {
                    try {
                        for (int i = 0; i < 300; i++) {
                            borrow(pool, timedOut);
                        }
                    } finally {
                        left.decrementAndGet();
                    }
                });
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        while (left.get() > 0) {
            boolean ahead = jumps == Jumps.BOTH ? random.nextBoolean() : jumps == Jumps.AHEAD;
            shift.addAndGet((ahead ? 1 : -1) * Duration.ofDays(1).toNanos());
            Thread.yield();
        }
        threads.join();
        assertThat(timedOut.get()).as("seed " + seed).isLessThanOrEqualTo(16 * 300);
        shift.addAndGet(Duration.ofDays(1).toNanos());
        Audit.wholeCapacity(pool);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    private static void borrow(Pool<Thing> pool, AtomicInteger timedOut) {
        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
            lease.connection().touch();
            Thread.yield();
        } catch (PoolAcquireTimeoutException e) {
            timedOut.incrementAndGet();
        }
    }
}
