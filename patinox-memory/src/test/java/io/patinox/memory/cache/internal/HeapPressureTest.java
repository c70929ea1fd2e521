package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HeapPressureTest {

    @Test
    void listen_heapIsCollected_tellsHowFullItIs() {
        List<Double> told = new CopyOnWriteArrayList<>();

        Runnable end = HeapPressure.listen(told::add);
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        System.gc();
                        return !told.isEmpty();
                    });
        } finally {
            end.run();
            end.run();
        }

        assertThat(told.getFirst()).isBetween(0.0, 1.0).isPositive();
    }
}
