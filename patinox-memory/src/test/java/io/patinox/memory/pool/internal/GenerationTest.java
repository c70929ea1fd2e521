package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.pool.Things;
import io.patinox.memory.pool.Things.Thing;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private final Things things = new Things();
    private final Generation<Thing> generation = new Generation<>(things);

    @Test
    void gone_lastMemberLeft_endsOnce() {
        assertThat(generation.enter()).isTrue();
        generation.leave();
        assertThat(generation.gone()).isNotDone();
        assertThat(generation.enter()).isTrue();
        generation.leave();
        generation.leave();
        assertThat(generation.gone()).isCompleted();
        assertThat(generation.enter()).isFalse();
    }

    @Test
    void next_ofTheSameManager_isAnother() {
        Generation<Thing> next = generation.next();
        assertThat(next).isNotSameAs(generation);
        assertThat(next.manager).isSameAs(things);
        assertThat(next.recycles).isTrue();
    }
}
