package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolScaleTest {
    private final Things things = new Things();

    @Test
    void pool_aThousandObjects_lendsThemAllAndTakesThemBack() throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(1_000).createConcurrency(100).build();
        Audit.wholeCapacity(pool);
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                2_000,
                me -> {
                    for (int i = 0; i < 10; i++) {
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                            Thread.yield();
                        }
                    }
                });
        threads.join();
        Audit.atRest(pool);
        assertThat(pool.metrics().counters()).containsEntry("pool.timeouts", 0L);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, things);
        assertThat(things.created).hasSize(1_000);
    }

    @Test
    void pool_tenThousandVirtualThreadsOnEightObjects_servesEveryone() throws Exception {
        Pool<Thing> pool =
                Pools.builder(things).maxSize(8).acquireTimeout(Duration.ofMinutes(1)).build();
        LongAdder served = new LongAdder();
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        threads.start(
                10_000,
                me -> {
                    try (PooledConnection<Thing> lease = pool.acquire()) {
                        lease.connection().touch();
                        Thread.yield();
                        served.increment();
                    }
                });
        threads.join();
        assertThat(served.sum()).isEqualTo(10_000);
        Audit.atRest(pool);
        Audit.closed(pool, things);
        assertThat(things.created).hasSizeLessThanOrEqualTo(8);
    }

    /// One object goes round while half of the crowd is served, so that there is one right order;
    /// then the others join it.
    @Test
    void pool_aHundredThousandVirtualThreadsWait_servesThemInOrder() throws Exception {
        Pool<Thing> pool =
                Pools.builder(things)
                        .maxSize(64)
                        .createConcurrency(64)
                        .acquireTimeout(Duration.ofMinutes(1))
                        .validationBypass(Duration.ofDays(1))
                        .build();
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            held.add(pool.acquire(SOON));
        }
        int crowd = 100_000;
        Queue<Integer> served = new ConcurrentLinkedQueue<>();
        CountDownLatch half = new CountDownLatch(crowd / 2);
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        for (int i = 0; i < crowd; i++) {
            int place = i;
            threads.start(() -> {
                try (PooledConnection<Thing> lease = pool.acquire()) {
                    lease.connection().touch();
                    served.add(place);
                    half.countDown();
                }
            });
            while (pool.waiting() <= place) {
                Thread.onSpinWait();
            }
        }
        held.removeLast().close();
        half.await();
        held.forEach(PooledConnection::close);
        threads.join();
        assertThat(served.stream().limit(crowd / 2))
                .containsExactlyElementsOf(IntStream.range(0, crowd / 2).boxed().toList());
        assertThat(served).hasSize(crowd);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }
}
