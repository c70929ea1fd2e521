package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.error.ResourceLimitException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Things.Thing;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceType;
import io.patinox.memory.resource.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a lease tells, detaching, donating, and the order of reuse.
class PoolLeaseTest {
    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final ManualTicker ticker = new ManualTicker();

    private PoolBuilder<Thing> builder() {
        return Pool.builder(things).name("p").monitor(log).maxSize(2);
    }

    @Test
    void info_ofALease_tellsOfTheObjectAndTheLease() {
        try (Pool<Thing> pool = builder().ticker(ticker).build()) {
            PooledConnection<Thing> probe = pool.acquire();
            pool.acquire().close();
            tick(probe, Duration.ofMillis(300));
            PooledConnection<Thing> lease = pool.acquire();
            LeaseInfo info = lease.info();
            assertThat(info.pool()).isEqualTo("p");
            assertThat(info.uses()).isEqualTo(2);
            assertThat(info.idleBefore()).isEqualTo(Duration.ofMillis(300));
            assertThat(info.label()).isNull();
            tick(probe, Duration.ofSeconds(2));
            LeaseInfo later = lease.label("report").info();
            assertThat(later.held()).isEqualTo(Duration.ofSeconds(2));
            assertThat(later.age()).isEqualTo(Duration.ofMillis(2_300));
            assertThat(later.label()).isEqualTo("report");
            probe.close();
            lease.close();
            assertThatThrownBy(lease::info).isInstanceOf(LeaseReleasedException.class);
        }
    }

    @Test
    void info_afterAnotherObjectCame_countsItsUsesOnly() {
        try (Pool<Thing> pool = builder().maxSize(1).build()) {
            PooledConnection<Thing> broken = pool.acquire();
            broken.expire();
            broken.close();
            try (PooledConnection<Thing> lease = pool.acquire()) {
                assertThat(lease.info().uses()).isEqualTo(1);
            }
        }
    }

    @Test
    void label_ofThePreviousLease_isGone() {
        try (Pool<Thing> pool = builder().build()) {
            PooledConnection<Thing> lease = pool.acquire().label("first").label("second");
            assertThat(lease.info().label()).isEqualTo("second");
            assertThatThrownBy(() -> lease.label(" ")).isInstanceOf(InvalidOptionException.class);
            lease.close();
            assertThatThrownBy(() -> lease.label("late"))
                    .isInstanceOf(LeaseReleasedException.class);
            try (PooledConnection<Thing> next = pool.acquire()) {
                assertThat(next.info().label()).isNull();
            }
        }
    }

    @Test
    void label_ofALeaseHeldForLong_standsInTheReports() {
        Pool<Thing> pool = builder().ticker(ticker).leakThreshold(Duration.ofSeconds(1)).build();
        PooledConnection<Thing> lease = pool.acquire().label("checkout");
        ticker.advance(Duration.ofSeconds(2));
        await().until(() -> !log.all(MonitorEvent.LeaseOverdue.class).isEmpty());
        MonitorEvent.LeaseOverdue overdue = log.all(MonitorEvent.LeaseOverdue.class).getFirst();
        assertThat(overdue.label()).isEqualTo("checkout");
        assertThat(overdue.message()).contains("a lease labelled 'checkout' acquired by thread");
        assertThat(pool.close(Duration.ZERO).abandoned())
                .singleElement()
                .asString()
                .endsWith(", labelled 'checkout'");
        lease.close();
    }

