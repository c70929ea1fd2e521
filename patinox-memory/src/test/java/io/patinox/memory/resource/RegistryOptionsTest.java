package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryOptionsTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final ResourceRegistry registry =
            ResourceRegistry.builder("options").ticker(clock::get).siteSampling(1).build();

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    private static Arguments bad(String option, Consumer<ResourceRegistryBuilder> setter) {
        return Arguments.of(option, setter);
    }

    @SuppressWarnings("NullAway") // what a caller without checks may do
    static Stream<Arguments> badOptions() {
        return Stream.of(
                bad("monitor", b -> b.monitor(null)),
                bad("ticker", b -> b.ticker(null)),
                bad("leakPolicy", b -> b.leakPolicy(null)),
                bad("siteSampling", b -> b.siteSampling(-1)),
                bad("siteSampling", b -> b.siteSampling(1_000_001)),
                bad("cleanupDeadline", b -> b.cleanupDeadline(null)),
                bad("cleanupDeadline", b -> b.cleanupDeadline(Duration.ofNanos(999_999))),
                bad("cleanupDeadline", b -> b.cleanupDeadline(Duration.ofDays(1).plusNanos(1))),
                bad("cleanupConcurrency", b -> b.cleanupConcurrency(0)),
                bad("cleanupConcurrency", b -> b.cleanupConcurrency(10_001)),
                bad("closeTimeout", b -> b.closeTimeout(null)),
                bad("closeTimeout", b -> b.closeTimeout(Duration.ZERO)),
                bad("closeTimeout", b -> b.closeTimeout(Duration.ofDays(2))));
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void builder_optionOutOfRange_namesIt(String option, Consumer<ResourceRegistryBuilder> setter) {
        ResourceRegistryBuilder builder = ResourceRegistry.builder("bad");

        assertThatThrownBy(() -> setter.accept(builder))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.option()).isEqualTo(option));
    }

    @Test
    void builder_boundsThemselves_areAccepted() {
        for (Duration bound : List.of(Duration.ofMillis(1), Duration.ofDays(1))) {
            ResourceRegistry.builder("bounds")
                    .cleanupDeadline(bound)
                    .closeTimeout(bound)
                    .cleanupConcurrency(bound.toMillis() == 1 ? 1 : 10_000)
                    .siteSampling(bound.toMillis() == 1 ? 0 : 1_000_000)
                    .build()
                    .close();
        }
    }

    @Test
    void builder_badName_namesIt() {
        for (String name : List.of("", "with space", "x".repeat(101))) {
            assertThatThrownBy(() -> ResourceRegistry.builder(name))
                    .isInstanceOfSatisfying(
                            InvalidOptionException.class,
                            e -> assertThat(e.option()).isEqualTo("name"));
        }
    }

    private ResourceRequest<Object> request() {
        return registry.request("r", Object::new, r -> {});
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without checks may do
    void request_badOption_namesIt() {
        ResourceRegistry other = ResourceRegistry.builder("other").build();
        AsyncResourceGuard<Object> foreign = other.acquire("r", Object::new, r -> {});
        List<Consumer<ResourceRequest<Object>>> bad =
                List.of(
                        r -> r.name(null),
                        r -> r.name(" "),
                        r -> r.name("x".repeat(201)),
                        r -> r.priority(null),
                        r -> r.deadline(null),
                        r -> r.deadline(Duration.ZERO),
                        r -> r.deadline(Duration.ofDays(2)),
                        r -> r.ownedBy(null),
                        r -> r.ownedBy(foreign));
        List<String> options =
                List.of(
                        "name",
                        "name",
                        "name",
                        "priority",
                        "deadline",
                        "deadline",
                        "deadline",
                        "ownedBy",
                        "ownedBy");
        for (int i = 0; i < bad.size(); i++) {
            Consumer<ResourceRequest<Object>> setter = bad.get(i);
            String option = options.get(i);
            assertThatThrownBy(() -> setter.accept(request()))
                    .isInstanceOfSatisfying(
                            InvalidOptionException.class,
                            e -> assertThat(e.option()).isEqualTo(option));
        }
        assertThatThrownBy(() -> registry.request("r", null, r -> {}))
                .hasMessageContaining("supplier");
        assertThatThrownBy(() -> registry.request("r", Object::new, null))
                .hasMessageContaining("cleanup");
        other.close();
    }

    @Test
    void guard_badDeadline_namesIt() {
        AsyncResourceGuard<Object> guard = request().acquire();

        assertThatThrownBy(() -> guard.close(Duration.ofNanos(1)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("deadline");
        assertThat(guard.isOpen()).isTrue();
        assertThatThrownBy(() -> registry.close(Duration.ZERO))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("budget");
        assertThat(registry.isClosed()).isFalse();
    }

    @Test
    void request_usedTwice_opensTwo() {
        ResourceRequest<Object> request = request().name("twin");

        AsyncResourceGuard<Object> first = request.acquire();
        AsyncResourceGuard<Object> second = request.acquire();

        assertThat(first.get()).isNotSameAs(second.get());
        assertThat(second.name()).isEqualTo("twin");
    }

    @Test
    void open_oneResource_showsWhatIsKnown() {
        Thread.currentThread().setName("opener");
        AsyncResourceGuard<Object> guard =
                request().name("one").priority(CleanupPriority.HIGH).acquire();
        clock.addAndGet(2_000_000_000L); // over the overflow, too

        assertThat(registry.open())
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.type()).isEqualTo("r");
                    assertThat(view.name()).isEqualTo("one");
                    assertThat(view.priority()).isEqualTo(CleanupPriority.HIGH);
                    assertThat(view.age()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(view.ownerThread()).isEqualTo("opener");
                    assertThat(view.site()).isPresent();
                    assertThat(view).hasToString("one (r, HIGH, PT2S)");
                });
        guard.close();
        assertThat(registry.open()).isEmpty();
    }

    @Test
    void types_moreThanAreRemembered_workAllTheSame() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(registry.acquire("type-" + i, Object::new, r -> {}).type())
                    .isEqualTo("type-" + i);
        }
        registry.close();
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(2_000, 2_000, 0, 0, 0, 0));
    }

    @Test
    void balance_eachTerm_counts() {
        assertThat(new ResourceBalance(15, 1, 2, 3, 4, 5).holds()).isTrue();
        assertThat(new ResourceBalance(16, 1, 2, 3, 4, 5).holds()).isFalse();
        assertThat(new ResourceBalance(15, 2, 2, 3, 4, 5).holds()).isFalse();
        assertThat(new ResourceBalance(15, 1, 3, 3, 4, 5).holds()).isFalse();
        assertThat(new ResourceBalance(15, 1, 2, 4, 4, 5).holds()).isFalse();
        assertThat(new ResourceBalance(15, 1, 2, 3, 5, 5).holds()).isFalse();
        assertThat(new ResourceBalance(15, 1, 2, 3, 4, 6).holds()).isFalse();
    }
}
