package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.pool.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CoarseClockTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 1_000);
    private final CoarseClock clock = new CoarseClock(ticker);

    @Test
    void nanos_tickerStepsBack_timeGoesOnFromTheLastRefresh() {
        ticker.advance(Duration.ofNanos(500));
        long before = clock.refresh();
        ticker.advance(DAY.negated());
        assertThat(clock.nanos() - before).isZero();
        ticker.advance(Duration.ofNanos(7));
        assertThat(clock.nanos() - before).isEqualTo(7);
        assertThat(clock.refresh() - before).isEqualTo(7);
        assertThat(clock.coarseNanos() - before).isEqualTo(7);
    }

    @Test
    void nanos_tickerStepsBackTwiceAndForth_neverRunsBackwards() {
        long last = clock.refresh();
        for (int i = 0; i < 100; i++) {
            ticker.advance(i % 3 == 0 ? DAY.negated() : DAY);
            long now = clock.refresh();
            assertThat(now - last).isBetween(0L, DAY.toNanos());
            last = now;
        }
    }

    @Test
    void nanos_tickerJumpsAhead_timeDoesToo() {
        long before = clock.refresh();
        ticker.advance(DAY);
        assertThat(clock.nanos() - before).isEqualTo(DAY.toNanos());
    }

    @Test
    void nanos_tickerThrows_goesOnFromTheCoarseTimeAndTellsTheFailure() {
        boolean[] broken = {false};
        CoarseClock fragile =
                new CoarseClock(() -> {
                    if (broken[0]) {
                        throw new IllegalStateException("no time");
                    }
                    return 42;
                });
        broken[0] = true;
        assertThat(fragile.takeFailure()).isNull();
        long first = fragile.nanos();
        assertThat(first).isGreaterThanOrEqualTo(42);
        assertThat(fragile.nanos()).isGreaterThanOrEqualTo(first);
        assertThat(fragile.takeFailure()).isInstanceOf(IllegalStateException.class);
        assertThat(fragile.takeFailure()).isNull();
        long last = fragile.refresh();
        broken[0] = false;
        assertThat(fragile.nanos()).isGreaterThanOrEqualTo(last);
    }
}
