package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolBuilder;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Claim: objects are retired when they were idle or have lived for too long by the pool's clock,
/// and for no other reason; the minimum stays.
class PoolRetirementTest {
    private final Things things = new Things();
    private final ManualTicker ticker = new ManualTicker();
    private final PoolBuilder<Thing> builder =
            Pools.builder(things)
                    .maxSize(4)
                    .ticker(ticker)
                    .validationBypass(Duration.ofDays(1))
                    .idleTimeout(Duration.ofMinutes(10))
                    .maxLifetime(Duration.ZERO);
    private Pool<Thing> pool = builder.build();

    @AfterEach
    void everyThingIsDestroyedOnce() {
        Audit.closed(pool, things);
    }

    @Test
    void idle_pastTheTimeout_isRetiredDownToTheMinimum() {
        pool.close();
        pool = builder.minSize(1).build();
        fill();
        ticker.advance(Duration.ofMinutes(9));
        Audit.atRest(pool);
        assertThat(pool.size()).isEqualTo(4);
        ticker.advance(Duration.ofMinutes(2));
        eventually().until(() -> pool.size() == 1);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.idle", 3L);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.lifetime", 0L);
        Audit.atRest(pool);
    }

    @Test
    void lifetime_over_retiresIdleObjectsNowAndLentOnesWhenTheyComeBack() {
        pool.close();
        pool = builder.maxLifetime(Duration.ofMinutes(5)).build();
        fill();
        PooledConnection<Thing> lent = pool.acquire(SOON);
        ticker.advance(Duration.ofMinutes(6));
        eventually().until(() -> pool.size() == 1);
        lent.connection().touch();
        Thing old = lent.connection();
        lent.close();
        eventually().until(() -> pool.size() == 0);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.lifetime", 4L);
        assertThat(pool.<Thing, RuntimeException>use(thing -> thing)).isNotSameAs(old);
        Audit.atRest(pool);
    }

    @Test
    void lifetime_over_neverLendsAnOldObject() {
        pool.close();
        pool = builder.maxSize(1).maxLifetime(Duration.ofMinutes(5)).build();
        for (int i = 0; i < 5; i++) {
            Thing before = pool.use(thing -> thing);
            ticker.advance(Duration.ofMinutes(6));
            eventually().until(() -> before.destroyed.get() == 1);
            assertThat(pool.<Thing, RuntimeException>use(thing -> thing)).isNotSameAs(before);
        }
    }

    private void fill() {
        List<PooledConnection<Thing>> all = new ArrayList<>();
        for (int i = 0; i < pool.maxSize(); i++) {
            all.add(pool.acquire(SOON));
        }
        all.forEach(PooledConnection::close);
    }
}
