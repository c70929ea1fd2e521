package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.KeyedConnectionManager;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.KeyedPoolBuilder;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PooledConnection;
import java.util.ArrayList;
import java.util.List;

/// The check that holds for every keyed pool at rest, whatever was done to it before.
final class KeyedAudit {
    private KeyedAudit() {}

    static <K> KeyedPoolBuilder<K, Thing> builder(KeyedConnectionManager<K, Thing> manager) {
        return KeyedPool.builder(manager).eachKey(each -> each.striping(Pools.STRIPING));
    }

    /// Waits until everything came back, and checks the books and the order.
    static <K> void atRest(KeyedPool<K, Thing> pool, KeyedThings<K> things) {
        eventually()
                .untilAsserted(() -> {
                    assertThat(pool.waiting()).as("waiting").isZero();
                    assertThat(pool.creating()).as("creating").isZero();
                    assertThat(pool.inUse()).as("in use").isZero();
                    assertThat(pool.idle()).as("idle").isEqualTo(pool.size());
                    assertThat(things.present.get()).as("present").isEqualTo(pool.size());
                });
        assertThat(pool.size()).isBetween(0, pool.maxTotal());
        assertThat(things.mixedUp).as("keys mixed up").hasValue(0);
        assertThat(pool.metrics().counters().get("pool.overtakings")).isZero();
    }

    /// Borrows as many objects of one key as there may be in all, at once: no room was lost.
    static <K> void wholeRoom(KeyedPool<K, Thing> pool, K key) {
        List<PooledConnection<Thing>> leases = new ArrayList<>();
        for (int i = 0; i < pool.maxTotal(); i++) {
            leases.add(pool.acquire(key, SOON));
        }
        assertThat(pool.inUse()).isEqualTo(pool.maxTotal());
        leases.forEach(PooledConnection::close);
    }

    /// Closes the pool and checks that each object was destroyed once.
    static <K> PoolCloseReport closed(KeyedPool<K, Thing> pool, KeyedThings<K> things) {
        PoolCloseReport report = pool.close(SOON);
        assertThat(report.abandoned()).isEmpty();
        eventually()
                .untilAsserted(() -> {
                    assertThat(things.present).hasValue(0);
                    assertThat(things.created)
                            .allSatisfy(thing -> assertThat(thing.destroyed).hasValue(1));
                });
        assertThat(pool.size()).isZero();
        return report;
    }
}
