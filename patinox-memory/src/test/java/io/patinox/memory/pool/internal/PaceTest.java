package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// On one processor nobody ever yields, so there is nothing to be seen of the pace.
@EnabledIf("manyProcessors")
class PaceTest {
    private final Pace pace = new Pace();
    private long now = 1_000;

    static boolean manyProcessors() {
        return Runtime.getRuntime().availableProcessors() > 1;
    }

    @Test
    void yieldNanos_nobodyServedYet_isZero() {
        assertThat(pace.yieldNanos(0)).isZero();
    }

    @Test
    void yieldNanos_fastQueue_growsWithThoseAheadUntilItIsTooLong() {
        serve(100, 4);
        assertThat(pace.yieldNanos(0)).isBetween(7_000L, 9_000L);
        assertThat(pace.yieldNanos(9)).isBetween(70_000L, 90_000L);
        assertThat(pace.yieldNanos(1_000)).isZero();
    }

    @Test
    void yieldNanos_queueBecomesSlow_isZeroAgain() {
        serve(100, 4);
        serve(20, 300);
        assertThat(pace.yieldNanos(0)).isZero();
    }

    @Test
    void yieldNanos_clockNearOverflow_isUnmoved() {
        now = Long.MAX_VALUE - 10_000;
        serve(100, 4);
        assertThat(pace.yieldNanos(0)).isBetween(7_000L, 9_000L);
    }

    private void serve(int times, long micros) {
        for (int i = 0; i < times; i++) {
            now += TimeUnit.MICROSECONDS.toNanos(micros);
            pace.served(now);
        }
    }
}
