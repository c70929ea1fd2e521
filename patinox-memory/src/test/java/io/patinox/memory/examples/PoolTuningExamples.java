package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolEviction;
import io.patinox.memory.pool.PoolTuning;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the documentation shows of a pool that is changed while it runs, compiled and executed.
class PoolTuningExamples {
    /// Something that was opened with a password.
    record Session(String password) {}

    /// Opens sessions.
    record Sessions(String password) implements ConnectionManager<Session> {
        @Override
        public Session create() {
            return new Session(password);
        }

        @Override
        public void destroy(Session session) {}
    }

    @Test
    void reconfigure_aRunningPool_isHeldAtOnce() {
        try (Pool<Session> pool = Pool.builder(new Sessions("old")).build()) {
            // @start region="reconfigure"
            PoolTuning calmer =
                    pool.tuning()
                            .withSizes(2, 20)
                            .withAcquireTimeout(Duration.ofSeconds(5))
                            .withIdleTimeout(Duration.ofMinutes(2));
            pool.reconfigure(calmer);
            // @end
            assertThat(pool.tuning()).isEqualTo(calmer);
            // @start region="resize"
            pool.resize(4); // at most 4 from now on
            pool.resize(0, 8); // none are kept, at most 8
            // @end
            assertThat(pool.maxSize()).isEqualTo(8);
        }
    }

    @Test
    void tuning_aNewPool_beginsWithIt() {
        // @start region="tuning"
        PoolTuning tuning = PoolTuning.defaults().withMaxSize(50).withMaxUses(10_000);
        Pool<Session> pool = Pool.builder(new Sessions("old")).tuning(tuning).build();
        // @end
        assertThat(pool.tuning().maxUses()).isEqualTo(10_000);
        pool.close();
    }

    @Test
    void softEvictAll_afterAFailover_replacesEverything() {
        try (Pool<Session> pool = Pool.builder(new Sessions("old")).build();
                PooledConnection<Session> held = pool.acquire()) {
            assertThat(held.connection().password()).isEqualTo("old");
            // @start region="evict"
            PoolEviction evicted = pool.softEvictAll();
            assertThat(evicted.inUse()).isEqualTo(1); // retired when it comes back
            // @end
            held.close();
            assertThat(pool.size()).isZero();
        }
    }

    @Test
    void switchManager_newPassword_tellsWhenTheOldIsNoLongerUsed() throws Exception {
        try (Pool<Session> pool = Pool.builder(new Sessions("old")).build()) {
            PooledConnection<Session> held = pool.acquire();
            boolean[] revoked = {false};
            // @start region="switch"
            CompletableFuture<Void> oldIsGone = pool.switchManager(new Sessions("new"));
            var _ = oldIsGone.thenRun(() -> revoked[0] = true);
            // @end
            assertThat(oldIsGone).isNotDone();
            held.close();
            oldIsGone.get(20, TimeUnit.SECONDS);
            await().until(() -> revoked[0]);
            assertThat(pool.<String, RuntimeException>use(Session::password)).isEqualTo("new");
        }
    }
}
