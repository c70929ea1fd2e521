package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbsencesTest {

    private final Absences<String, Integer> absences = new Absences<>(2);

    private static Flight<String, Integer> flight(String key) {
        return new Flight<>(key, 0, Flight.Kind.LOAD, null, null);
    }

    @Test
    void remember_tooMany_forgetsTheOldest() {
        absences.remember(flight("a"), 10, 0);
        absences.remember(flight("b"), 10, 0);
        absences.remember(flight("a"), 10, 0);
        absences.remember(flight("c"), 10, 0);
        assertThat(absences.size()).isEqualTo(2);
        assertThat(absences.find("b", 0)).isNull();
        assertThat(absences.find("a", 0)).isNotNull();
    }

    @Test
    void remember_oldOnesAreOver_forgetsThem() {
        absences.remember(flight("a"), 10, 0);
        absences.remember(flight("b"), 20, 10);
        assertThat(absences.size()).isEqualTo(1);
    }

    @Test
    void find_timeIsOver_forgets() {
        absences.remember(flight("a"), 10, 0);
        assertThat(absences.find("a", 9)).isNotNull();
        assertThat(absences.find("a", 10)).isNull();
        assertThat(absences.size()).isZero();
    }

    @Test
    void purge_someAreOver_keepsTheOthers() {
        absences.remember(flight("a"), 10, 0);
        absences.remember(flight("b"), 20, 0);
        absences.purge(15);
        assertThat(absences.size()).isEqualTo(1);
        absences.forget("b");
        assertThat(absences.size()).isZero();
    }
}
