package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlWordsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 39, 40, 41, 80, 81, 1_000})
    void take_allFree_givesEachSlotOnceLowestFirst(int slots) {
        ControlWords words = new ControlWords(slots);
        for (int i = 0; i < slots; i++) {
            assertThat(words.free(i)).isTrue();
        }
        assertThat(words.freeCount()).isEqualTo(slots);
        for (int i = 0; i < slots; i++) {
            assertThat(words.isFree(i)).isTrue();
            assertThat(words.take()).isEqualTo(i);
            assertThat(words.isFree(i)).isFalse();
        }
        assertThat(words.take()).isEqualTo(-1);
        assertThat(words.freeCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 41, 100})
    void take_somebodyWaits_givesNothing(int slots) {
        ControlWords words = new ControlWords(slots);
        int last = slots - 1;
        assertThat(words.free(last)).isTrue();
        words.enter();
        assertThat(words.take()).isEqualTo(-1);
        words.leave();
        assertThat(words.take()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 41, 100})
    void free_somebodyWaits_refusesInEveryWord(int slots) {
        ControlWords words = new ControlWords(slots);
        words.enter();
        words.enter();
        for (int i = 0; i < slots; i++) {
            assertThat(words.free(i)).isFalse();
        }
        words.leave();
        assertThat(words.free(0)).isFalse();
        words.leave();
        assertThat(words.free(0)).isTrue();
        assertThat(words.freeCount()).isEqualTo(1);
    }

    @Test
    void claim_somebodyWaits_takesLowestExposedSlot() {
        ControlWords words = new ControlWords(100);
        words.enter();
        words.expose(77);
        words.expose(42);
        assertThat(words.claim()).isEqualTo(42);
        assertThat(words.claim()).isEqualTo(77);
        assertThat(words.claim()).isEqualTo(-1);
    }

    @Test
    void claim_oneSlot_tellsWhetherItWasFree() {
        ControlWords words = new ControlWords(41);
        words.free(40);
        assertThat(words.claim(40)).isTrue();
        assertThat(words.claim(40)).isFalse();
        assertThat(words.claim(0)).isFalse();
    }

    @Test
    void enter_manyWaiters_doesNotTouchTheFreeBits() {
        ControlWords words = new ControlWords(40);
        words.free(39);
        int waiters = 100_000;
        for (int i = 0; i < waiters; i++) {
            words.enter();
        }
        assertThat(words.isFree(39)).isTrue();
        assertThat(words.freeCount()).isEqualTo(1);
        for (int i = 0; i < waiters; i++) {
            assertThat(words.take()).isEqualTo(-1);
            words.leave();
        }
        assertThat(words.take()).isEqualTo(39);
    }

    @Test
    void take_countInTheTopBit_givesNothing() {
        ControlWords words = new ControlWords(1);
        words.free(0);
        int half = 1 << 23;
        for (int i = 0; i < half; i++) {
            words.enter();
        }
        assertThat(words.take()).isEqualTo(-1);
        assertThat(words.free(0)).isFalse();
        assertThat(words.freeCount()).isEqualTo(1);
    }
}
