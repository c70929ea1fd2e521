package io.patinox.contract.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.pool.PoolBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Claim: every option that is out of range, null or contradictory is refused by name, with its
/// value and its bound. The setters are found by reflection, so a new one can't be forgotten.
class PoolOptionsTest {
    private static final Duration TOO_LONG = Duration.ofDays(365).plusNanos(1);
    private static final Duration NEGATIVE = Duration.ofNanos(-1);
    private static final Duration UNDER_A_MILLI = Duration.ofNanos(999_999);
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    /// What each option must refuse, beside null.
    private static final Map<String, List<Object>> BAD =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("name", List.of("", " ", "a b", "ä", "x".repeat(101))),
                            Map.entry("maxSize", ints(0, -1, 100_001)),
                            Map.entry("minSize", ints(-1, 100_001)),
                            Map.entry("createConcurrency", ints(0, -1, 1_001)),
                            Map.entry("createBackoff", pairs()),
                            Map.entry("initialSize", ints(-1, 100_001)),
                            Map.entry("startTimeout", positive()),
                            Map.entry("failFastAfter", ints(-1, 1_000_001)),
                            Map.entry("siteSampling", ints(-1, 1_000_001)),
                            Map.entry("maxOvertaking", ints(-1, 1_000_001)),
                            Map.entry("striping", List.of()),
                            Map.entry("maxWaiting", ints(-1, 10_000_001)),
                            Map.entry("nestedAcquire", List.of()),
                            Map.entry("reuse", List.of()),
                            Map.entry("tracer", List.of()),
                            Map.entry("acquireTimeout", fromZero()),
                            Map.entry("closeTimeout", fromZero()),
                            Map.entry("validationBypass", fromZero()),
                            Map.entry("createTimeout", positive(Duration.ZERO)),
                            Map.entry("validationTimeout", positive(Duration.ZERO)),
                            Map.entry("idleTimeout", positive()),
                            Map.entry("maxLifetime", positive()),
                            Map.entry("leakThreshold", positive()),
                            Map.entry("keepaliveInterval", positive()),
                            Map.entry("maxUses", List.of(-1L, Long.MIN_VALUE)),
                            Map.entry("lifetimeJitter", List.of(-0.01, 0.51, Double.NaN)),
                            Map.entry("validateOnReturn", List.of()),
                            Map.entry("tuning", List.of()),
                            Map.entry("monitor", List.of()),
                            Map.entry("ticker", List.of()),
                            Map.entry("registry", List.of())));

    private static List<Object> ints(int... more) {
        List<Object> all = new ArrayList<>(List.of(Integer.MIN_VALUE, Integer.MAX_VALUE));
        Arrays.stream(more).forEach(all::add);
        return all;
    }

    /// Two durations, of which one is bad, or the first is longer than the second.
    private static List<Object> pairs() {
        Duration good = Duration.ofSeconds(1);
        List<Object> all = new ArrayList<>();
        for (Object bad : positive(Duration.ZERO)) {
            all.add(new Object[] {bad, good});
            all.add(new Object[] {good, bad});
        }
        all.add(new Object[] {good.plusNanos(1), good});
        return all;
    }

    private static List<Object> fromZero() {
        return List.of(NEGATIVE, TOO_LONG, ENDLESS);
    }

    private static List<Object> positive(Duration... more) {
        List<Object> all = new ArrayList<>(List.of(NEGATIVE, UNDER_A_MILLI, TOO_LONG, ENDLESS));
        all.addAll(List.of(more));
        return all;
    }

    private static List<Method> setters() {
        return Arrays.stream(PoolBuilder.class.getMethods())
                .filter(method -> method.getReturnType() == PoolBuilder.class)
                .toList();
    }

    @Test
    void setters_all_areInTheTable() {
        TreeSet<String> names = new TreeSet<>();
        setters().forEach(setter -> names.add(setter.getName()));
        assertThat(names).isEqualTo(BAD.keySet());
    }

    @Test
    void build_badOption_isRefusedByName() {
        for (Method setter : setters()) {
            for (Object value : BAD.getOrDefault(setter.getName(), List.of())) {
                assertRefused(setter, value);
            }
            if (!setter.getParameterTypes()[0].isPrimitive()) {
                assertRefused(setter, null);
            }
        }
    }

    @Test
    void build_contradictoryOptions_isRefusedByName() {
        Throwable thrown =
                catchThrowable(() -> Pools.builder(new Things()).minSize(11).maxSize(10).build());
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> {
                            assertThat(e.option()).isEqualTo("minSize");
                            assertThat(e.value()).isEqualTo("11");
                            assertThat(e.bound()).contains("maxSize").contains("10");
                        });
    }

    @Test
    void builder_noManager_isRefusedByName() {
        @SuppressWarnings("NullAway")
        Throwable thrown = catchThrowable(() -> Pools.builder(null));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.option()).isEqualTo("manager"));
    }

    private static void assertRefused(Method setter, @Nullable Object value) {
        String option = setter.getName();
        PoolBuilder<Things.Thing> builder = Pools.builder(new Things());
        try {
            boolean one = setter.getParameterCount() == 1;
            Object[] all = value instanceof Object[] given ? given : new Object[] {value, value};
            setter.invoke(builder, one ? new Object[] {value} : all);
            builder.build().close();
            fail(option + " took " + value);
        } catch (InvocationTargetException e) {
            assertNamed(e.getCause(), option);
        } catch (InvalidOptionException e) {
            assertNamed(e, option);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertNamed(Throwable thrown, String option) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> {
                            assertThat(e.option()).isEqualTo(option);
                            assertThat(e.bound()).isNotBlank();
                            assertThat(e.getMessage())
                                    .startsWith("OPTION-INVALID")
                                    .contains(option)
                                    .contains(e.bound())
                                    .contains(e.value());
                        });
    }
}
