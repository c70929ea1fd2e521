package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadedEntryTest {

    private final LoadedEntry<String, Integer> entry = new LoadedEntry<>("a", 1, 1, 1_000);

    private static LoadSettings<String, Integer> settings(
            double early, long revalidate, long onError) {
        return new LoadSettings<>(
                null,
                Duration.ZERO,
                0,
                1,
                Duration.ZERO,
                1,
                Duration.ZERO,
                null,
                false,
                early,
                Duration.ofNanos(revalidate),
                Duration.ofNanos(onError),
                Duration.ZERO,
                null,
                (nanos, alarm) -> alarm);
    }

    private static Facts facts(long cost, long refreshNanos) {
        return new Facts(1, 0, cost, Facts.NEVER, false, Set.of(), refreshNanos);
    }

    @Test
    void written_withWindows_hasThreeParts() {
        long seen = entry.written(settings(0, 50, 200), facts(1, Facts.NEVER), 100, 10);
        assertThat(seen).isEqualTo(150);
        assertThat(entry.freshUntil).isEqualTo(110);
        assertThat(entry.refreshAt).isEqualTo(110);
        assertThat(entry.attentionAt).isEqualTo(110);
        assertThat(entry.goneAt).isEqualTo(310);
        entry.deadline = 160;
        assertThat(entry.deadlineNanos()).isEqualTo(310);
        entry.deadline = 400;
        assertThat(entry.deadlineNanos()).isEqualTo(400);
    }

    @Test
    void written_withoutAnEnd_hasOne() {
        long seen = entry.written(settings(1, 50, 200), facts(1, 30), Lifetimes.FOREVER_NANOS, 10);
        assertThat(seen).isEqualTo(Lifetimes.FOREVER_NANOS);
        assertThat(entry.goneAt).isEqualTo(entry.freshUntil);
        assertThat(entry.refreshAt).isEqualTo(40);
    }

    @Test
    void written_again_forgetsFailuresAndCounts() {
        entry.written(settings(0, 0, 0), null, 100, 0);
        entry.putOff(77, false);
        assertThat(entry.failures).isEqualTo(1);
        assertThat(entry.refreshAt).isEqualTo(77);
        int writes = entry.writes;
        entry.written(settings(0, 0, 0), null, 100, 0);
        assertThat(entry.failures).isZero();
        assertThat(entry.writes).isEqualTo(writes + 1);
    }

    @Test
    void due_byLot_isLikelierTheNearerTheEndAndTheLongerTheLoad() {
        entry.cost(10);
        entry.written(settings(1, 0, 0), facts(10, Facts.NEVER), 1_000, 0);
        assertThat(entry.attentionAt).isEqualTo(800);
        // half of the lots reach ahead further than 10 * ln 2 = 6.9
        assertThat(entry.due(994, 1, 0.5)).isTrue();
        assertThat(entry.due(993, 1, 0.5)).isFalse();
        assertThat(entry.due(993, 2, 0.5)).isTrue();
        assertThat(entry.due(993, 0, 0.5)).isFalse();
        assertThat(entry.due(999, 1, 0)).isFalse();
        entry.putOff(5_000, false);
        assertThat(entry.due(999, 1, 0.9)).isFalse();
        assertThat(entry.due(5_000, 1, 0)).isTrue();
    }
}
