package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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

class PoolBuilderTest {
    private static final Duration TOO_LONG = Duration.ofDays(365).plusNanos(1);
    private static final Duration TOO_SHORT = Duration.ofNanos(999_999);
    private static final Duration NEGATIVE = Duration.ofNanos(-1);

    @ParameterizedTest
    @MethodSource("refused")
    void build_optionOutOfRange_namesOptionValueAndBound(
            String option, String value, UnaryOperator<PoolBuilder<Thing>> change) {
        assertThatThrownBy(() -> change.apply(Pool.builder(new Things())).build())
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> {
                            assertThat(e.option()).isEqualTo(option);
                            assertThat(e.value()).contains(value);
                            assertThat(e.bound()).isNotBlank();
                            assertThat(e).hasMessageContaining(option);
                        });
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("maxSize", "0", b -> b.maxSize(0)),
                row("maxSize", "100001", b -> b.maxSize(100_001)),
                row("minSize", "-1", b -> b.minSize(-1)),
                row("minSize", "11", b -> b.minSize(11)),
                row("createConcurrency", "0", b -> b.createConcurrency(0)),
                row("createConcurrency", "1001", b -> b.createConcurrency(1_001)),
                row("siteSampling", "-1", b -> b.siteSampling(-1)),
                row("siteSampling", "1000001", b -> b.siteSampling(1_000_001)),
                row("acquireTimeout", "", b -> b.acquireTimeout(NEGATIVE)),
                row("acquireTimeout", "", b -> b.acquireTimeout(TOO_LONG)),
                row("createTimeout", "", b -> b.createTimeout(TOO_SHORT)),
                row("createTimeout", "", b -> b.createTimeout(TOO_LONG)),
                row("validationTimeout", "", b -> b.validationTimeout(TOO_SHORT)),
                row("validationBypass", "", b -> b.validationBypass(NEGATIVE)),
                row("validationBypass", "", b -> b.validationBypass(TOO_LONG)),
                row("idleTimeout", "", b -> b.idleTimeout(TOO_SHORT)),
                row("idleTimeout", "", b -> b.idleTimeout(NEGATIVE)),
                row("maxLifetime", "", b -> b.maxLifetime(TOO_LONG)),
                row("maxLifetime", "", b -> b.maxLifetime(NEGATIVE)),
                row("leakThreshold", "", b -> b.leakThreshold(TOO_SHORT)),
                row("closeTimeout", "", b -> b.closeTimeout(NEGATIVE)),
                row("name", "a b", b -> b.name("a b")),
                row("name", "", b -> b.name("")),
                row("name", "null", b -> b.name(null)),
                row("acquireTimeout", "null", b -> b.acquireTimeout(null)),
                row("createTimeout", "null", b -> b.createTimeout(null)),
                row("idleTimeout", "null", b -> b.idleTimeout(null)),
                row("monitor", "null", b -> b.monitor(null)),
                row("ticker", "null", b -> b.ticker(null)),
                row("registry", "null", b -> b.registry(null)));
    }

    private static Arguments row(
            String option, String value, UnaryOperator<PoolBuilder<Thing>> change) {
        return Arguments.of(option, value, change);
    }

    @Test
    void builder_nullManager_isRefused() {
        assertThatThrownBy(() -> Pool.builder(null))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.option()).isEqualTo("manager"));
    }

    @Test
    void build_optionsAtTheirBounds_areAccepted() {
        Duration longest = Duration.ofDays(365);
        Duration shortest = Duration.ofMillis(1);
        assertThatCode(
                        () -> {
                            Pool.builder(new Things())
                                    .maxSize(1)
                                    .minSize(0)
                                    .createConcurrency(1)
                                    .siteSampling(0)
                                    .acquireTimeout(Duration.ZERO)
                                    .createTimeout(shortest)
                                    .validationTimeout(shortest)
                                    .validationBypass(Duration.ZERO)
                                    .idleTimeout(shortest)
                                    .maxLifetime(shortest)
                                    .leakThreshold(shortest)
                                    .closeTimeout(Duration.ZERO)
                                    .build()
                                    .close();
                            Pool.builder(new Things())
                                    .maxSize(100_000)
                                    .createConcurrency(1_000)
                                    .siteSampling(1_000_000)
                                    .acquireTimeout(longest)
                                    .createTimeout(longest)
                                    .validationTimeout(longest)
                                    .validationBypass(longest)
                                    .idleTimeout(longest)
                                    .maxLifetime(longest)
                                    .leakThreshold(longest)
                                    .closeTimeout(longest)
                                    .build()
                                    .close();
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void build_twice_givesTwoPoolsWithNamesOfTheirOwn() {
        PoolBuilder<Thing> builder = Pool.builder(new Things());
        try (Pool<Thing> one = builder.build();
                Pool<Thing> two = builder.build()) {
            assertThat(one.name()).startsWith("pool-").isNotEqualTo(two.name());
            assertThat(one.component()).isEqualTo("pool");
            assertThat(one.maxSize()).isEqualTo(10);
        }
    }
}
