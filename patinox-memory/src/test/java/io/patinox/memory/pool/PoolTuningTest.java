package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PoolTuningTest {
    private static final PoolTuning DEFAULTS = PoolTuning.defaults();
    private static final Duration ODD = Duration.ofSeconds(17);
    private static final Duration NEGATIVE = Duration.ofNanos(-1);

    private static final PoolTuning ALL_OTHER =
            new PoolTuning(1, 2, ODD, ODD, ODD, ODD, ODD, ODD, 0.25, 3, ODD, true, ODD);

    @Test
    void defaults_asBuilt_areTheBuilders() {
        try (Pool<Thing> pool = Pool.builder(new Things()).build()) {
            assertThat(pool.tuning()).isEqualTo(DEFAULTS);
        }
    }

    @Test
    void builder_givenATuning_takesAllOfIt() {
        try (Pool<Thing> pool = Pool.builder(new Things()).tuning(ALL_OTHER).build()) {
            assertThat(pool.tuning()).isEqualTo(ALL_OTHER);
            assertThat(pool.maxSize()).isEqualTo(2);
        }
    }

    @Test
    void with_everyComponent_changesThatOneOnly() {
        PoolTuning changed =
                DEFAULTS.withMaxSize(2)
                        .withMinSize(1)
                        .withAcquireTimeout(ODD)
                        .withCreateTimeout(ODD)
                        .withValidationTimeout(ODD)
                        .withValidationBypass(ODD)
                        .withIdleTimeout(ODD)
                        .withMaxLifetime(ODD)
                        .withLifetimeJitter(0.25)
                        .withMaxUses(3)
                        .withKeepaliveInterval(ODD)
                        .withValidateOnReturn(true)
                        .withLeakThreshold(ODD);
        assertThat(changed).isEqualTo(ALL_OTHER);
        assertThat(DEFAULTS.withSizes(1, 2)).isEqualTo(DEFAULTS.withMaxSize(2).withMinSize(1));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void tuning_outOfRange_isRefusedByName(String option, UnaryOperator<PoolTuning> change) {
        assertThatThrownBy(() -> change.apply(DEFAULTS))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> {
                            assertThat(e.option()).isEqualTo(option);
                            assertThat(e.bound()).isNotBlank();
                        });
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("maxSize", t -> t.withMaxSize(0)),
                row("maxSize", t -> t.withMaxSize(100_001)),
                row("minSize", t -> t.withMinSize(11)),
                row("minSize", t -> t.withMinSize(-1)),
                row("minSize", t -> t.withSizes(5, 4)),
                row("acquireTimeout", t -> t.withAcquireTimeout(NEGATIVE)),
                row("createTimeout", t -> t.withCreateTimeout(Duration.ZERO)),
                row("validationTimeout", t -> t.withValidationTimeout(Duration.ZERO)),
                row("validationBypass", t -> t.withValidationBypass(NEGATIVE)),
                row("idleTimeout", t -> t.withIdleTimeout(NEGATIVE)),
                row("maxLifetime", t -> t.withMaxLifetime(NEGATIVE)),
                row("lifetimeJitter", t -> t.withLifetimeJitter(0.51)),
                row("lifetimeJitter", t -> t.withLifetimeJitter(-0.01)),
                row("lifetimeJitter", t -> t.withLifetimeJitter(Double.NaN)),
                row("maxUses", t -> t.withMaxUses(-1)),
                row("keepaliveInterval", t -> t.withKeepaliveInterval(Duration.ofNanos(1))),
                row("leakThreshold", t -> t.withLeakThreshold(NEGATIVE)));
    }

    private static Arguments row(String option, UnaryOperator<PoolTuning> change) {
        return Arguments.of(option, change);
    }
}
