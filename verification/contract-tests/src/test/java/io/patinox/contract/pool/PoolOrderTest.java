package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: nobody whose acquire began after you were queued is served before you.
class PoolOrderTest {
    private static final int THREADS = 64;
    private static final int OBJECTS = 4;
    private static final int MANY = 100_000;

    private final Things things = new Things();
    private final Pool<Thing> pool =
            Pools.builder(things).maxSize(OBJECTS).validationBypass(Duration.ofDays(1)).build();

    private record Served(int place, PooledConnection<Thing> lease) {}

    /// Each begins when the one before is known to be queued, and one object at a time comes back:
    /// so there is one right order. Blocking and asynchronous borrowers take turns in the queue.
    @ParameterizedTest
    @EnumSource
    void acquire_queuedOneByOne_isServedInExactlyThatOrder(Threads.Kind kind) throws Exception {
        Deque<PooledConnection<Thing>> out = new ArrayDeque<>();
        for (int i = 0; i < OBJECTS; i++) {
            out.add(pool.acquire(SOON));
        }
        BlockingQueue<Served> served = new LinkedBlockingQueue<>();
        Threads threads = new Threads(kind);
        for (int i = 0; i < THREADS; i++) {
            int place = i;
            if (place % 3 == 2) {
                var _ = pool.acquireAsync(SOON).thenAccept(l -> served.add(new Served(place, l)));
            } else {
                threads.start(() -> served.add(new Served(place, pool.acquire(SOON))));
            }
            eventually().until(() -> pool.waiting() == place + 1);
        }
        for (int i = 0; i < THREADS; i++) {
            out.remove().close();
            Served next = served.poll(20, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            assertThat(next.place()).isEqualTo(i);
            out.add(next.lease());
        }
        threads.join();
        out.forEach(PooledConnection::close);
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @ParameterizedTest
    @EnumSource
    void acquire_manyThreadsFewObjects_nobodyIsOvertaken(Threads.Kind kind) throws Exception {
        OrderJudge judge = new OrderJudge();
        Threads threads = new Threads(kind);
        threads.start(
                THREADS,
                me -> {
                    Lending lending = Lending.of(pool, me % 4 == 0);
                    for (int i = 0; i < 200; i++) {
                        judge.borrow(lending);
                    }
                });
        threads.join();
        assertThat(judge.queued()).as("known to have queued").isPositive();
        assertThat(judge.overtaken()).isZero();
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    /// Each object is validated before each lease, and often found to be bad.
    @ParameterizedTest
    @EnumSource
    void acquire_manyObjectsProveInvalid_nobodyIsOvertaken(Threads.Kind kind) throws Exception {
        Things unreliable =
                new Things() {
                    @Override
                    boolean validating(Thing thing) {
                        return ThreadLocalRandom.current().nextInt(4) > 0;
                    }
                };
        Pool<Thing> doubting =
                Pools.builder(unreliable).maxSize(OBJECTS).validationBypass(Duration.ZERO).build();
        OrderJudge judge = new OrderJudge();
        Threads threads = new Threads(kind);
        threads.start(
                THREADS,
                me -> {
                    Lending lending = Lending.of(doubting, me % 4 == 0);
                    for (int i = 0; i < 20; i++) {
                        judge.borrow(lending);
                    }
                });
        threads.join();
        assertThat(judge.queued()).as("known to have queued").isPositive();
        assertThat(judge.overtaken()).isZero();
        Audit.atRest(doubting);
        Audit.closed(doubting, unreliable);
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void acquire_overtakingAllowed_showsSomeAndServesEverybody(Threads.Kind kind) throws Exception {
        Things plenty = new Things();
        Pool<Thing> lax = Pools.builder(plenty).maxSize(2).maxOvertaking(1_000).build();
        Threads threads = new Threads(kind);
        threads.start(
                16,
                me -> {
                    for (int i = 0; i < 1_000 || (i < MANY && overtakings(lax) == 0); i++) {
                        if (me == 0) {
                            lax.acquireAsync(SOON).join().close();
                        } else {
                            lax.use(thing -> thing.note++);
                        }
                    }
                });
        threads.join();
        assertThat(overtakings(lax)).isPositive();
        Audit.balanced(lax);
        Audit.wholeCapacity(lax);
        Audit.closed(lax, plenty);
        pool.close();
    }

    private static long overtakings(Pool<Thing> pool) {
        return pool.metrics().counters().getOrDefault("pool.overtakings", -1L);
    }

    @Test
    void judge_lastInFirstOut_seesWhoIsOvertaken() throws Exception {
        OrderJudge judge = new OrderJudge();
        Lending unfair = new Lending.LastInFirstOut(OBJECTS);
        Threads threads = new Threads(Threads.Kind.PLATFORM);
        threads.start(
                THREADS,
                me -> {
                    for (int i = 0; i < 200; i++) {
                        judge.borrow(unfair);
                    }
                });
        threads.join();
        assertThat(judge.overtaken()).isPositive();
        pool.close();
    }
}
