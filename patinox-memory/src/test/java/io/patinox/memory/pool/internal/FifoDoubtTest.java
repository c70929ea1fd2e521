package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The claim: a slot in doubt is examined before anybody gets it, as many at a time as wait, and
/// delays nobody who could have another.
@ParameterizedClass
@EnumSource
class FifoDoubtTest implements Custodian {
    private final BitSet doubtful = new BitSet();
    private final BitSet useless = new BitSet();
    private final List<Integer> examined = new ArrayList<>();
    private final List<Integer> discarded = new ArrayList<>();
    private final FifoEngine engine;

    FifoDoubtTest(EngineKind kind) {
        engine = new FifoEngine(kind.slots(4), this, 0);
    }

    @Override
    public boolean isDoubtful(int slot) {
        return doubtful.get(slot);
    }

    @Override
    public boolean examine(int slot) {
        examined.add(slot);
        return !useless.get(slot);
    }

    @Override
    public void discard(int slot) {
        discarded.add(slot);
    }

    @Test
    void enqueue_onlySlotsInDoubt_hasAsManyExaminedAsWait() {
        doubtful.set(0, 3);
        putAll(3);
        Waiter first = queue();
        assertThat(examined).containsExactly(0);
        assertThat(first.state()).isEqualTo(Waiter.WAITING);
        Waiter second = queue();
        assertThat(examined).containsExactly(0, 1);
        assertThat(engine.examining()).isEqualTo(2);
        assertThat(engine.free()).isEqualTo(1);
        assertThat(engine.tryTake()).isEqualTo(-1);
        assertThat(engine.pass(1, 0)).isTrue();
        assertThat(first.slot()).isEqualTo(1);
        assertThat(second.state()).isEqualTo(Waiter.WAITING);
        assertThat(engine.pass(0, 0)).isTrue();
        assertThat(second.slot()).isZero();
        assertThat(engine.overtakings()).isZero();
    }

    @Test
    void enqueue_aFreshSlotToo_givesThatOne() {
        doubtful.set(0, 2);
        putAll(3);
        Waiter waiter = queue();
        assertThat(waiter.slot()).isEqualTo(2);
        assertThat(engine.pass(0, 0)).isTrue();
        assertThat(engine.free()).isEqualTo(2);
    }

    @Test
    void put_aFreshSlotDuringAnExamination_servesTheHeadAtOnce() {
        doubtful.set(0);
        putAll(1);
        Waiter head = queue();
        assertThat(engine.put(3, () -> 0)).isTrue();
        assertThat(head.slot()).isEqualTo(3);
        assertThat(engine.pass(0, 0)).isTrue();
        assertThat(engine.isFree(0)).isTrue();
    }

    @Test
    void put_aSlotInDoubt_isExaminedFirst() {
        Waiter head = queue();
        doubtful.set(2);
        assertThat(engine.put(2, () -> 0)).isTrue();
        assertThat(examined).containsExactly(2);
        assertThat(head.state()).isEqualTo(Waiter.WAITING);
        engine.fail(0, null);
        assertThat(head.state()).isEqualTo(Waiter.WAITING);
        assertThat(engine.examining()).isZero();
    }

    @Test
    void fail_anotherInDoubt_isExaminedNext() {
        doubtful.set(0, 2);
        putAll(2);
        Waiter head = queue();
        engine.fail(0, null);
        assertThat(examined).containsExactly(0, 1);
        engine.pass(1, 0);
        assertThat(head.slot()).isEqualTo(1);
    }

    @Test
    void fail_withAnError_endsTheWaitOfTheHead() {
        doubtful.set(0);
        putAll(1);
        Waiter head = queue();
        Error defect = new AssertionError("defect");
        engine.fail(0, defect);
        assertThat(head.state()).isEqualTo(Waiter.FAILED);
        assertThat(head.failure()).isSameAs(defect);
        assertThat(engine.waiting()).isZero();
    }

    @Test
    void examine_uselessAtOnce_isDiscardedAndTheNextExamined() {
        doubtful.set(0, 4);
        useless.set(0, 3);
        putAll(4);
        Waiter head = queue();
        assertThat(discarded).containsExactly(0, 1, 2);
        assertThat(engine.examining()).isEqualTo(1);
        engine.pass(3, 0);
        assertThat(head.slot()).isEqualTo(3);
    }

    @Test
    void pass_closedMeanwhile_leavesTheSlotToTheCaller() {
        doubtful.set(0);
        putAll(1);
        queue();
        engine.close(slot -> {});
        assertThat(engine.pass(0, 0)).isFalse();
        engine.fail(0, null);
        assertThat(engine.waiting()).isZero();
    }

    private void putAll(int count) {
        for (int slot = 0; slot < count; slot++) {
            engine.put(slot, () -> 0);
        }
    }

    private Waiter queue() {
        Waiter waiter = new Waiter(null, 100);
        engine.enqueue(waiter, 0);
        return waiter;
    }
}
