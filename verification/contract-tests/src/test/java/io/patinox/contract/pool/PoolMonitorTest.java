package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a monitor that throws or blocks harms nobody but itself.
@Timeout(60)
class PoolMonitorTest {
    private final Fault.Faulty things = new Fault.Faulty(Fault.Call.CREATE, Fault.THROWS);

    @Test
    void monitor_throwsFromEverything_thePoolWorks() {
        AtomicInteger calls = new AtomicInteger();
        exercise(
                new Monitor() {
                    private void fail() {
                        calls.incrementAndGet();
                        throw new IllegalStateException("sink is down");
                    }

                    @Override
                    public boolean enabled(EventKind kind) {
                        fail();
                        return true;
                    }

                    @Override
                    public void publish(MonitorEvent event) {
                        fail();
                    }

                    @Override
                    public void register(MetricsSource source) {
                        fail();
                    }

                    @Override
                    public void unregister(MetricsSource source) {
                        fail();
                    }
                });
        assertThat(calls).hasPositiveValue();
    }

    @Test
    void monitor_blocks_thePoolWorks() {
        CountDownLatch end = new CountDownLatch(1);
        exercise(event -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        end.countDown();
    }

    /// Borrows while creations fail and while they don't.
    private void exercise(Monitor monitor) {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).monitor(monitor).build();
        assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
        things.active = true;
        assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(100)))
                .isInstanceOf(PoolAcquireTimeoutException.class);
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
        things.heal();
        Audit.wholeCapacity(pool);
        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
            lease.expire();
        }
        assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
        Audit.atRest(pool);
        Audit.closed(pool, things);
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
    }
}
