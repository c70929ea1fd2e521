package io.patinox.contract.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.config.Default;
import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolTuning;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.share.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A part that knows nothing of configurations, bound by one line, under load.
class PoolFollowsConfigTest {

    /// The settings of a program with a pool.
    public record AppConfig(PoolConfig pool) {
        /// Those of its pool.
        public record PoolConfig(
                @Default("0") int minSize,
                @Default("4") int maxSize,
                @Default("30s") Duration acquireTimeout) {

            PoolTuning tuning() {
                return PoolTuning.defaults()
                        .withSizes(minSize, maxSize)
                        .withAcquireTimeout(acquireTimeout);
            }
        }
    }

    private static final class Objects implements ConnectionManager<Object> {
        @Override
        public Object create() {
            return new Object();
        }

        @Override
        public void destroy(Object connection) {}
    }

    @Test
    void pool_boundUnderLoad_followsWithoutAnError() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        try (LiveConfig<AppConfig> config = LiveConfig.builder(AppConfig.class).build();
                Pool<Object> pool = Pool.builder(new Objects()).maxSize(4).build()) {
            Subscription binding =
                    config.select((AppConfig app) -> app.pool().tuning()).bind(pool::reconfigure);
            List<Thread> borrowers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread borrower =
                        // platform threads: virtual ones that never block leave no carrier to
                        // whoever is told of the change
                        Thread.ofPlatform()
                                .daemon()
                                .unstarted(() -> {
                                    while (!done.get()) {
                                        try (PooledConnection<Object> lease = pool.acquire()) {
                                            assertThat(lease.connection()).isNotNull();
                                        }
                                        Thread.yield();
                                    }
                                });
                borrower.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
                borrower.start();
                borrowers.add(borrower);
            }

            for (int size : new int[] {1, 9, 2}) {
                assertThat(config.override(Map.of("pool.maxSize", size)).isGood()).isTrue();
                await().until(() -> pool.maxSize() == size);
            }
            done.set(true);
            for (Thread borrower : borrowers) {
                borrower.join();
            }

            assertThat(failures).isEmpty();
            assertThat(config.metrics().counters()).containsEntry("config.callback.failed", 0L);
            binding.close();
        }
    }
}
