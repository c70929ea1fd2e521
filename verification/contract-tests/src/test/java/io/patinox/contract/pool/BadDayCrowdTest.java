package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.pool.PooledConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: those who have given up cost nothing to those who still wait.
@Timeout(60)
class BadDayCrowdTest {
    private static final int IMPATIENT = 500;
    private static final int PATIENT = 20;
    private final Things things = new Things();

    /// The only object is held until the impatient are gone, among whom the patient stand.
    @ParameterizedTest
    @EnumSource
    void crowd_mostHaveExpired_theOthersAreServedInOrder(Threads.Kind kind)
            throws InterruptedException {
        Scene scene = new Scene(kind, things, builder -> builder.maxSize(1));
        PooledConnection<Thing> held = scene.pool.acquire(SOON);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        scene.threads.start(() -> {
            for (int i = 0; i < PATIENT; i++) {
                for (int j = 0; j < IMPATIENT / PATIENT; j++) {
                    var _ = scene.pool.acquireAsync(Scene.LIMIT);
                }
                note(scene.pool.acquireAsync(SOON), i, served);
            }
        });
        scene.threads.start(
                4,
                me ->
                        assertThatThrownBy(() -> scene.pool.acquire(Scene.LIMIT))
                                .isInstanceOf(PoolAcquireTimeoutException.class));
        scene.threads.join();
        eventually().until(() -> scene.pool.waiting() == PATIENT);
        held.close();
        eventually().until(() -> served.size() == PATIENT);
        assertThat(served).isSorted();
        eventually().until(() -> timeouts(scene) == IMPATIENT + 4);
        scene.endsWell();
    }

    private static long timeouts(Scene scene) {
        return scene.pool.metrics().counters().get("pool.timeouts");
    }

    private static void note(
            CompletableFuture<PooledConnection<Thing>> queued, int place, List<Integer> served) {
        var _ =
                queued.thenAccept(lease -> {
                    served.add(place);
                    lease.close();
                });
    }

    /// Every second one leaves the queue, from its middle, while the others are being served.
    @ParameterizedTest
    @EnumSource
    void crowd_halfOfItCancels_theOthersAreServedInOrder(Threads.Kind kind)
            throws InterruptedException {
        Scene scene = new Scene(kind, things, builder -> builder.maxSize(1));
        PooledConnection<Thing> held = scene.pool.acquire(SOON);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<PooledConnection<Thing>>> queued =
                IntStream.range(0, 200).mapToObj(i -> scene.pool.acquireAsync(SOON)).toList();
        for (int i = 0; i < 200; i++) {
            note(queued.get(i), i, served);
        }
        scene.threads.start(() ->
                IntStream.range(0, 200)
                        .filter(i -> i % 2 == 1)
                        .forEach(i -> queued.get(200 - i).cancel(false)));
        held.close();
        scene.threads.join();
        eventually().until(() -> queued.stream().allMatch(CompletableFuture::isDone));
        eventually().until(() -> served.size() + cancelled(queued) == 200);
        assertThat(served).isSorted();
        scene.endsWell();
    }

    private static long cancelled(List<? extends CompletableFuture<?>> queued) {
        return queued.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .peek(future ->
                        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class))
                .count();
    }
}
