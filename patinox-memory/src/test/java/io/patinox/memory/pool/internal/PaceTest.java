package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(true);
    private long now = 1_000;

    @Test
    void yieldNanos_nobodyServedYet_isZero() {
        assertThat(pace.yieldNanos(0, now)).isZero();
    }

    @Test
    void yieldNanos_oneProcessor_isZero() {
        Pace alone = new Pace(false);
        for (int i = 0; i < 100; i++) {
            now += 4_000;
            alone.served(now);
        }
        assertThat(alone.yieldNanos(0, now)).isZero();
    }

    @Test
    void yieldNanos_fastQueue_growsWithThoseAheadUntilItIsTooLong() {
        serve(100, 4);
        assertThat(pace.yieldNanos(0, now)).isBetween(7_000L, 9_000L);
        assertThat(pace.yieldNanos(9, now)).isBetween(70_000L, 90_000L);
        assertThat(pace.yieldNanos(1_000, now)).isZero();
    }

    @Test
    void yieldNanos_queueBecomesSlow_isZeroAgain() {
        serve(100, 4);
        serve(20, 300);
        assertThat(pace.yieldNanos(0, now)).isZero();
    }

    @Test
    void yieldNanos_clockNearOverflow_isUnmoved() {
        now = Long.MAX_VALUE - 10_000;
        serve(100, 4);
        assertThat(pace.yieldNanos(0, now)).isBetween(7_000L, 9_000L);
    }

    @Test
    void tookLong_onlyShortly_allowsMore() {
        serve(100, 4);
        assertThat(pace.tookLong(now, now + 499_999)).isFalse();
        assertThat(pace.yieldNanos(0, now)).isPositive();
    }

    @Test
    void tookLong_forLong_nobodyYieldsForAWhileAndThenForALongerOne() {
        serve(100, 4);
        for (long pause = 50; pause <= 5_000; pause = Math.min(2 * pause, 5_001)) {
            assertThat(pace.tookLong(now - 500_000, now)).isTrue();
            long end = now + TimeUnit.MILLISECONDS.toNanos(Math.min(pause, 5_000));
            assertThat(pace.yieldNanos(0, end - 1)).as("pause of %s ms", pause).isZero();
            assertThat(pace.tookLong(now - 500_000, end - 1)).as("known by then").isTrue();
            assertThat(pace.yieldNanos(0, end)).as("pause of %s ms", pause).isPositive();
            now = end;
        }
        now += TimeUnit.SECONDS.toNanos(5);
        pace.tookLong(now - 500_000, now);
        assertThat(pace.yieldNanos(0, now + TimeUnit.MILLISECONDS.toNanos(50))).isPositive();
    }

    private void serve(int times, long micros) {
        for (int i = 0; i < times; i++) {
            now += TimeUnit.MICROSECONDS.toNanos(micros);
            pace.served(now);
        }
    }
}
