package io.patinox.memory.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.monitor.Health.Reason;
import io.patinox.memory.monitor.Health.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Reason SLOW = new Reason("slow", "it takes 5 s");
    private static final Reason FULL = new Reason("full", "10 of 10 in use");

    @Test
    void up_always_hasNoReasons() {
        assertThat(Health.up().status()).isEqualTo(Status.UP);
        assertThat(Health.up().reasons()).isEmpty();
        assertThat(Health.up()).hasToString("UP").isSameAs(Health.up());
    }

    @Test
    void degradedAndDown_withReasons_keepThemInOrder() {
        assertThat(Health.degraded(SLOW, FULL).status()).isEqualTo(Status.DEGRADED);
        assertThat(Health.degraded(SLOW, FULL).reasons()).containsExactly(SLOW, FULL);
        assertThat(Health.down(FULL).status()).isEqualTo(Status.DOWN);
        assertThat(Health.down(FULL)).hasToString("DOWN [full (10 of 10 in use)]");
    }

    @Test
    void degradedAndDown_withoutReason_areRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(Health::degraded)
                .withMessageContaining("option 'reasons' must be at least one");
        assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(Health::down);
    }

    @Test
    void reason_badParts_areRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new Reason("not a name", "text"))
                .satisfies(e -> assertThat(e.option()).isEqualTo("code"));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new Reason("code", " "))
                .satisfies(e -> assertThat(e.option()).isEqualTo("text"));
    }

    @Test
    void worst_ofParts_isTheWorstWithEveryReasonOnce() {
        Health degraded = Health.degraded(SLOW);
        Health down = Health.down(FULL, SLOW);

        assertThat(Health.worst(List.of())).isEqualTo(Health.up());
        assertThat(Health.worst(List.of(Health.up(), Health.up()))).isEqualTo(Health.up());
        assertThat(Health.worst(List.of(Health.up(), degraded))).isEqualTo(degraded);
        assertThat(Health.worst(List.of(degraded, down))).isEqualTo(Health.down(SLOW, FULL));
        assertThat(Health.worst(List.of(down, degraded, Health.up()))).isEqualTo(down);
    }

    @Test
    void equals_sameStatusAndReasons_areTheSame() {
        assertThat(Health.down(SLOW))
                .isEqualTo(Health.down(new Reason("slow", "it takes 5 s")))
                .hasSameHashCodeAs(Health.down(SLOW))
                .isNotEqualTo(Health.degraded(SLOW))
                .isNotEqualTo(Health.down(FULL))
                .isNotEqualTo("DOWN");
        assertThat(Health.down(SLOW).hashCode())
                .isNotEqualTo(Health.degraded(SLOW).hashCode())
                .isNotEqualTo(Health.down(FULL).hashCode());
    }
}
