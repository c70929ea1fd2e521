package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PoolTracerTest {
    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final List<String> told = new CopyOnWriteArrayList<>();

    /// Writes down what it is told.
    private final class Told implements PoolTracer<Object> {
        @Override
        public void lent(Object object, Duration waited) {
            told.add("lent " + object + (waited.isZero() ? "" : " after a wait"));
        }

        @Override
        public void returned(Object object, Duration held) {
            told.add("returned " + object);
        }

        @Override
        public void failed(Throwable failure, Duration waited) {
            told.add("failed " + failure.getClass().getSimpleName());
        }

        @Override
        public void created(Object object) {
            told.add("created " + object);
        }

        @Override
        public void retired(Object object, RetireReason reason) {
            told.add("retired " + object + " " + reason);
        }
    }

    /// Throws an `Error` whatever it is told.
    private static final class Broken implements PoolTracer<Thing> {
        @Override
        public void lent(Thing thing, Duration waited) {
            throw new LinkageError("lent");
        }

        @Override
        public void returned(Thing thing, Duration held) {
            throw new LinkageError("returned");
        }

        @Override
        public void failed(Throwable failure, Duration waited) {
            throw new LinkageError("failed");
        }

        @Override
        public void created(Thing thing) {
            throw new LinkageError("created");
        }

        @Override
        public void retired(Thing thing, RetireReason reason) {
            throw new LinkageError("retired");
        }
    }

    @Test
    void tracer_lifeOfAnObject_isToldInOrder() {
        Pool<Thing> pool = Pool.builder(things).maxSize(1).tracer(new Told()).build();
        pool.acquire().close();
        PooledConnection<Thing> lease = pool.acquire();
        CompletableFuture<PooledConnection<Thing>> waits = pool.acquireAsync();
        assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(10)))
                .isInstanceOf(PoolAcquireTimeoutException.class);
        lease.close();
        waits.join().detach();
        pool.acquireAll(1).close();
        pool.close();
        await().until(() -> told.contains("retired thing 2 CLOSED"));
        assertThat(told.stream().filter(line -> !line.startsWith("retired")))
                .containsExactly(
                        "created thing 1",
                        "lent thing 1 after a wait",
                        "returned thing 1",
                        "lent thing 1",
                        "failed PoolAcquireTimeoutException",
                        "returned thing 1",
                        "lent thing 1 after a wait",
                        "returned thing 1",
                        "created thing 2",
                        "lent thing 2 after a wait",
                        "returned thing 2");
        await().until(() -> told.contains("retired thing 1 DETACHED"));
    }

    @Test
    void tracer_failures_areToldWhateverTheWayOfAsking() {
        Pool<Thing> pool = Pool.builder(things).maxSize(1).tracer(new Told()).build();
        PooledConnection<Thing> lease = pool.acquire();
        Duration soon = Duration.ofMillis(10);
        assertThatThrownBy(() -> pool.acquireAsync(soon).join())
                .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        assertThatThrownBy(() -> pool.acquireAll(1, soon))
                .isInstanceOf(PoolAcquireTimeoutException.class);
        assertThatThrownBy(() -> pool.acquireAllAsync(1, soon).join())
                .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        pool.close(Duration.ZERO);
        assertThatThrownBy(pool::acquire).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.acquireAllAsync(1).join())
                .hasCauseInstanceOf(PoolClosedException.class);
        lease.close();
        assertThat(told.stream().filter(line -> line.startsWith("failed")))
                .containsExactly(
                        "failed PoolAcquireTimeoutException",
                        "failed PoolAcquireTimeoutException",
                        "failed PoolAcquireTimeoutException",
                        "failed PoolClosedException",
                        "failed PoolClosedException");
    }

    @Test
    void tracer_throwsErrors_losesNothingAndIsReported() {
        Pool<Thing> pool =
                Pool.builder(things).maxSize(2).monitor(log).tracer(new Broken()).build();
        LeaseBatch<Thing> batch = pool.acquireAll(2);
        assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(5)))
                .isInstanceOf(PoolAcquireTimeoutException.class);
        batch.close();
        pool.acquire().detach();
        assertThat(pool.inUse()).isZero();
        pool.close();
        assertThat(things.destroyedOnce()).isEqualTo(1);
        for (String callback : List.of("lent", "returned", "failed", "created", "retired")) {
            await().until(() ->
                    log.all(MonitorEvent.CallbackFailed.class).stream()
                            .anyMatch(event -> event.callback().equals("tracer." + callback)));
        }
    }

    @Test
    void tracer_thatDoesNothing_isAllowedAndNullIsNot() {
        try (Pool<Thing> pool =
                Pool.builder(things).maxSize(1).tracer(new PoolTracer<Thing>() {}).build()) {
            PooledConnection<Thing> lease = pool.acquire();
            assertThatThrownBy(() -> pool.acquire(Duration.ZERO))
                    .isInstanceOf(PoolAcquireTimeoutException.class);
            lease.expire();
            lease.close();
        }
        assertThatThrownBy(() -> Pool.builder(things).tracer(null))
                .isInstanceOf(InvalidOptionException.class);
    }
}
