package io.patinox.benchmarks.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.benchmarks.door.Effort;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DroppedTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void measure_registry_closesAllAndItsBooksSaySo(boolean atOnce) throws Exception {
        assertThat(new Dropped(1_000, atOnce, PATIENCE).measure(Peers.PATINOX, Effort.SMOKE))
                .containsOnlyKeys(Dropped.METRICS)
                .containsEntry(Dropped.CLOSED, 1_000.0)
                .containsEntry(Dropped.CLEANED, 1_000.0)
                .containsEntry(Dropped.OPEN, 0.0)
                .containsEntry(Dropped.IMBALANCE, 0.0);
    }

    @Test
    void measure_cleaner_closesAllAndHasNoBooks() throws Exception {
        assertThat(new Dropped(1_000, true, PATIENCE).measure(Peers.CLEANER, Effort.SMOKE))
                .containsOnlyKeys(Dropped.CLOSED, Dropped.ACQUIRING, Dropped.CLOSING)
                .containsEntry(Dropped.CLOSED, 1_000.0);
    }

    @Test
    void measure_nobodyCleansUp_showsWhatIsLeft() throws Exception {
        assertThat(new Dropped(10, false, Duration.ofMillis(20)).measure(Peers.PLAIN, Effort.SMOKE))
                .containsEntry(Dropped.CLOSED, 0.0);
    }
}
