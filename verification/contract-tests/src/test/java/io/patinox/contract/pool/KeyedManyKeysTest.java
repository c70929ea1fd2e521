package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Claim: however many keys there are, and however odd, memory and threads are bounded, and no key
/// can hold up another.
class KeyedManyKeysTest {
    private static final int MANY = Integer.getInteger("patinox.keys", 5_000);

    @Test
    void acquire_manyKeysOnceEach_keepsNoMoreThanHaveObjects() {
        KeyedThings<Integer> things = new KeyedThings<>(false);
        KeyedPool<Integer, Thing> pool =
                KeyedAudit.builder(things).name("many-keys").maxTotal(16).build();
        int known = 0;
        for (int key = 0; key < MANY; key++) {
            pool.acquire(key, SOON).close();
            if (key % 1_000 == 0) {
                known = Math.max(known, pool.keys().size());
            }
        }
        // A key is forgotten when its object is gone, which another thread sees to.
        assertThat(known).as("keys known at a time").isLessThan(MANY / 10);
        eventually().until(() -> pool.keys().size() <= 16);
        assertThat(threads("patinox-pool-many-keys")).isEqualTo(1);
        assertThat(pool.metrics().counters()).containsEntry("pool.acquired", (long) MANY);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
        eventually().until(() -> threads("patinox-pool-many-keys") == 0);
    }

    @Test
    void tryAcquire_manyKeysAndNoRoom_keepsNone() {
        KeyedThings<Integer> things = new KeyedThings<>(false);
        KeyedPool<Integer, Thing> pool = KeyedAudit.builder(things).maxTotal(1).build();
        try (PooledConnection<Thing> held = pool.acquire(-1, SOON)) {
            for (int key = 0; key < 10_000; key++) {
                assertThat(pool.tryAcquire(key)).isEmpty();
            }
            assertThat(held.isReleased()).isFalse();
            assertThat(pool.keys()).containsExactly(-1);
        }
        KeyedAudit.closed(pool, things);
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    /// A key that is slow to compare, or can't be compared. All have one hash code.
    private record Odd(String name, CountDownLatch gate) {
        @Override
        public boolean equals(Object other) {
            if (other instanceof Odd odd && name.equals(odd.name)) {
                return true;
            }
            if (name.equals("throws")) {
                throw new IllegalStateException("can't be compared");
            }
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }

        @Override
        public int hashCode() {
            if (name.equals("hashless")) {
                throw new IllegalStateException("has no hash");
            }
            return 7;
        }
    }

    @Test
    void acquire_keyIsSlowToCompare_holdsUpNobodyElse() throws Exception {
        CountDownLatch open = new CountDownLatch(0);
        CountDownLatch gate = new CountDownLatch(1);
        KeyedThings<Odd> things = new KeyedThings<>();
        KeyedPool<Odd, Thing> pool = KeyedAudit.builder(things).build();
        Odd first = new Odd("first", open);
        pool.acquire(first, SOON).close();
        Threads threads = new Threads(Threads.Kind.PLATFORM);
        Thread slow = threads.start(() -> pool.acquire(new Odd("slow", gate), SOON).close());
        eventually().until(() -> slow.getState() == Thread.State.WAITING);
        pool.acquire(first, SOON).close();
        pool.acquire(new Odd("second", open), SOON).close();
        CompletableFuture<PooledConnection<Thing>> third =
                pool.acquireAsync(new Odd("third", open), SOON);
        third.join().close();
        gate.countDown();
        threads.join();
        assertThat(pool.size()).isEqualTo(4);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
    }

    @Test
    void acquire_keyThrows_reachesTheCallerOnly() {
        CountDownLatch open = new CountDownLatch(0);
        KeyedThings<Odd> things = new KeyedThings<>();
        KeyedPool<Odd, Thing> pool =
                KeyedAudit.builder(things)
                        .maxPerKey(key -> {
                            if (key.name().equals("limitless")) {
                                throw new IllegalStateException("no limit known");
                            }
                            return key.name().equals("zero") ? 0 : 1;
                        })
                        .build();
        pool.acquire(new Odd("good", open), SOON).close();
        for (String name : new String[] {"throws", "hashless", "limitless"}) {
            assertThatThrownBy(() -> pool.acquire(new Odd(name, open)))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> pool.acquire(new Odd("zero", open)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("maxPerKey");
        assertThatThrownBy(() -> pool.acquire(null))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("key");
        pool.acquire(new Odd("good", open), Duration.ZERO).close();
        assertThat(pool.keys()).hasSize(1);
        KeyedAudit.atRest(pool, things);
        KeyedAudit.closed(pool, things);
    }
}
