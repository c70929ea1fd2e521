package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.Pool;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: a pool that was closed leaves nothing behind: no thread, no object, no class.
@Timeout(60)
class BadDayUndeployTest {
    private static final int POOLS = 30;

    @ParameterizedTest
    @EnumSource
    void pools_openedUsedAndClosed_leaveNothing(Threads.Kind kind) throws InterruptedException {
        List<WeakReference<Object>> traces = new ArrayList<>();
        Threads threads = new Threads(kind);
        threads.start(() -> {
            for (int i = 0; i < POOLS; i++) {
                useOne("undeployed-" + i, traces);
            }
        });
        threads.join();
        eventually()
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(Scene.threadsOf("undeployed-")).isEmpty();
                    assertThat(traces).allMatch(trace -> trace.refersTo(null));
                });
    }

    /// The manager stands for its class loader, which it would keep.
    private static void useOne(String name, List<WeakReference<Object>> traces) {
        Things things = new Things();
        Pool<Thing> pool = Pools.builder(things).name(name).maxSize(2).build();
        pool.use(thing -> {
            traces.add(new WeakReference<>(thing));
            return pool.acquire(SOON).connection();
        });
        pool.acquire(SOON).close();
        // one lease is lost: closing doesn't wait for it
        var _ = pool.close(Duration.ZERO);
        traces.add(new WeakReference<>(pool));
        traces.add(new WeakReference<>(things));
    }
}
