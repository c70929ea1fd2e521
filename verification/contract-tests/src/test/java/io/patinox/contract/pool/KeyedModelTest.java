package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Claim: after each step of any story, told one step at a time, the pool has come to rest where a
/// simple model says. The seed of a failed run stands in the failure.
class KeyedModelTest {
    private static final int STEPS = 250;

    /// Who asked for objects of one key, in order, and what they have.
    private static final class Key {
        final List<CompletableFuture<PooledConnection<Thing>>> waiting = new ArrayList<>();
        final List<PooledConnection<Thing>> held = new ArrayList<>();
    }

    private final KeyedThings<Integer> things = new KeyedThings<>(false);
    private final List<Key> model = new ArrayList<>();
    private int maxTotal;
    private int maxPerKey;

    @ParameterizedTest
    @CsvSource({"1, 1, 3, 0", "3, 2, 4, 1", "5, 5, 3, 0", "4, 4, 8, 3"})
    void pool_anyStory_restsWhereTheModelSays(int total, int perKey, int keys, int keyPasses) {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        maxTotal = total;
        maxPerKey = perKey;
        KeyedPool<Integer, Thing> pool =
                KeyedAudit.builder(things)
                        .maxTotal(total)
                        .maxPerKey(perKey)
                        .keyPasses(keyPasses)
                        .build();
        for (int key = 0; key < keys; key++) {
            model.add(new Key());
        }
        for (int step = 0; step < STEPS; step++) {
            int key = random.nextInt(keys);
            String told = step(pool, key, random.nextInt(10), random);
            String where = "seed " + seed + ", step " + step + ": " + told + " of " + key;
            eventually().untilAsserted(() -> check(pool, where));
        }
        finish(pool);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
    }

    private String step(KeyedPool<Integer, Thing> pool, int key, int what, Random random) {
        Key state = model.get(key);
        if (what < 5) {
            state.waiting.add(pool.acquireAsync(key, SOON));
            return "acquire";
        }
        if (what == 5) {
            pool.tryAcquire(key).ifPresent(state.held::add);
            return "try";
        }
        if (what == 6 && !state.waiting.isEmpty()) {
            state.waiting.remove(random.nextInt(state.waiting.size())).cancel(false);
            return "cancel";
        }
        if (!state.held.isEmpty()) {
            PooledConnection<Thing> lease = state.held.remove(random.nextInt(state.held.size()));
            if (what == 7) {
                lease.expire();
            }
            lease.close();
            return "release";
        }
        return "nothing";
    }

    /// Moves whom the pool has served from the waiting ones to the holders, and looks at the rest.
    private void check(KeyedPool<Integer, Thing> pool, String where) {
        for (int key = 0; key < model.size(); key++) {
            Key state = model.get(key);
            while (!state.waiting.isEmpty() && state.waiting.getFirst().isDone()) {
                state.held.add(state.waiting.removeFirst().join());
            }
            assertThat(state.waiting.stream().filter(CompletableFuture::isDone))
                    .as("%s: served before their turn, key %d", where, key)
                    .isEmpty();
            assertThat(pool.waiting(key)).as(where).isEqualTo(state.waiting.size());
            assertThat(pool.inUse(key)).as(where).isEqualTo(state.held.size());
            assertThat(pool.size(key)).as(where).isLessThanOrEqualTo(maxPerKey);
            boolean canGrow = pool.size(key) < maxPerKey;
            boolean isRoom = pool.size() < maxTotal || pool.idle() > 0;
            assertThat(pool.waiting(key) > 0 && (pool.idle(key) > 0 || (canGrow && isRoom)))
                    .as("%s: somebody waits while there is something to have", where)
                    .isFalse();
        }
        assertThat(pool.creating()).as(where).isZero();
        assertThat(pool.size()).as(where).isLessThanOrEqualTo(maxTotal);
        assertThat(things.present).as(where).hasValue(pool.size());
        assertThat(things.most.get()).as(where).isLessThanOrEqualTo(maxTotal);
    }

    private void finish(KeyedPool<Integer, Thing> pool) {
        for (Key state : model) {
            state.waiting.forEach(waiter -> waiter.thenAccept(PooledConnection::close));
            state.held.forEach(PooledConnection::close);
        }
        eventually().until(() -> pool.waiting() == 0);
    }
}
