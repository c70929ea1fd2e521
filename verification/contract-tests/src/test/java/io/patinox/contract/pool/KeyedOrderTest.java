package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Lending.Loan;
import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: within a key the order is first in, first out, also while objects move between keys; no
/// key starves; and there are never more objects than the limit.
class KeyedOrderTest {
    private static final int THREADS = 64;
    private static final int KEYS = 8;
    private static final int TOTAL = 4;

    @ParameterizedTest
    @CsvSource({"PLATFORM, 0", "VIRTUAL, 0", "PLATFORM, 8", "VIRTUAL, 8"})
    void acquire_moreKeysThanObjects_servesEverybodyInTheOrderOfItsKey(
            Threads.Kind kind, int keyPasses) throws Exception {
        KeyedThings<Integer> things = new KeyedThings<>(false);
        KeyedPool<Integer, Thing> pool =
                KeyedAudit.builder(things).maxTotal(TOTAL).keyPasses(keyPasses).build();
        List<OrderJudge> judges =
                IntStream.range(0, KEYS).mapToObj(key -> new OrderJudge()).toList();
        Threads threads = new Threads(kind);
        threads.start(
                THREADS,
                me -> {
                    int key = me % KEYS;
                    Lending lending = lending(pool, key, me % 16 < KEYS);
                    for (int i = 0; i < 40; i++) {
                        judges.get(key).borrow(lending);
                    }
                });
        threads.join();
        assertThat(judges).allSatisfy(judge -> assertThat(judge.overtaken()).isZero());
        assertThat(judges.stream().mapToLong(OrderJudge::queued).sum()).isPositive();
        assertThat(things.most.get()).as("objects at a time").isBetween(1, TOTAL);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.wholeRoom(pool, 0);
        KeyedAudit.closed(pool, things);
    }

    /// As many keys as objects: everybody has one, so hardly anything moves.
    @ParameterizedTest
    @EnumSource
    void acquire_asManyKeysAsObjects_movesHardlyAny(Threads.Kind kind) throws Exception {
        KeyedThings<Integer> things = new KeyedThings<>();
        KeyedPool<Integer, Thing> pool =
                KeyedAudit.builder(things)
                        .maxTotal(KEYS)
                        .keyPasses(2)
                        .eachKey(each ->
                                each.striping(Pools.STRIPING).validationBypass(Duration.ofDays(1)))
                        .build();
        // Nobody comes to an end before the others, which would leave objects idle.
        List<PooledConnection<Thing>> held =
                IntStream.range(0, KEYS).mapToObj(key -> pool.acquire(key, SOON)).toList();
        Threads threads = new Threads(kind);
        AtomicBoolean over = new AtomicBoolean();
        threads.start(
                THREADS,
                me -> {
                    while (!over.get()) {
                        pool.use(me % KEYS, thing -> thing.note++);
                    }
                });
        Audit.eventually().until(() -> pool.waiting() == THREADS);
        int before = things.created.size();
        held.forEach(PooledConnection::close);
        Audit.eventually().until(() -> pool.metrics().counters().get("pool.acquired") > 200);
        int created = things.created.size() - before;
        over.set(true);
        assertThat(created)
                .as("created while all keys had somebody waiting")
                .isLessThanOrEqualTo(2 * KEYS);
        threads.join();
        assertThat(things.most.get()).isLessThanOrEqualTo(KEYS);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
    }

    private static Lending lending(KeyedPool<Integer, Thing> pool, int key, boolean blocking) {
        return () ->
                blocking
                        ? CompletableFuture.completedFuture(loan(pool.acquire(key, SOON)))
                        : pool.acquireAsync(key, SOON).thenApply(KeyedOrderTest::loan);
    }

    private static Loan loan(PooledConnection<Thing> lease) {
        return new Loan(lease.connection(), lease::close);
    }
}
