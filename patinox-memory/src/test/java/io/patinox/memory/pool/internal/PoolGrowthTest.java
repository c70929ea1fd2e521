package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.pool.Striping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The claim: a pool whose slots become more lends what is put into the new ones, also to somebody
/// who waited before they were there.
class PoolGrowthTest {
    @ParameterizedTest
    @EnumSource(
            value = Striping.class,
            names = {"PACKED", "STRIPED"})
    void growTo_objectsInTheNewSlots_areLentLikeAnyOther(Striping striping) throws Exception {
        ObjectPool<Object> pool = pool(striping);
        List<PooledConnection<Object>> leases = new ArrayList<>();
        leases.add(pool.acquire());
        CompletableFuture<PooledConnection<Object>> waiting = pool.acquireAsync();
        assertThat(waiting).isNotDone();
        pool.resize(50);
        pool.growTo(3);
        assertThat(pool.slots()).hasSize(50).doesNotContainNull();
        leases.add(waiting.get(10, TimeUnit.SECONDS));
        Set<Object> lent = new HashSet<>();
        for (int i = 2; i < 50; i++) {
            leases.add(pool.acquire());
        }
        leases.forEach(lease -> lent.add(lease.connection()));
        assertThat(lent).hasSize(50);
        leases.forEach(PooledConnection::close);
        assertThat(pool.idle()).isEqualTo(50);
        assertThat(pool.close(Duration.ofSeconds(10)).complete()).isTrue();
    }

    private static ObjectPool<Object> pool(Striping striping) {
        Pool<Object> pool =
                Pool.builder(
                                new ConnectionManager<Object>() {
                                    @Override
                                    public Object create() {
                                        return new Object();
                                    }

                                    @Override
                                    public void destroy(Object object) {}
                                })
                        .name("growing")
                        .maxSize(1)
                        .striping(striping)
                        .build();
        return (ObjectPool<Object>) pool;
    }
}