    @Test
    void label_ofALeakedLease_standsInTheEvent() {
        try (Pool<Thing> pool = builder().build()) {
            assertThat(leak(pool)).isNotNull();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        System.gc();
                        return !log.all(MonitorEvent.LeaseLeaked.class).isEmpty();
                    });
            MonitorEvent.LeaseLeaked leaked = log.all(MonitorEvent.LeaseLeaked.class).getFirst();
            assertThat(leaked.label()).isEqualTo("dropped");
            assertThat(leaked.message()).contains("a lease labelled 'dropped' leaked");
        }
    }

    private static Thing leak(Pool<Thing> pool) {
        return pool.acquire().label("dropped").connection();
    }

    @Test
    void detach_ofALease_leavesTheObjectToTheCaller() {
        Pool<Thing> pool = builder().maxSize(1).build();
        PooledConnection<Thing> lease = pool.acquire();
        CompletableFuture<PooledConnection<Thing>> waits = pool.acquireAsync();
        Thing mine = lease.detach();
        assertThat(lease.isReleased()).isTrue();
        assertThatThrownBy(lease::detach).isInstanceOf(LeaseReleasedException.class);
        lease.close();
        PooledConnection<Thing> next = waits.join();
        assertThat(next.connection()).isNotSameAs(mine);
        next.close();
        assertThat(pool.size()).isEqualTo(1);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.detached", 1L);
        pool.close();
        assertThat(mine.destroyed).hasValue(0);
        assertThat(mine.recycled).hasValue(0);
        assertThat(things.destroyedOnce()).isEqualTo(1);
    }

    @Test
    void detach_byAnotherThreadOrAfterClose_endsTheLeaseOnce() throws InterruptedException {
        Pool<Thing> pool = builder().maxSize(1).build();
        PooledConnection<Thing> lease = pool.acquire();
        PoolCloseReport report = pool.close(Duration.ZERO);
        assertThat(report.abandoned()).hasSize(1);
        List<Thing> got = new ArrayList<>();
        Thread.ofPlatform().start(() -> got.add(lease.detach())).join();
        assertThat(got.getFirst().destroyed).hasValue(0);
        assertThatThrownBy(lease::detach).isInstanceOf(LeaseReleasedException.class);
        assertThat(pool.size()).isZero();
    }

    @Test
    void donate_roomLeft_takesTheObjectAsItsOwn() {
        Pool<Thing> pool = builder().maxSize(2).build();
        Thing given = new Thing(77);
        assertThat(pool.donate(given)).isTrue();
        assertThat(pool.idle()).isEqualTo(1);
        assertThat(things.creations).hasValue(0);
        try (PooledConnection<Thing> lease = pool.acquire()) {
            assertThat(lease.connection()).isSameAs(given);
            assertThat(lease.info().uses()).isEqualTo(1);
        }
        assertThat(pool.donate(new Thing(78))).isTrue();
        assertThat(pool.donate(new Thing(79))).isFalse();
        assertThat(pool.size()).isEqualTo(2);
        assertThat(pool.metrics().counters())
                .containsEntry("pool.donated", 2L)
                .containsEntry("pool.created", 0L);
        pool.close();
        assertThat(given.destroyed).hasValue(1);
        Thing late = new Thing(80);
        assertThat(pool.donate(late)).isFalse();
        assertThat(late.destroyed).hasValue(0);
        assertThatThrownBy(() -> pool.donate(null)).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void donate_somebodyWaits_servesHim() {
        things.onCreate =
                thing -> {
                    throw new IllegalStateException("down");
                };
        try (Pool<Thing> pool = builder().maxSize(2).build()) {
            CompletableFuture<PooledConnection<Thing>> waits = pool.acquireAsync();
            Thing given = new Thing(77);
            assertThat(pool.donate(given)).isTrue();
            assertThat(waits.join().connection()).isSameAs(given);
            waits.join().close();
        }
    }

    @Test
    void donate_registryRefuses_leavesTheObjectToTheCallerAndTheRoomFree() {
        ResourceRegistry registry =
                ResourceRegistry.builder("r")
                        .type(
                                ResourceType.named("pooled-object")
                                        .maxOpen(1)
                                        .whenFull(WhenFull.FAIL))
                        .build();
        Pool<Thing> pool = builder().registry(registry).build();
        assertThat(pool.donate(new Thing(1))).isTrue();
        assertThatThrownBy(() -> pool.donate(new Thing(2)))
                .isInstanceOf(ResourceLimitException.class);
        assertThat(pool.size()).isEqualTo(1);
        pool.close();
        registry.close();
        await().until(() -> pool.size() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PACKED", "STRIPED"})
    void reuse_rotating_lendsWhatWasIdleForLongest(String striping) {
        try (Pool<Thing> pool =
                builder()
                        .maxSize(4)
                        .striping(Striping.valueOf(striping))
                        .reuse(Reuse.ROTATE)
                        .build()) {
            LeaseBatch<Thing> all = pool.acquireAll(4);
            List<Thing> order = new ArrayList<>();
            for (int i : new int[] {2, 0, 3, 1}) {
                order.add(all.connections().get(i));
            }
            for (Thing thing : order) {
                lease(all, thing).close();
            }
            for (int round = 0; round < 3; round++) {
                for (Thing expected : order) {
                    try (PooledConnection<Thing> lease = pool.acquire()) {
                        assertThat(lease.connection()).isSameAs(expected);
                    }
                }
            }
        }
    }

    private static PooledConnection<Thing> lease(LeaseBatch<Thing> batch, Thing thing) {
        return batch.leases().stream()
                .filter(lease -> !lease.isReleased() && lease.connection() == thing)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reuse_warm_lendsTheSameAgain() {
        try (Pool<Thing> pool = builder().maxSize(4).build()) {
            pool.acquireAll(4).close();
            Thing first = pool.<Thing, RuntimeException>use(thing -> thing);
            for (int i = 0; i < 5; i++) {
                assertThat(pool.<Thing, RuntimeException>use(thing -> thing)).isSameAs(first);
            }
        }
        assertThatThrownBy(() -> builder().reuse(null).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("reuse");
    }

    @Test
    void resize_belowAQueuedBatch_refusesIt() {
        try (Pool<Thing> pool = builder().maxSize(3).build()) {
            PooledConnection<Thing> held = pool.acquire();
            CompletableFuture<LeaseBatch<Thing>> batch = pool.acquireAllAsync(3);
            await().until(() -> pool.waiting() >= 1);
            pool.resize(2);
            assertThatThrownBy(batch::join)
                    .hasCauseInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("maxSize, which is 2");
            held.close();
            await().until(() -> pool.waiting() == 0 && pool.inUse() == 0);
            pool.acquireAll(2).close();
        }
    }

    /// Moves the clock, and waits until the pool has noticed.
    private void tick(PooledConnection<Thing> probe, Duration time) {
        Duration before = probe.info().held();
        ticker.advance(time);
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> probe.info().held().minus(before).compareTo(time) >= 0);
    }
}
