package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanupRunTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /// Close to the overflow, as a monotonic clock may be.
    private static final long T = Long.MAX_VALUE - 5;

    private final Fixtures fixtures = new Fixtures();

    private CleanupRun run(long deadlineNanos) {
        CleanupRun run =
                new CleanupRun(
                        fixtures.core.engine(), fixtures.unlisted("r"), "t", deadlineNanos, true);
        run.startedAt(T);
        return run;
    }

    @Test
    void begin_takenTwice_isGivenOnce() {
        CleanupRun run = run(SECOND);

        assertThat(run.takeBegin()).isTrue();
        assertThat(run.takeBegin()).isFalse();
        run.run(); // finds it taken
        assertThat(run.tracked.outcome()).isNull();
    }

    @Test
    void starved_afterASecondAtMost_untilRescued() {
        CleanupRun run = run(30 * SECOND);
        assertThat(run.untilNextAlarm(T)).isEqualTo(SECOND);
        assertThat(run.isStarved(T + SECOND - 1)).isFalse();
        assertThat(run.isStarved(T + SECOND)).isTrue();
        assertThat(run.isOverdue(T + 60 * SECOND)).isFalse();
        run.markRescued();
        assertThat(run.isStarved(T + SECOND)).isFalse();

        CleanupRun quick = run(50 * MILLI);
        assertThat(quick.isStarved(T + 50 * MILLI - 1)).isFalse();
        assertThat(quick.isStarved(T + 50 * MILLI)).isTrue();
        quick.takeBegin();
        assertThat(quick.isStarved(T + 50 * MILLI)).isFalse();
        assertThat(quick.isOverdue(T + 50 * MILLI)).isFalse();
    }

    @Test
    void times_begunLater_countFromTheBegin() {
        CleanupRun run = run(10 * SECOND);
        long begun = T + 3 * SECOND;
        run.takeBegin();
        run.begunAt(begun);

        assertThat(run.untilNextAlarm(begun)).isEqualTo(10 * SECOND);
        assertThat(run.isOverdue(begun + 10 * SECOND - 1)).isFalse();
        assertThat(run.isOverdue(begun + 10 * SECOND)).isTrue();
        assertThat(run.isExpired(begun + 100 * SECOND)).isFalse();
        run.markInterrupted();
        assertThat(run.interrupted()).isTrue();
        assertThat(run.untilNextAlarm(begun)).isEqualTo(11 * SECOND);
        assertThat(run.isExpired(begun + 11 * SECOND - 1)).isFalse();
        assertThat(run.isExpired(begun + 11 * SECOND)).isTrue();
    }

    @Test
    void grace_shortDeadline_isAsLongAgain() {
        CleanupRun run = run(20 * MILLI);
        run.takeBegin();
        run.begunAt(T);
        run.markInterrupted();

        assertThat(run.untilNextAlarm(T)).isEqualTo(40 * MILLI);
    }

    @Test
    void hurry_begun_bringsTheTimesNearerNeverFarther() {
        CleanupRun run = run(10 * SECOND);
        run.takeBegin();
        run.begunAt(T);
        run.hurry(T + 20 * SECOND, T + 30 * SECOND);
        assertThat(run.untilNextAlarm(T)).isEqualTo(10 * SECOND);
        assertThat(run.deadlineNanos()).isEqualTo(10 * SECOND);

        run.hurry(T + 2 * SECOND, T + 3 * SECOND);

        assertThat(run.untilNextAlarm(T)).isEqualTo(2 * SECOND);
        assertThat(run.deadlineNanos()).isEqualTo(2 * SECOND);
        run.markInterrupted();
        assertThat(run.untilNextAlarm(T)).isEqualTo(3 * SECOND);
    }

    @Test
    void hurry_notBegun_boundsTheDeadlineAfterTheBegin() {
        CleanupRun run = run(10 * SECOND);
        run.hurry(T + 4 * SECOND, T + 5 * SECOND);
        run.takeBegin();
        run.begunAt(T + SECOND);

        assertThat(run.deadlineNanos()).isEqualTo(3 * SECOND);
        assertThat(run.isOverdue(T + 4 * SECOND - 1)).isFalse();
        assertThat(run.isOverdue(T + 4 * SECOND)).isTrue();
        run.markInterrupted();
        assertThat(run.isExpired(T + 5 * SECOND)).isTrue();
    }
}
