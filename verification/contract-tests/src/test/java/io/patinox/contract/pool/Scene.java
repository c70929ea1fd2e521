package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolBuilder;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// One pool on a bad day: at its end no capacity is lost, the order is kept, and no thread is left.
final class Scene {
    /// The deadline of whatever is expected to fail.
    static final Duration LIMIT = Duration.ofMillis(150);

    /// How late a deadline may be kept on a machine that does much else.
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final AtomicInteger COUNT = new AtomicInteger();

    final EventLog log = new EventLog();
    final Threads threads;
    final Pool<Thing> pool;
    private final Things things;
    private final ResourceRegistry registry;

    Scene(Threads.Kind kind, Things things, UnaryOperator<PoolBuilder<Thing>> options) {
        this.things = things;
        threads = new Threads(kind);
        String name = "bad-day-" + COUNT.incrementAndGet();
        registry =
                ResourceRegistry.builder(name + "-resources")
                        .monitor(log)
                        .cleanupDeadline(LIMIT)
                        .build();
        PoolBuilder<Thing> builder =
                Pools.builder(things)
                        .name(name)
                        .maxSize(2)
                        .createTimeout(LIMIT)
                        .validationTimeout(LIMIT)
                        .monitor(log)
                        .registry(registry);
        pool = options.apply(builder).build();
    }

    /// Runs something that must end by its deadline, and not before.
    static void endsAtItsDeadline(Duration deadline, Runnable attempt) {
        long begun = System.nanoTime();
        attempt.run();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(took).isBetween(deadline, deadline.plus(SLACK));
    }

    /// Once the day has got better.
    void endsWell() throws InterruptedException {
        threads.join();
        Audit.wholeCapacity(pool);
        servesInOrder();
        Audit.atRest(pool);
        Audit.closed(pool, things);
        registry.close();
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
        eventually().untilAsserted(() -> assertThat(threadsOf(pool.name())).isEmpty());
    }

    private void servesInOrder() {
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < pool.maxSize(); i++) {
            held.add(pool.acquire(SOON));
        }
        List<CompletableFuture<PooledConnection<Thing>>> queued = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            queued.add(pool.acquireAsync(SOON));
        }
        PooledConnection<Thing> passedOn = held.removeLast();
        while (!queued.isEmpty()) {
            passedOn.close();
            var first = queued.removeFirst();
            eventually().until(first::isDone);
            assertThat(queued).noneMatch(CompletableFuture::isDone);
            passedOn = first.join();
        }
        passedOn.close();
        held.forEach(PooledConnection::close);
    }

    /// {@return the platform threads of a pool}
    static List<String> threadsOf(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("patinox-pool-" + pool))
                .toList();
    }
}
