package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(booleans = {false, true})
class RotatingSlotsTest {
    private final SlotWord[] words = SlotWord.upTo(3);
    private final RotatingSlots slots;

    RotatingSlotsTest(boolean striped) {
        slots = new RotatingSlots(striped ? new GatedSlots(words) : new ControlWords(3), words);
    }

    @Test
    void take_severalFree_givesTheOldest() {
        slots.free(2);
        slots.free(words[0]);
        slots.expose(1);
        assertThat(slots.freeCount()).isEqualTo(3);
        assertThat(slots.likely()).isEqualTo(2);
        assertThat(slots.take(words[2])).isTrue();
        assertThat(slots.take(words[2])).isFalse();
        assertThat(slots.take()).isZero();
        assertThat(slots.claim()).isEqualTo(1);
        assertThat(slots.take()).isEqualTo(-1);
        assertThat(slots.claim()).isEqualTo(-1);
        assertThat(slots.likely()).isZero();
    }

    @Test
    void claim_byUpkeep_keepsTheOrder() {
        slots.free(1);
        slots.free(2);
        assertThat(slots.claim(1)).isTrue();
        assertThat(slots.claim(1)).isFalse();
        slots.free(1);
        assertThat(slots.take()).isEqualTo(1);
        slots.free(1);
        assertThat(slots.take()).isEqualTo(2);
    }

    @Test
    void take_somebodyWaits_givesNothing() {
        slots.free(1);
        slots.enter();
        assertThat(slots.take()).isEqualTo(-1);
        assertThat(slots.free(0)).isFalse();
        assertThat(slots.claimFrom(0)).isEqualTo(1);
        slots.leave();
        slots.relax();
        assertThat(slots.free(0)).isTrue();
        assertThat(slots.isFree(0)).isTrue();
    }

    @Test
    void grow_moreSlots_areOrderedToo() {
        slots.free(1);
        slots.grow(5);
        slots.free(4);
        slots.free(3);
        assertThat(slots.take()).isEqualTo(1);
        assertThat(slots.take()).isEqualTo(4);
        assertThat(slots.take()).isEqualTo(3);
    }
}
