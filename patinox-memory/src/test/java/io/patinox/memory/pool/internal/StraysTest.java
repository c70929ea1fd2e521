package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StraysTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void add_upToTheBound_pausesNothing() {
        Strays strays = new Strays(2, SECOND);
        for (int i = 1; i < 8; i++) {
            assertThat(strays.add()).isFalse();
            strays.attemptFailed(0);
            assertThat(strays.isPausing(0)).isFalse();
        }
        assertThat(strays.areTooMany()).isFalse();
        assertThat(strays.add()).isTrue();
        assertThat(strays.areTooMany()).isTrue();
        assertThat(strays.count()).isEqualTo(8);
    }

    @Test
    void add_beyondTheBound_eachDoublesThePause() {
        Strays strays = new Strays(1, SECOND);
        for (int i = 0; i < 8; i++) {
            strays.add();
        }
        long now = 5 * SECOND;
        for (int beyond = 0; beyond < 100; beyond++) {
            strays.attemptFailed(now);
            long pause = beyond < 32 ? SECOND << beyond : Long.MAX_VALUE / 4;
            assertThat(strays.isPausing(now + pause - 1)).as("beyond " + beyond).isTrue();
            if (beyond < 32) {
                assertThat(strays.isPausing(now + pause)).isFalse();
            }
            strays.add();
        }
    }

    @Test
    void leave_backUnderTheBound_endsThePauseAtOnce() {
        Strays strays = new Strays(10, SECOND);
        for (int i = 0; i < 40; i++) {
            strays.add();
        }
        strays.attemptFailed(0);
        assertThat(strays.isPausing(1)).isTrue();
        strays.leave();
        assertThat(strays.isPausing(1)).isFalse();
    }
}
