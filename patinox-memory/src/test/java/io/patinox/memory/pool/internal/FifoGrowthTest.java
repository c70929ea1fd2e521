package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/// The claim: slots that are added are held until they are put, and from then on like the others.
@ParameterizedClass
@CsvSource({"A, 1, 2", "A, 40, 41", "A, 3, 100", "B_CALM, 1, 2", "B_CALM, 3, 100", "B_ALERT, 2, 9"})
class FifoGrowthTest {
    private final FifoEngine engine;
    private final int before;
    private final int after;

    FifoGrowthTest(EngineKind kind, int before, int after) {
        engine = kind.engine(before);
        this.before = before;
        this.after = after;
    }

    @Test
    void grow_nothingPut_addsNothingFree() {
        putAll(0, before);
        engine.grow(after);
        assertThat(engine.free()).isEqualTo(before);
        for (int slot = before; slot < after; slot++) {
            assertThat(engine.isFree(slot)).isFalse();
            assertThat(engine.claim(slot)).isFalse();
        }
        assertThat(takeAll()).hasSize(before);
    }

    @Test
    void put_aSlotThatWasAdded_isTakenLikeAnyOther() {
        engine.grow(after);
        putAll(0, after);
        assertThat(engine.free()).isEqualTo(after);
        assertThat(takeAll()).hasSize(after).doesNotHaveDuplicates();
    }

    @Test
    void grow_toFewer_changesNothing() {
        putAll(0, before);
        engine.grow(after);
        engine.grow(before - 1);
        engine.grow(0);
        putAll(before, after);
        assertThat(takeAll()).hasSize(after);
    }

    @Test
    void put_anAddedSlotWhileManyWait_servesTheHead() {
        Waiter first = queue();
        Waiter second = queue();
        engine.grow(after);
        assertThat(engine.tryTake()).isEqualTo(-1);
        assertThat(engine.put(after - 1, () -> 0)).isTrue();
        assertThat(first.slot()).isEqualTo(after - 1);
        assertThat(second.state()).isEqualTo(Waiter.WAITING);
        assertThat(engine.put(before - 1, () -> 0)).isTrue();
        assertThat(second.slot()).isEqualTo(before - 1);
        assertThat(engine.put(after - 1, () -> 0)).isTrue();
        assertThat(engine.tryTake()).isEqualTo(after - 1);
    }

    @Test
    void enqueue_onlyAnAddedSlotIsFree_isServedAtOnce() {
        engine.grow(after);
        engine.put(after - 1, () -> 0);
        Waiter waiter = queue();
        assertThat(waiter.slot()).isEqualTo(after - 1);
        assertThat(engine.waiting()).isZero();
    }

    @Test
    void cancel_growsInBetween_letsTakersPassAgain() {
        Waiter waiter = queue();
        engine.grow(after);
        engine.cancel(waiter, Waiter.CANCELLED);
        putAll(0, after);
        assertThat(takeAll()).hasSize(after);
    }

    @Test
    void close_growsBeforeAndAfter_refusesEverySlot() {
        engine.grow(after);
        engine.put(after - 1, () -> 0);
        List<Integer> claimed = new ArrayList<>();
        engine.close(claimed::add);
        assertThat(claimed).containsExactly(after - 1);
        engine.grow(2 * after + ControlWords.SLOTS_PER_WORD);
        for (int slot = before; slot < 2 * after; slot++) {
            assertThat(engine.put(slot, () -> 0)).isFalse();
        }
        assertThat(engine.tryTake()).isEqualTo(-1);
        assertThat(engine.free()).isZero();
    }

    private void putAll(int from, int to) {
        for (int slot = from; slot < to; slot++) {
            assertThat(engine.put(slot, () -> 0)).isTrue();
        }
    }

    private List<Integer> takeAll() {
        List<Integer> taken = new ArrayList<>();
        for (int slot = engine.tryTake(); slot >= 0; slot = engine.tryTake()) {
            taken.add(slot);
        }
        return taken;
    }

    private Waiter queue() {
        Waiter waiter = new Waiter(null, 100);
        engine.enqueue(waiter, 0);
        return waiter;
    }
}
