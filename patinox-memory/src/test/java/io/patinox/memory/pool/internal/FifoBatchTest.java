package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Batches, the limit of the queue, and suspension, on the bare engine.
@ParameterizedClass
@EnumSource
class FifoBatchTest {
    private final FifoEngine engine;
    private final List<Waiter> woken = new ArrayList<>();

    FifoBatchTest(EngineKind kind) {
        engine = kind.engine(3);
    }

    @Test
    void enqueueAll_slotsFree_servesAllAtOnce() {
        putAll();
        List<Waiter> batch = batch(3);
        assertThat(engine.enqueueAll(batch, 0)).isTrue();
        assertThat(batch).allMatch(w -> w.state() == Waiter.GRANTED);
        assertThat(batch).extracting(Waiter::slot).doesNotHaveDuplicates();
        assertThat(engine.waiting()).isZero();
    }

    @Test
    void enqueueAll_someFree_keepsThemUntilTheRestComes() {
        engine.put(1, () -> 0);
        List<Waiter> batch = batch(2);
        Waiter behind = waiter();
        engine.enqueueAll(batch, 0);
        engine.enqueue(behind, 0);
        assertThat(batch.getFirst().state()).isEqualTo(Waiter.GRANTED);
        assertThat(batch.getLast().state()).isEqualTo(Waiter.WAITING);
        assertThat(engine.tryTake()).isEqualTo(-1);
        engine.put(2, () -> 0);
        assertThat(batch.getLast().state()).isEqualTo(Waiter.GRANTED);
        assertThat(behind.state()).isEqualTo(Waiter.WAITING);
    }

    @Test
    void enqueueAll_twoBatches_theFirstIsServedWhole() {
        List<Waiter> first = batch(3);
        List<Waiter> second = batch(3);
        engine.enqueueAll(first, 0);
        engine.enqueueAll(second, 0);
        putAll();
        assertThat(woken).containsExactlyElementsOf(first);
        putAll();
        assertThat(woken).hasSize(6).endsWith(second.toArray(Waiter[]::new));
        assertThat(engine.overtakings()).isZero();
    }

    @Test
    void enqueueAll_closedEngine_refusesEveryMember() {
        engine.close(slot -> {});
        List<Waiter> batch = batch(2);
        assertThat(engine.enqueueAll(batch, 0)).isFalse();
        assertThat(batch).allMatch(w -> w.state() == Waiter.CLOSED);
    }

    @Test
    void enqueue_queueFull_refusesTheOneTooMany() {
        engine.limitWaiting(new Admission(2, () -> 0));
        assertThat(engine.enqueue(waiter(), 0)).isTrue();
        assertThat(engine.enqueue(waiter(), 0)).isTrue();
        Waiter tooMany = waiter();
        assertThat(engine.enqueue(tooMany, 0)).isFalse();
        assertThat(tooMany.state()).isEqualTo(Waiter.REFUSED);
        assertThat(engine.waiting()).isEqualTo(2);
        assertThat(engine.cancel(tooMany, Waiter.CANCELLED)).isFalse();
        engine.put(0, () -> 0);
        assertThat(engine.enqueue(waiter(), 0)).isTrue();
    }

    @Test
    void enqueue_queueFullOfExpired_admitsAndWakesThem() {
        engine.limitWaiting(new Admission(1, () -> 0));
        Waiter late = new Logged(5);
        engine.enqueue(late, 0);
        assertThat(engine.enqueue(waiter(), 6)).isTrue();
        assertThat(late.state()).isEqualTo(Waiter.EXPIRED);
        assertThat(woken).containsExactly(late);
        assertThat(engine.waiting()).isEqualTo(1);
    }

    @Test
    void enqueueAll_moreThanMayWait_refusesAllOfThem() {
        engine.limitWaiting(new Admission(1, () -> 0));
        engine.put(0, () -> 0);
        List<Waiter> tooMany = batch(3);
        assertThat(engine.enqueueAll(tooMany, 0)).isFalse();
        assertThat(tooMany).allMatch(w -> w.state() == Waiter.REFUSED);
        assertThat(engine.free()).isEqualTo(1);
        assertThat(engine.enqueueAll(batch(2), 0)).isTrue();
        assertThat(engine.waiting()).isEqualTo(1);
    }

