package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: whichever call of user code fails, and with whatever, the books balance and nothing that
/// was opened is lost.
@Timeout(60)
class FaultTest {
    private static final int MOST = 60;

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile int failing = -1;
    private volatile Place place = Place.SUPPLIER;

    /// Where user code is called.
    enum Place {
        SUPPLIER,
        CLEANUP,
        TICKER,
        MONITOR
    }

    private void strike(Place at) {
        if (at == place && calls.getAndIncrement() == failing) {
            if (failing % 2 == 0) {
                throw new IllegalStateException("fault " + failing);
            }
            throw new Broken();
        }
    }

    private String open(String name) {
        strike(Place.SUPPLIER);
        opened.incrementAndGet();
        return name;
    }

    private void end(String name) {
        ended.incrementAndGet();
        strike(Place.CLEANUP);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void everyCall_failing_losesNothing(Place where) throws Exception {
        place = where;
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!(thrown instanceof Broken)) {
                thrown.printStackTrace();
            }
        });
        try {
            for (int n = 0; n < MOST; n++) {
                calls.set(0);
                opened.set(0);
                ended.set(0);
                failing = -1;
                Ticker ticker =
                        () -> {
                            strike(Place.TICKER);
                            return System.nanoTime();
                        };
                Monitor monitor = event -> strike(Place.MONITOR);
                ResourceRegistry registry =
                        ResourceRegistry.builder("faults")
                                .ticker(ticker)
                                .monitor(monitor)
                                .heldThreshold(Duration.ofMillis(1))
                                .build();
                calls.set(0);
                failing = n;
                List<Object> detached = play(registry);
                var report = registry.close(SOON);
                assertThat(report.balance().holds()).as("%s %d: %s", where, n, report).isTrue();
                assertThat(report.balance().open()).as("%s %d", where, n).isZero();
                assertThat(report.balance().abandoned()).as("%s %d", where, n).isZero();
                assertThat(report.balance().acquired())
                        .as("%s %d", where, n)
                        .isEqualTo(opened.get());
                assertThat(ended.get() + detached.size())
                        .as("%s %d: %s", where, n, report)
                        .isEqualTo(opened.get());
                assertThat(report.balance().failed())
                        .as("%s %d", where, n)
                        .isLessThanOrEqualTo(where == Place.CLEANUP ? 1 : 0);
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /// A bit of everything; what fails is passed over, as what is tested is what becomes of it all.
    private List<Object> play(ResourceRegistry registry) {
        List<Object> detached = new ArrayList<>();
        List<AsyncResourceGuard<?>> held = new ArrayList<>();
        attempt(() -> registry.acquire("a", () -> open("a"), this::end).close());
        attempt(() -> registry.acquire("b", () -> open("b"), this::end).close(SOON));
        attempt(() -> Waits.get(registry.acquire("c", () -> open("c"), this::end).cleanup()));
        attempt(() -> detached.add(registry.acquire("d", () -> open("d"), this::end).detach()));
        attempt(() -> {
            AsyncResourceGuard<String> base = registry.acquire("e", () -> open("e"), this::end);
            registry.request("f", () -> open("f"), this::end).dependsOn(base).acquire();
            base.close();
        });
        attempt(() -> {
            try (ResourceScope scope = registry.scope("s")) {
                scope.acquire("g", () -> open("g"), this::end);
                scope.acquire("h", () -> open("h"), this::end);
            }
        });
        attempt(() -> {
            try (ResourceScope scope = registry.parallelScope("p")) {
                scope.acquire("i", () -> open("i"), this::end);
                scope.acquire("j", () -> open("j"), this::end);
            }
        });
        attempt(() -> registry.within("w", s -> s.acquire("k", () -> open("k"), this::end).name()));
        attempt(() ->
                held.add(
                        Waits.get(
                                registry.acquireAsync(
                                        "l",
                                        () -> CompletableFuture.completedFuture(open("l")),
                                        this::end))));
        attempt(() -> registry.select().oldest(3));
        attempt(registry::dumpJson);
        attempt(() -> Waits.get(registry.select().type("l").cleanup()));
        attempt(() -> held.add(registry.acquire("m", () -> open("m"), this::end)));
        attempt(registry::metrics);
        return detached;
    }

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (PatinoxException | Broken expected) {
            // told to its caller, as it should be
        } catch (ExecutionException expected) {
            assertThat(expected.getCause()).isInstanceOfAny(PatinoxException.class, Broken.class);
        } catch (Exception e) {
            throw new AssertionError("an untyped error reached the caller", e);
        }
    }

    /// Something that may fail.
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    @Test
    void monitor_thatAlwaysThrows_harmsNothing() {
        Monitor monitor =
                event -> {
                    throw new IllegalStateException("sink is down");
                };
        ResourceRegistry registry = ResourceRegistry.builder("faults").monitor(monitor).build();
        List<Object> detached = play(registry);
        var report = registry.close(SOON);
        assertThat(report.complete()).isTrue();
        assertThat(detached).hasSize(1);
        assertThat(ended.get() + 1).isEqualTo(opened.get());
    }
}
