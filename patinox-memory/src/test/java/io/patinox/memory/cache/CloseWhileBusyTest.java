package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.error.CacheClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CloseWhileBusyTest {

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    @Test
    void close_whileComputing_dropsWhatIsComputed() {
        Gate gate = new Gate();
        Cache<String, Integer> cache = Cache.<String, Integer>builder().build();
        cache.put("a", 1);
        CompletableFuture<Integer> computed =
                CompletableFuture.supplyAsync(
                        () ->
                                cache.asMap()
                                        .compute(
                                                "a",
                                                (key, old) -> {
                                                    try {
                                                        gate.pass();
                                                    } catch (InterruptedException e) {
                                                        throw new AssertionError(e);
                                                    }
                                                    return 2;
                                                }),
                        THREADS);
        gate.awaitReached();
        cache.close();
        gate.open();
        assertThat(computed.join()).isEqualTo(2);
        assertThat(cache.size()).isZero();
        assertThat(cache.statistics().removals()).containsEntry(RemovalCause.CLOSED, 1L);
    }

    @Test
    void close_whileComputingInVain_dropsTheOldValueToo() {
        Gate gate = new Gate();
        Cache<String, Integer> cache = Cache.<String, Integer>builder().build();
        cache.put("a", 1);
        CompletableFuture<Throwable> computed =
                CompletableFuture.supplyAsync(
                        () ->
                                catchThrowable(() ->
                                        cache.asMap()
                                                .compute(
                                                        "a",
                                                        (key, old) -> {
                                                            passed(gate);
                                                            throw new ArithmeticException();
                                                        })),
                        THREADS);
        gate.awaitReached();
        cache.close();
        gate.open();
        assertThat(computed.join()).isInstanceOf(ArithmeticException.class);
        assertThat(cache.size()).isZero();
    }

    private static void passed(Gate gate) {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void put_closedMeanwhile_leavesNothingBehind() {
        AtomicReference<Cache<String, Integer>> self = new AtomicReference<>();
        Cache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .maxWeight(10)
                        .weigher((key, value) -> {
                            self.get().close();
                            return 1;
                        })
                        .build();
        self.set(cache);
        assertThatThrownBy(() -> cache.put("a", 1)).isInstanceOf(CacheClosedException.class);
        assertThat(cache.size()).isZero();
    }
}