    @Test
    void enqueue_placesVacant_admitsThoseToBeServedFromThere() {
        engine.limitWaiting(new Admission(0, () -> 2));
        assertThat(engine.enqueue(waiter(), 0)).isTrue();
        assertThat(engine.enqueue(waiter(), 0)).isTrue();
        assertThat(engine.enqueue(waiter(), 0)).isFalse();
    }

    @Test
    void suspend_slotsFree_nobodyGetsOne() {
        putAll();
        assertThat(engine.suspend()).isTrue();
        assertThat(engine.suspend()).isFalse();
        assertThat(engine.isSuspended()).isTrue();
        assertThat(engine.tryTake()).isEqualTo(-1);
        Waiter waiter = waiter();
        engine.enqueue(waiter, 0);
        engine.tend(0);
        assertThat(waiter.state()).isEqualTo(Waiter.WAITING);
        assertThat(engine.free()).isEqualTo(3);
        assertThat(engine.unserved()).isZero();
    }

    @Test
    void put_whileSuspended_freesTheSlotAlthoughSomebodyWaits() {
        engine.enqueue(waiter(), 0);
        engine.suspend();
        assertThat(engine.put(1, () -> 0)).isTrue();
        assertThat(engine.isFree(1)).isTrue();
        assertThat(woken).isEmpty();
        assertThat(engine.claim(1)).isTrue();
        assertThat(engine.pass(1, 0)).isTrue();
        assertThat(engine.isFree(1)).isTrue();
    }

    @Test
    void resume_someWait_servesThemInOrder() {
        engine.suspend();
        List<Waiter> batch = batch(2);
        engine.enqueueAll(batch, 0);
        Waiter last = waiter();
        Waiter none = waiter();
        engine.enqueue(last, 0);
        engine.enqueue(none, 0);
        putAll();
        assertThat(engine.resume(0)).isTrue();
        assertThat(engine.resume(0)).isFalse();
        assertThat(woken).containsExactly(batch.getFirst(), batch.getLast(), last);
        assertThat(none.state()).isEqualTo(Waiter.WAITING);
        assertThat(engine.overtakings()).isZero();
    }

    @Test
    void resume_nobodyWaits_opensTheFastWay() {
        putAll();
        engine.suspend();
        engine.resume(0);
        assertThat(IntStream.range(0, 3).map(i -> engine.tryTake())).doesNotContain(-1);
    }

    @Test
    void expire_whileSuspended_endsWaitsInTime() {
        engine.suspend();
        Waiter late = new Logged(10);
        engine.enqueue(late, 0);
        assertThat(engine.expire(10)).isEqualTo(Long.MAX_VALUE);
        assertThat(late.state()).isEqualTo(Waiter.EXPIRED);
    }

    @Test
    void close_whileSuspended_claimsWhatIsFreeAndStaysClosed() {
        engine.put(0, () -> 0);
        engine.suspend();
        engine.enqueue(waiter(), 0);
        List<Integer> claimed = new ArrayList<>();
        assertThat(engine.close(claimed::add)).isEqualTo(1);
        assertThat(claimed).containsExactly(0);
        assertThat(engine.put(1, () -> 0)).isFalse();
        engine.resume(0);
        assertThat(engine.put(1, () -> 0)).isFalse();
        assertThat(engine.tryTake()).isEqualTo(-1);
        assertThat(engine.suspend()).isFalse();
    }

    @Test
    void overtake_whileSuspended_isNotAllowed() {
        FifoEngine passing = new FifoEngine(new GatedSlots(2), Custodian.TRUSTING, 5);
        passing.put(0, () -> 0);
        passing.suspend();
        passing.enqueue(waiter(), 0);
        assertThat(passing.tryTake()).isEqualTo(-1);
        passing.put(1, () -> 0);
        assertThat(passing.tryTake()).isEqualTo(-1);
        assertThat(woken).isEmpty();
        passing.resume(0);
        assertThat(woken).hasSize(1);
    }

    private void putAll() {
        for (int slot = 0; slot < 3; slot++) {
            engine.put(slot, () -> 0);
        }
    }

    private List<Waiter> batch(int count) {
        return IntStream.range(0, count).<Waiter>mapToObj(i -> waiter()).toList();
    }

    private Waiter waiter() {
        return new Logged(100);
    }

    private final class Logged extends Waiter {
        Logged(long deadline) {
            super(null, deadline);
        }

        @Override
        void wake() {
            woken.add(this);
        }
    }
}
