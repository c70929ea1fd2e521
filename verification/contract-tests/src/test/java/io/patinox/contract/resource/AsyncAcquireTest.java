package io.patinox.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceLimitException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceType;
import io.patinox.memory.resource.WhenFull;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: what was opened asynchronously is never lost, whoever refuses it when it comes.
@Timeout(30)
class AsyncAcquireTest {
    private final List<String> cleaned = new CopyOnWriteArrayList<>();

    @Test
    void acquireAsync_registryClosesBeforeItComes_cleansWhatCame() {
        ResourceRegistry registry = ResourceRegistry.builder("async").build();
        CompletableFuture<String> opening = new CompletableFuture<>();
        var guard = registry.acquireAsync("text", () -> opening, cleaned::add);
        registry.close(Duration.ofSeconds(5));
        opening.complete("late");
        assertThatThrownBy(() -> guard.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RegistryClosedException.class);
        assertThat(cleaned).containsExactly("late");
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
    }

    @Test
    void acquireAsync_limitReached_opensNothing() {
        try (ResourceRegistry registry =
                ResourceRegistry.builder("async")
                        .type(ResourceType.named("text").maxOpen(1).whenFull(WhenFull.FAIL))
                        .build()) {
            var held = registry.acquire("text", () -> "held", cleaned::add);
            AtomicBoolean opened = new AtomicBoolean();
            var guard =
                    registry.acquireAsync(
                            "text",
                            () -> {
                                opened.set(true);
                                return CompletableFuture.completedFuture("too many");
                            },
                            cleaned::add);
            assertThatThrownBy(() -> guard.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(ResourceLimitException.class);
            assertThat(opened).isFalse();
            assertThat(held.isOpen()).isTrue();
            assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 0, 0, 0, 1));
        }
    }

    @Test
    void acquire_twoWaitForOnePlace_theSecondEvictsTheFirst() throws Exception {
        try (ResourceRegistry registry =
                ResourceRegistry.builder("evict")
                        .type(
                                ResourceType.named("text")
                                        .maxOpen(1)
                                        .whenFull(WhenFull.EVICT_OLDEST)
                                        .timeout(Duration.ofSeconds(20)))
                        .build()) {
            CountDownLatch bothWait = new CountDownLatch(1);
            var _ =
                    registry.acquire(
                            "text",
                            () -> "oldest",
                            text -> {
                                bothWait.await();
                                cleaned.add(text);
                            });
            CompletableFuture<?> first = acquireElsewhere(registry, "first");
            CompletableFuture<?> second = acquireElsewhere(registry, "second");
            await().until(() -> registry.metrics().gauges().get("resource.limit.waiting") == 2);
            bothWait.countDown();
            first.get(10, TimeUnit.SECONDS);
            second.get(10, TimeUnit.SECONDS);
            await().until(() -> cleaned.size() == 2);
            assertThat(cleaned).startsWith("oldest");
        }
    }

    private CompletableFuture<?> acquireElsewhere(ResourceRegistry registry, String name) {
        CompletableFuture<AsyncResourceGuard<String>> acquired = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> acquired.complete(registry.acquire("text", () -> name, cleaned::add)));
        return acquired;
    }
}
