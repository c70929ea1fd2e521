package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.Exit;
import io.patinox.memory.resource.LeakWatch;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceRegistryBuilder;
import io.patinox.memory.resource.ResourceRequest;
import io.patinox.memory.resource.ResourceScope;
import io.patinox.memory.resource.ResourceType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: whatever is wrong with an input is said at once, with the option, its value and its
/// bound; and nothing is opened.
@Timeout(60)
class BadInputTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicInteger opened = new AtomicInteger();
    private final ResourceRegistry registry = ResourceRegistry.builder("input").build();
    private final ResourceRegistry other = ResourceRegistry.builder("other").build();

    @AfterEach
    void nothingWasOpened() {
        registry.close(SOON);
        other.close(SOON);
        assertThat(opened).hasValue(0);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private static void refused(String option, String bound, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as(option).isInstanceOf(InvalidOptionException.class);
        InvalidOptionException error = (InvalidOptionException) thrown;
        assertThat(error.option()).isEqualTo(option);
        assertThat(error.bound()).contains(bound);
        assertThat(error).hasMessageContaining(error.value());
    }

    private static void refusesNull(String option, ThrowingCallable call) {
        refused(option, "", call);
        assertThat(catchThrowable(call)).hasMessageContaining("null");
    }

    private ResourceRequest<Integer> request() {
        return registry.request("number", opened::incrementAndGet, number -> {});
    }

    private static ResourceRegistryBuilder builder() {
        return ResourceRegistry.builder("input");
    }

    @Test
    void builder_badOptions_areRefused() {
        refusesNull("name", () -> ResourceRegistry.builder(nothing()));
        refused("name", "1 to 100", () -> ResourceRegistry.builder("a b"));
        refusesNull("monitor", () -> builder().monitor(nothing()));
        refusesNull("ticker", () -> builder().ticker(nothing()));
        refusesNull("leakPolicy", () -> builder().leakPolicy(nothing()));
        refused("siteSampling", "0 to 1,000,000", () -> builder().siteSampling(-1));
        refusesNull("cleanupDeadline", () -> builder().cleanupDeadline(nothing()));
        refused("cleanupDeadline", "1 ms", () -> builder().cleanupDeadline(Duration.ZERO));
        refused("cleanupConcurrency", "1 to 10,000", () -> builder().cleanupConcurrency(0));
        refused("cleanupRetries", "0 to 100", () -> builder().cleanupRetries(101));
        refused("cleanupRetries", "0 to 100", () -> builder().cleanupRetries(-1));
        refusesNull("heldThreshold", () -> builder().heldThreshold(nothing()));
        refused("heldThreshold", "1 ms", () -> builder().heldThreshold(Duration.ofNanos(1)));
        refused("heldThreshold", "1 ms", () -> builder().heldThreshold(HOUR.negated()));
        refused("heldThreshold", "", () -> builder().heldThreshold(Duration.ofDays(366)));
        refused("closeTimeout", "1 ms", () -> builder().closeTimeout(Duration.ofDays(2)));
        refusesNull("type", () -> builder().type(nothing()));
        ResourceType type = ResourceType.named("twice");
        refused("type", "once", () -> builder().type(type).type(ResourceType.named("twice")));
    }

    @Test
    void type_badOptions_areRefused() {
        ResourceType type = ResourceType.named("type");
        refusesNull("name", () -> ResourceType.named(nothing()));
        refused("name", "1 to 100", () -> ResourceType.named(""));
        refused("maxOpen", "1 to 100,000,000", () -> type.maxOpen(0));
        refused("maxBytes", "1 to ", () -> type.maxBytes(0));
        refusesNull("whenFull", () -> type.whenFull(nothing()));
        refused("timeout", "1 ms", () -> type.timeout(Duration.ZERO));
        refused("cleanupConcurrency", "1 to 10,000", () -> type.cleanupConcurrency(10_001));
        refused("siteSampling", "0 to 1,000,000", () -> type.siteSampling(1_000_001));
    }

    @Test
    void request_badOptions_areRefused() {
        refused("name", "", () -> request().name(" "));
        refused("name", "1 to 200", () -> request().name("n".repeat(201)));
        refusesNull("priority", () -> request().priority(nothing()));
        refusesNull("deadline", () -> request().deadline(nothing()));
        refused("deadline", "1 ms", () -> request().deadline(Duration.ZERO));
        refusesNull("tags", () -> request().tags((String[]) nothing()));
        refusesNull("tags", () -> request().tags("a", nothing()));
        refused("tags", "1 to 100", () -> request().tags("a b"));
        String[] many = new String[101];
        Arrays.setAll(many, i -> "t" + i);
        refused("tags", "up to 100", () -> request().tags(many));
        refused("sizeBytes", "0 to ", () -> request().sizeBytes(-1));
        refusesNull("ownedBy", () -> request().ownedBy(nothing()));
        refusesNull("dependsOn", () -> request().dependsOn((AsyncResourceGuard<?>[]) nothing()));
        refusesNull("dependsOn", () -> request().dependsOn((AsyncResourceGuard<?>) nothing()));
    }

    @Test
    void registry_badArguments_areRefused() {
        refusesNull("type", () -> registry.acquire(nothing(), () -> 1, n -> {}));
        refused("type", "1 to 100", () -> registry.acquire("a b", () -> 1, n -> {}));
        refusesNull("supplier", () -> registry.acquire("t", nothing(), n -> {}));
        refusesNull("cleanup", () -> registry.acquire("t", opened::incrementAndGet, nothing()));
        refusesNull("supplier", () -> registry.request("t", nothing(), n -> {}));
        refusesNull("cleanup", () -> registry.request("t", opened::incrementAndGet, nothing()));
        refusesNull("supplier", () -> registry.acquireAsync("t", nothing(), n -> {}));
        refusesNull("cleanup", () -> registry.acquireAsync("t", () -> stage(), nothing()));
        refusesNull("type", () -> registry.acquireAsync(nothing(), () -> stage(), n -> {}));
        refusesNull("name", () -> registry.scope(nothing()));
        refused("name", "1 to 100", () -> registry.parallelScope("a b"));
        refusesNull("function", () -> registry.within("w", nothing()));
        refusesNull("name", () -> registry.within(nothing(), scope -> 1));
        refusesNull("function", () -> registry.withinAsync("w", nothing()));
        refusesNull("name", () -> registry.withinAsync(nothing(), scope -> stage()));
        refused("oneIn", "0 to 1,000,000", () -> registry.siteSampling("t", -1));
        refusesNull("type", () -> registry.siteSampling(nothing(), 1));
        refused("budget", "1 ms", () -> registry.close(Duration.ZERO));
        refusesNull("budget", () -> registry.close(nothing()));
        assertThat(registry.isClosed()).isFalse();
    }

    private CompletableFuture<Integer> stage() {
        return CompletableFuture.completedFuture(opened.incrementAndGet());
    }

    @Test
    void selection_badArguments_areRefused() {
        refusesNull("type", () -> registry.select().type(nothing()));
        refused("tag", "1 to 100", () -> registry.select().tag("a b"));
        refused("age", "0 s", () -> registry.select().olderThan(HOUR.negated()));
        refusesNull("condition", () -> registry.select().matching(nothing()));
        refused("n", "1 to 1,000,000", () -> registry.select().oldest(0));
        refused("n", "1 to 1,000,000", () -> registry.select().largest(-1));
    }

    @Test
    void guard_badArguments_areRefused() {
        AsyncResourceGuard<String> guard = registry.acquire("t", () -> "x", x -> {});
        AsyncResourceGuard<String> foreign = other.acquire("t", () -> "x", x -> {});
        refusesNull("function", () -> guard.use(nothing()));
        refused("deadline", "1 ms", () -> guard.close(Duration.ZERO));
        refusesNull("deadline", () -> guard.close(nothing()));
        refusesNull("failure", () -> guard.closeAfter(nothing()));
        refusesNull("other", () -> guard.dependsOn(nothing()));
        refused("other", "of registry 'input'", () -> guard.dependsOn(foreign));
        refusesNull("scope", () -> guard.moveTo(nothing()));
        refused("scope", "of registry 'input'", () -> guard.moveTo(other.scope("s")));
        refused("ownedBy", "of registry 'input'", () -> request().ownedBy(foreign));
        refused("dependsOn", "of registry 'input'", () -> request().dependsOn(foreign));
        assertThat(guard.isOpen()).isTrue();
        guard.close();
        assertThat(catchThrowable(guard::get)).isInstanceOf(ResourceClosedException.class);
        assertThat(catchThrowable(guard::detach)).isInstanceOf(ResourceClosedException.class);
        assertThat(catchThrowable(() -> guard.use(String::length)))
                .isInstanceOf(ResourceClosedException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void scope_badArguments_areRefused() {
        ResourceScope scope = registry.scope("s");
        refusesNull("name", () -> scope.scope(nothing()));
        refused("name", "1 to 100", () -> scope.parallel(""));
        refusesNull("guard", () -> scope.add(nothing()));
        refused(
                "scope",
                "of registry 'other'",
                () -> scope.add(other.acquire("t", () -> "x", x -> {})));
        refusesNull("target", () -> scope.moveTo(nothing()));
        refused("target", "of registry 'input'", () -> scope.moveTo(other.scope("o")));
        refusesNull("failure", () -> scope.fail(nothing()));
        refused("budget", "1 ms", () -> scope.close(Duration.ZERO));
        refusesNull("supplier", () -> scope.acquire("t", nothing(), n -> {}));
        refusesNull("supplier", () -> scope.acquireAsync("t", nothing(), n -> {}));
        refusesNull("supplier", () -> scope.request("t", nothing(), n -> {}));
        assertThat(scope.isOpen()).isTrue();
        assertThat(scope.size()).isZero();
    }

    @Test
    void others_badArguments_areRefused() {
        refusesNull("cleanup", () -> Cleanup.withExit(nothing()));
        refusesNull("cleanup", () -> Cleanup.async(nothing()));
        refusesNull("failure", () -> new Exit.Failed(nothing()));
        try (LeakWatch watch = LeakWatch.open()) {
            refused("patience", "1 ms", () -> watch.collect(Duration.ZERO));
        }
    }

    @Test
    void registry_closed_refusesWithATypedError() {
        ResourceRequest<Integer> request = request();
        ResourceScope scope = registry.scope("s");
        registry.close(SOON);
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                        request::acquire,
                        () -> registry.acquire("t", opened::incrementAndGet, n -> {}),
                        () -> scope.acquire("t", opened::incrementAndGet, n -> {}))) {
            assertThat(catchThrowable(call))
                    .isInstanceOf(RegistryClosedException.class)
                    .hasMessageContaining("input");
        }
        scope.close();
        assertThat(registry.health().toString()).contains("DOWN");
        assertThat(Ticker.system()).isNotNull();
    }
}
