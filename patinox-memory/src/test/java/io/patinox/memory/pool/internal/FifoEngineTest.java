package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class FifoEngineTest {
    private final EngineKind kind;
    private final FifoEngine engine;
    private final List<Waiter> woken = new ArrayList<>();

    FifoEngineTest(EngineKind kind) {
        this.kind = kind;
        engine = kind.engine(2);
    }

    @Test
    void tryTake_nothingPut_givesNothing() {
        assertThat(engine.tryTake()).isEqualTo(-1);
        assertThat(engine.free()).isZero();
    }

    @Test
    void put_nobodyWaits_freesTheSlotWithoutReadingTheClock() {
        boolean kept =
                engine.put(
                        1,
                        () -> {
                            throw new AssertionError("clock read");
                        });
        assertThat(kept).isTrue();
        assertThat(engine.tryTake()).isEqualTo(1);
    }

    @Test
    void enqueue_slotFree_isServedAtOnce() {
        engine.put(0, () -> 0);
        Waiter waiter = waiter(100);
        assertThat(engine.enqueue(waiter, 0)).isTrue();
        assertThat(waiter.state()).isEqualTo(Waiter.GRANTED);
        assertThat(waiter.slot()).isZero();
        assertThat(engine.waiting()).isZero();
        assertThat(engine.tryTake()).isEqualTo(-1);
    }

    @Test
    void put_manyWait_servesInOrderOfArrival() {
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Waiter waiter = waiter(100);
            waiters.add(waiter);
            engine.enqueue(waiter, 0);
            assertThat(engine.waiting()).isEqualTo(i + 1);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(engine.put(i % 2, () -> 0)).isTrue();
            assertThat(woken).containsExactlyElementsOf(waiters.subList(0, i + 1));
            assertThat(waiters.get(i).slot()).isEqualTo(i % 2);
        }
        assertThat(engine.overtakings()).isZero();
        assertThat(engine.waiting()).isZero();
    }

    @Test
    void tryTake_somebodyWaits_givesNothing() {
        engine.enqueue(waiter(100), 0);
        assertThat(engine.tryTake()).isEqualTo(-1);
        engine.put(0, () -> 0);
        engine.put(1, () -> 0);
        assertThat(engine.tryTake()).isEqualTo(1);
    }

    @Test
    void put_headExpired_servesTheNextAndWakesBoth() {
        Waiter late = waiter(10);
        Waiter patient = waiter(100);
        engine.enqueue(late, 0);
        engine.enqueue(patient, 0);
        engine.put(0, () -> 10);
        assertThat(late.state()).isEqualTo(Waiter.EXPIRED);
        assertThat(patient.state()).isEqualTo(Waiter.GRANTED);
        assertThat(woken).containsExactly(late, patient);
    }

    @Test
    void put_onlyExpiredWait_freesTheSlot() {
        engine.enqueue(waiter(10), 0);
        engine.put(1, () -> 11);
        assertThat(engine.waiting()).isZero();
        assertThat(engine.tryTake()).isEqualTo(1);
    }

    @Test
    void cancel_inTheMiddle_leavesTheOthersInOrder() {
        Waiter first = waiter(100);
        Waiter second = waiter(100);
        Waiter third = waiter(100);
        engine.enqueue(first, 0);
        engine.enqueue(second, 0);
        engine.enqueue(third, 0);
        assertThat(engine.cancel(second, Waiter.CANCELLED)).isTrue();
        assertThat(engine.cancel(second, Waiter.CANCELLED)).isFalse();
        assertThat(engine.waiting()).isEqualTo(2);
        engine.put(0, () -> 0);
        engine.put(1, () -> 0);
        assertThat(woken).containsExactly(first, third);
        assertThat(second.state()).isEqualTo(Waiter.CANCELLED);
    }

    @Test
    void cancel_lastOne_letsTakersPassAgain() {
        Waiter only = waiter(100);
        engine.enqueue(only, 0);
        engine.cancel(only, Waiter.CANCELLED);
        engine.put(0, () -> 0);
        assertThat(engine.tryTake()).isZero();
    }

    @Test
    void cancel_servedBefore_isRefused() {
        Waiter waiter = waiter(100);
        engine.enqueue(waiter, 0);
        engine.put(0, () -> 0);
        assertThat(engine.cancel(waiter, Waiter.CANCELLED)).isFalse();
        assertThat(waiter.state()).isEqualTo(Waiter.GRANTED);
    }

    @Test
    void cancel_neverQueued_isRefusedAndHarmsNobody() {
        Waiter queued = waiter(100);
        engine.enqueue(queued, 0);
        Waiter stranger = waiter(100);
        assertThat(engine.cancel(stranger, Waiter.CANCELLED)).isFalse();
        assertThat(stranger.state()).isEqualTo(Waiter.WAITING);
        assertThat(engine.waiting()).isEqualTo(1);
        engine.put(0, () -> 0);
        assertThat(woken).containsExactly(queued);
        engine.put(0, () -> 0);
        assertThat(engine.tryTake()).isZero();
    }

    @Test
    void expire_someLate_endsThemAndTellsTheNextDeadline() {
        Waiter first = waiter(50);
        Waiter second = waiter(10);
        Waiter third = waiter(30);
        engine.enqueue(first, 0);
        engine.enqueue(second, 0);
        engine.enqueue(third, 0);
        assertThat(engine.expire(9)).isEqualTo(1);
        assertThat(woken).isEmpty();
        assertThat(engine.expire(30)).isEqualTo(20);
        assertThat(woken).containsExactly(second, third);
        assertThat(engine.waiting()).isEqualTo(1);
        assertThat(engine.expire(50)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void expire_clockNearOverflow_comparesByDifference() {
        long now = Long.MAX_VALUE - 5;
        Waiter waiter = waiter(now + 10);
        engine.enqueue(waiter, now);
        assertThat(engine.expire(now + 9)).isEqualTo(1);
        assertThat(engine.expire(now + 10)).isEqualTo(Long.MAX_VALUE);
        assertThat(waiter.state()).isEqualTo(Waiter.EXPIRED);
    }

    @Test
    void close_someWait_failsThemAndClaimsWhatIsFree() {
        FifoEngine closing = kind.engine(100);
        closing.put(7, () -> 0);
        closing.put(99, () -> 0);
        List<Integer> claimed = new ArrayList<>();
        assertThat(closing.close(claimed::add)).isZero();
        assertThat(claimed).containsExactly(7, 99);
        assertThat(closing.close(claimed::add)).isEqualTo(-1);
        assertThat(closing.put(7, () -> 0)).isFalse();
        assertThat(closing.tryTake()).isEqualTo(-1);
        Waiter tooLate = waiter(100);
        assertThat(closing.enqueue(tooLate, 0)).isFalse();
        assertThat(tooLate.state()).isEqualTo(Waiter.CLOSED);
    }

    @Test
    void close_withAQueue_wakesEverybodyInOrder() {
        List<Waiter> waiters = List.of(waiter(100), waiter(100), waiter(100));
        waiters.forEach(w -> engine.enqueue(w, 0));
        AtomicInteger claimed = new AtomicInteger();
        assertThat(engine.close(slot -> claimed.incrementAndGet())).isEqualTo(3);
        assertThat(woken).containsExactlyElementsOf(waiters);
        assertThat(waiters).allMatch(w -> w.state() == Waiter.CLOSED);
        assertThat(claimed).hasValue(0);
        assertThat(engine.waiting()).isZero();
    }

    private Waiter waiter(long deadline) {
        return new Waiter(null, deadline) {
            @Override
            void wake() {
                woken.add(this);
            }
        };
    }
}
