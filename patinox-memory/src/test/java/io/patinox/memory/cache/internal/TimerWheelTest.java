package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {

    private static final long TICK = 1L << TimerWheel.DEFAULT_SHIFT;

    private final List<Timer> fired = new ArrayList<>();
    private TimerWheel<Timer> wheel = new TimerWheel<>(0);

    private Timer scheduled(long deadlineNanos) {
        Timer timer = new Timer(deadlineNanos);
        wheel.schedule(timer);
        return timer;
    }

    private void advance(long nowNanos) {
        wheel.advance(nowNanos, fired::add);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                TICK - 1,
                TICK,
                TICK + 1,
                63 * TICK,
                64 * TICK,
                65 * TICK,
                64 * 64 * TICK - 1,
                64 * 64 * TICK,
                64L * 64 * 64 * TICK + 7,
                64L * 64 * 64 * 64 * TICK + 7,
                64L * 64 * 64 * 64 * 64 * TICK - 1,
                64L * 64 * 64 * 64 * 64 * TICK + 7,
                300 * 365 * 24 * 3_600 * 1_000_000_000L / 1_100,
                100L * 365 * 24 * 3_600 * 1_000_000_000L
            })
    void advance_toTheDeadline_firesWithinATickAndNotBefore(long deadline) {
        Timer timer = scheduled(deadline);

        advance(deadline - 1);
        assertThat(fired).isEmpty();
        assertThat(wheel.size()).isOne();
        advance(deadline + TICK);

        assertThat(fired).containsExactly(timer);
        assertThat(wheel.size()).isZero();
        assertThat(timer.timerBefore()).isNull();
        assertThat(timer.timerAfter()).isNull();
    }

    @Test
    void schedule_deadlinePassed_firesAtTheNextAdvanceInTheSameTick() {
        advance(10 * TICK);
        Timer timer = scheduled(9 * TICK);

        assertThat(wheel.nextDelayNanos(10 * TICK)).isZero();
        advance(10 * TICK);

        assertThat(fired).containsExactly(timer);
    }

    @Test
    void schedule_twice_isScheduledOnceAtTheNewTime() {
        Timer timer = scheduled(100 * TICK);
        timer.deadline = 5 * TICK;
        wheel.schedule(timer);

        advance(6 * TICK);
        advance(200 * TICK);

        assertThat(fired).containsExactly(timer);
    }

    @Test
    void cancel_ofMembersAnywhere_leavesTheOthers() {
        Timer first = scheduled(5 * TICK);
        Timer middle = scheduled(5 * TICK);
        Timer last = scheduled(5 * TICK);
        Timer overdue = scheduled(-1);

        wheel.cancel(middle);
        wheel.cancel(middle);
        wheel.cancel(overdue);
        advance(6 * TICK);

        assertThat(fired).containsExactly(first, last);
    }

    @Test
    void advance_deadlineWasMovedLater_waitsForIt() {
        Timer timer = scheduled(5 * TICK);
        timer.deadline = 5_000 * TICK;

        advance(4_999 * TICK);
        assertThat(fired).isEmpty();
        advance(5_001 * TICK);

        assertThat(fired).containsExactly(timer);
    }

    /// The list it belongs in is the one that has just come up, one turn ahead.
    @Test
    void advance_deadlineWasMovedByAWholeTurn_comesToAnEnd() {
        Timer timer = scheduled(5 * TICK);
        timer.deadline = (5 + 64) * TICK;

        advance(10 * TICK);
        assertThat(fired).isEmpty();
        advance(70 * TICK);

        assertThat(fired).containsExactly(timer);
    }

    @Test
    void advance_clockGoesBack_losesNothingAndIsNeverEarly() {
        Timer soon = scheduled(5 * TICK);
        advance(3 * TICK);
        Timer late = scheduled(100 * TICK);

        advance(-1_000 * TICK);
        Timer whileBack = scheduled(2 * TICK);
        advance(-1_000 * TICK);
        assertThat(fired).isEmpty();

        advance(6 * TICK);
        assertThat(fired).containsExactlyInAnyOrder(soon, whileBack);
        advance(101 * TICK);
        assertThat(fired).hasSize(3).contains(late);
    }

    @Test
    void advance_clockWrapsAround_goesOn() {
        long start = Long.MAX_VALUE - 10 * TICK;
        wheel = new TimerWheel<>(start);
        Timer before = scheduled(start + 5 * TICK);
        Timer after = scheduled(start + 5_000 * TICK);

        advance(start + 6 * TICK);
        assertThat(fired).containsExactly(before);
        advance(start + 4_999 * TICK);
        assertThat(fired).hasSize(1);
        advance(start + 5_001 * TICK);

        assertThat(fired).containsExactly(before, after);
    }

    @Test
    void nextDelay_ofOne_endsWhenAnAdvanceHasSomethingToDo() {
        assertThat(wheel.nextDelayNanos(0)).isEqualTo(Long.MAX_VALUE);
        scheduled(3 * TICK + 1);

        assertThat(wheel.nextDelayNanos(0)).isEqualTo(4 * TICK);
        assertThat(wheel.nextDelayNanos(TICK)).isEqualTo(3 * TICK);
        assertThat(wheel.nextDelayNanos(9 * TICK)).isZero();
    }

    /// Regression of a kind: the list a whole turn ahead has the number of the current one.
    @Test
    void nextDelay_aWholeTurnAhead_isFound() {
        advance(5 * TICK);
        scheduled((5 + 64 * 64 - 1) * TICK);

        assertThat(wheel.nextDelayNanos(5 * TICK)).isEqualTo((64 * 64 - 5) * TICK);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nextDelay_sleptOverAndOver_reachesEveryDeadlineInTimeWithFewSteps(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long now = random.nextLong();
            wheel = new TimerWheel<>(now);
            fired.clear();
            long left = 1 + random.nextLong(1L << random.nextInt(1, 54));
            long deadline = now + left;
            scheduled(deadline);
            int steps = 0;
            while (fired.isEmpty()) {
                long delay = wheel.nextDelayNanos(now);
                assertThat(delay).as("seed %d", seed).isPositive();
                now += delay;
                steps++;
                advance(now);
            }
            assertThat(now - deadline).as("seed %d", seed).isBetween(0L, TICK);
            assertThat(steps).as("seed %d", seed).isLessThan(12);
        }
    }

    @Test
    void advance_limited_leavesTheRestForTheNext() {
        for (int i = 0; i < 10; i++) {
            scheduled(TICK);
        }

        assertThat(wheel.advance(2 * TICK, 4, fired::add)).isEqualTo(4);
        assertThat(wheel.nextDelayNanos(2 * TICK)).isZero();
        assertThat(wheel.advance(2 * TICK, 100, fired::add)).isEqualTo(6);
        assertThat(fired).doesNotHaveDuplicates().hasSize(10);
    }

    /// Regression of a kind: what a nested advance found was lost for the outer one.
    @Test
    void advance_withinAConsumer_strandsNobody() {
        for (int i = 1; i <= 200; i++) {
            scheduled(i * TICK);
        }
        Consumer<Timer> nested =
                timer -> {
                    fired.add(timer);
                    if (fired.size() % 7 == 0) {
                        wheel.advance((100 + fired.size()) * TICK, fired::add);
                    }
                };

        wheel.advance(100 * TICK, nested);
        advance(300 * TICK);

        assertThat(fired).hasSize(200).doesNotHaveDuplicates();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void advance_consumerThatSchedulesAndCancels_isHeeded() {
        Timer first = scheduled(TICK);
        Timer cancelled = scheduled(TICK);
        Timer later = scheduled(TICK);
        Consumer<Timer> busy =
                timer -> {
                    fired.add(timer);
                    if (timer == first) {
                        wheel.cancel(cancelled);
                        later.deadline = 9 * TICK;
                        wheel.schedule(later);
                        // as one does who could not take it yet
                        wheel.schedule(first);
                    }
                };

        wheel.advance(2 * TICK, busy);
        assertThat(fired).containsExactly(first);
        fired.clear();
        advance(3 * TICK);
        assertThat(fired).containsExactly(first);
        advance(10 * TICK);

        assertThat(fired).containsExactly(first, later);
    }

    @Test
    void advance_consumerThrows_losesOnlyWhatItWasGiven() {
        for (int i = 1; i <= 100; i++) {
            scheduled(i * TICK);
        }
        Consumer<Timer> failing =
                timer -> {
                    throw new IllegalStateException("no");
                };

        assertThatThrownBy(() -> wheel.advance(1_000 * TICK, failing)).hasMessage("no");
        assertThat(wheel.size()).isEqualTo(99);
        advance(1_000 * TICK);

        assertThat(fired).hasSize(99);
    }

    @Test
    void clear_withMembersEverywhere_leavesThemUnlinked() {
        List<Timer> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(scheduled((1L << i) - 5));
        }

        wheel.clear();

        assertThat(wheel.size()).isZero();
        assertThat(all)
                .allMatch(timer -> timer.timerAfter() == null && timer.timerBefore() == null);
        assertThat(wheel.nextDelayNanos(0)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void operations_atRandom_areThoseOfAPlainList(long seed) {
        Random random = new Random(seed);
        int shift = random.nextInt(0, 25);
        long now = random.nextLong();
        wheel = new TimerWheel<>(now, shift);
        List<Timer> in = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    in.add(scheduled(now + randomSpan(random, shift) - 3));
                }
                case 2 -> {
                    if (!in.isEmpty()) {
                        Timer gone = in.remove(random.nextInt(in.size()));
                        wheel.cancel(gone);
                    }
                }
                case 3 -> {
                    if (!in.isEmpty()) {
                        in.get(random.nextInt(in.size())).deadline += randomSpan(random, shift);
                    }
                }
                default -> {
                    now += randomSpan(random, shift);
                    long present = now;
                    fired.clear();
                    advance(now);
                    assertThat(fired).as("seed %d", seed).allMatch(t -> t.deadline <= present);
                    in.removeAll(fired);
                    assertThat(in)
                            .as("seed %d", seed)
                            .allMatch(t -> t.deadline - present > -(1L << shift));
                }
            }
            assertThat(wheel.size()).as("seed %d", seed).isEqualTo(in.size());
        }
    }

    private static long randomSpan(Random random, int shift) {
        return random.nextLong(1L << random.nextInt(1, Math.min(50, shift + 22)));
    }

    private static final class Timer implements Timed {

        private long deadline;
        private @Nullable Timed before;
        private @Nullable Timed after;

        Timer(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public long deadlineNanos() {
            return deadline;
        }

        @Override
        public @Nullable Timed timerBefore() {
            return before;
        }

        @Override
        public void timerBefore(@Nullable Timed before) {
            this.before = before;
        }

        @Override
        public @Nullable Timed timerAfter() {
            return after;
        }

        @Override
        public void timerAfter(@Nullable Timed after) {
            this.after = after;
        }
    }
}
