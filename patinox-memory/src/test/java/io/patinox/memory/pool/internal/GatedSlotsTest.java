package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatedSlotsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 1_000})
    void take_allFree_givesEachSlotOnce(int count) {
        GatedSlots slots = free(count);
        BitSet taken = new BitSet();
        for (int i = 0; i < count; i++) {
            int slot = slots.take();
            assertThat(slots.isFree(slot)).isFalse();
            taken.set(slot);
        }
        assertThat(taken.cardinality()).isEqualTo(count);
        assertThat(slots.take()).isEqualTo(-1);
        assertThat(slots.freeCount()).isZero();
    }

    @Test
    void take_theSameThread_getsWhatItHadLast() {
        GatedSlots slots = free(8);
        int first = slots.take();
        int second = slots.take();
        assertThat(slots.free(first)).isTrue();
        assertThat(slots.free(second)).isTrue();
        assertThat(slots.take()).isEqualTo(second);
    }

    @Test
    void gate_closed_takesAndFreesNothing() {
        GatedSlots slots = free(2);
        int held = slots.take();
        assertThat(slots.enter()).as("was calm").isTrue();
        assertThat(slots.take()).isEqualTo(-1);
        assertThat(slots.free(held)).isFalse();
        assertThat(slots.isFree(held)).isFalse();
        assertThat(slots.claimFrom(0)).isEqualTo(1 - held);
        slots.leave();
        assertThat(slots.free(held)).isTrue();
        assertThat(slots.take()).isEqualTo(held);
    }

    @Test
    void gate_manyWaiters_opensWhenTheLastHasLeft() {
        GatedSlots slots = free(1);
        slots.enter();
        assertThat(slots.enter()).as("was closed").isFalse();
        slots.leave();
        assertThat(slots.take()).isEqualTo(-1);
        slots.leave();
        assertThat(slots.enter()).as("was alert").isFalse();
        slots.leave();
        assertThat(slots.take()).isZero();
    }

    @Test
    void relax_nobodyWaits_isCalmAgainAndNotBefore() {
        GatedSlots slots = free(1);
        slots.enter();
        slots.relax();
        assertThat(slots.take()).isEqualTo(-1);
        slots.leave();
        slots.relax();
        assertThat(slots.enter()).as("was calm").isTrue();
    }

    @Test
    void claimFrom_someFree_takesTheLowestNotBelow() {
        GatedSlots slots = new GatedSlots(10);
        slots.expose(3);
        slots.expose(7);
        assertThat(slots.claimFrom(4)).isEqualTo(7);
        assertThat(slots.claimFrom(4)).isEqualTo(-1);
        assertThat(slots.claim()).isEqualTo(3);
        assertThat(slots.claim(3)).isFalse();
    }

    private static GatedSlots free(int count) {
        GatedSlots slots = new GatedSlots(count);
        for (int i = 0; i < count; i++) {
            assertThat(slots.free(i)).isTrue();
        }
        return slots;
    }
}
