package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.MonitorEvent.ResourceOverdue;
import io.patinox.memory.monitor.MonitorEvent.ResourceReturned;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: what is held for too long is told of once, and so is its return.
@Timeout(60)
class HeldTest {
    private final EventLog log = new EventLog();
    private final ManualTicker ticker = new ManualTicker();
    private final ResourceRegistry registry =
            ResourceRegistry.builder("held")
                    .monitor(log)
                    .ticker(ticker)
                    .siteSampling(1)
                    .heldThreshold(Duration.ofMinutes(10))
                    .build();

    @Test
    void held_tooLong_isToldOnceWithHolderAndPlace() throws Exception {
        AsyncResourceGuard<String> held = acquireHere("held");
        AsyncResourceGuard<String> brief = acquireHere("brief");
        ticker.advance(Duration.ofMinutes(9));
        AsyncResourceGuard<String> young = acquireHere("young");
        brief.close();
        ticker.advance(Duration.ofMinutes(4));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.of(ResourceOverdue.class)).hasSize(1));
        ResourceOverdue event = log.of(ResourceOverdue.class).getFirst();
        assertThat(event.resource()).isEqualTo("held");
        assertThat(event.type()).isEqualTo("text");
        assertThat(event.toString()).contains(Thread.currentThread().getName());
        assertThat(event.held()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(event.site()).isNotNull();
        assertThat(event.site().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("acquireHere"));
        ticker.advance(Duration.ofMinutes(4));
        held.close();
        young.close();
        registry.close(SOON);
        assertThat(log.allOf(ResourceOverdue.class)).hasSize(1);
        assertThat(log.of(ResourceReturned.class))
                .singleElement()
                .satisfies(returned -> {
                    assertThat(returned.resource()).isEqualTo("held");
                    assertThat(returned.held()).isEqualTo(Duration.ofMinutes(17));
                });
        assertThat(registry.metrics().counters()).containsEntry("resource.held", 1L);
    }

    private AsyncResourceGuard<String> acquireHere(String name) {
        return registry.request("text", () -> name, text -> {}).name(name).acquire();
    }

    @Test
    void clock_thatJumpsBack_harmsNothing() throws Exception {
        AsyncResourceGuard<String> held = acquireHere("held");
        ticker.advance(Duration.ofMinutes(13));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.of(ResourceOverdue.class)).hasSize(1));
        ticker.advance(Duration.ofDays(-1));
        assertThat(registry.select().oldest(1))
                .singleElement()
                .satisfies(view -> assertThat(view.age()).isZero());
        held.close();
        acquireHere("after").close();
        registry.close(SOON);
        assertThat(log.allOf(ResourceReturned.class))
                .singleElement()
                .satisfies(returned -> assertThat(returned.held()).isZero());
        assertThat(registry.balance().cleaned()).isEqualTo(2);
    }
}
