package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.config.AppConfig.PoolConfig;
import io.patinox.memory.error.ConfigReentrantException;
import io.patinox.memory.error.ConfigVersionException;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.share.Subscription;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes that the program makes, and those who have a say.
class ChangingTest {
    @TempDir Path dir;

    private static ConfigParticipant<AppConfig> noting(String name, List<String> notes) {
        return (old, next) -> {
            notes.add(name + " prepares " + next.name());
            if (next.name().equals("veto-" + name)) {
                throw new IllegalStateException("too much");
            }
            return new ConfigParticipant.Prepared() {
                @Override
                public void commit() {
                    notes.add(name + " commits");
                }

                @Override
                public void rollback() {
                    notes.add(name + " rolls back");
                }
            };
        };
    }

    @Test
    void proposal_ofAValue_isHeldUntilTheSourcesChange() {
        try (Driven app = Driven.in(dir)) {
            AppConfig proposed = AppConfig.of("proposed", 20);
            assertThat(app.config.propose(proposed).isGood()).isTrue();
            app.assertCurrent("proposed", 2);
            assertThat(app.config.status().isHeld()).isTrue();
            assertThat(app.config.propose(AppConfig.of("proposed", 20)))
                    .isEqualTo(new ReloadResult.Unchanged(2));

            app.save("# another comment\nname = one");
            app.assertCurrent("proposed", 2);

            app.save("name = two");
            app.assertCurrent("two", 3);
            assertThat(app.config.status().isHeld()).isFalse();
        }
    }

    @Test
    void proposal_heldWhileReloaded_isReplaced() {
        try (Driven app = Driven.in(dir)) {
            app.config.propose(AppConfig.of("proposed", 20));

            assertThat(app.config.reload()).isEqualTo(new ReloadResult.Applied(3, List.of()));

            app.assertCurrent("one", 3);
        }
    }

    @Test
    void proposal_notValid_isRejectedAndTheStatusStaysGood() {
        try (Driven app =
                Driven.in(
                        dir,
                        builder ->
                                builder.validate((value, problems) ->
                                        problems.check(
                                                value.pool().maxSize() > 0,
                                                "pool.maxSize",
                                                "must be positive")))) {
            ReloadResult result = app.config.propose(AppConfig.of("x", 0));

            assertThat(result).isInstanceOf(ReloadResult.Rejected.class);
            app.assertCurrent("one", 1);
            assertThat(app.config.status().isRejected()).isFalse();
        }
    }

    @Test
    void override_ofValues_outlivesChangesOfTheSources() {
        try (Driven app = Driven.in(dir)) {
            assertThat(app.config.override(Map.of("pool.maxSize", 99)).isGood()).isTrue();
            app.save("name = two\npool.maxSize = 5");

            assertThat(app.config.current()).isEqualTo(AppConfig.of("two", 99));
            assertThat(app.config.explain()).contains("pool.maxSize = 99 (overrides)");
            assertThat(app.config.status().isHeld()).isFalse();

            app.config.override(Map.of());
            assertThat(app.config.current()).isEqualTo(AppConfig.of("two", 5));
        }
    }

    @Test
    void override_thatDoesNotFit_leavesThoseBefore() {
        try (Driven app = Driven.in(dir)) {
            app.config.override(Map.of("pool.maxSize", 99));

            ReloadResult result = app.config.override(Map.of("pool.maxSize", "many"));

            assertThat(result).isInstanceOf(ReloadResult.Rejected.class);
            assertThat(app.config.status().isRejected()).isFalse();
            assertThat(app.config.reload()).isEqualTo(new ReloadResult.Unchanged(2));
            assertThat(app.config.current().pool().maxSize()).isEqualTo(99);
            assertThatThrownBy(() -> app.config.override(Map.of("a..b", 1)))
                    .hasMessageContaining("overrides");
        }
    }

    @Test
    void rollback_toAKeptVersion_isANewVersionWithTheOldValue() {
        try (Driven app = Driven.in(dir)) {
            AppConfig first = app.config.current();
            app.save("name = two");

            assertThat(app.config.rollback(1)).isEqualTo(new ReloadResult.Applied(3, List.of()));

            app.assertCurrent("one", 3);
            assertThat(app.config.current()).isSameAs(first);
            assertThat(app.config.status().isHeld()).isTrue();
            assertThat(app.config.rollback(3)).isEqualTo(new ReloadResult.Unchanged(3));
            assertThat(app.config.rollback(2).isGood()).isTrue();
            assertThat(app.config.status().isHeld()).isFalse();
            assertThat(app.config.history())
                    .extracting(ConfigSnapshot::version)
                    .containsExactly(4L, 3L, 2L, 1L);
        }
    }

    @Test
    void rollback_toAVersionThatIsGone_isRefused() {
        try (Driven app = Driven.in(dir, builder -> builder.history(2))) {
            app.save("name = two");
            app.save("name = three");

            assertThatThrownBy(() -> app.config.rollback(1))
                    .isInstanceOf(ConfigVersionException.class)
                    .hasMessageContaining("keeps the versions 2 to 3, not 1");
            assertThatThrownBy(() -> app.config.rollback(0))
                    .isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void participants_allAgreeing_prepareThenCommitInOrder() {
        List<String> notes = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            app.config.participate(noting("a", notes));
            Subscription second = app.config.participate(noting("b", notes));

            app.save("name = two");
            assertThat(notes)
                    .containsExactly("a prepares two", "b prepares two", "a commits", "b commits");

            notes.clear();
            second.close();
            app.save("name = three");
            assertThat(second.isClosed()).isTrue();
            assertThat(notes).containsExactly("a prepares three", "a commits");
        }
    }

    @Test
    void participant_refusing_rollsBackThoseBefore() {
        List<String> notes = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            app.config.participate(noting("a", notes));
            app.config.participate(noting("b", notes));
            app.config.participate(noting("c", notes));

            app.save("name = veto-c");

            app.assertCurrent("one", 1);
            assertThat(notes)
                    .containsExactly(
                            "a prepares veto-c",
                            "b prepares veto-c",
                            "c prepares veto-c",
                            "b rolls back",
                            "a rolls back");
            assertThat(app.config.status().rejectedAt()).contains(ConfigStage.PREPARE);
            assertThat(app.config.status().problems().getFirst().message())
                    .contains("refused: IllegalStateException: too much");
        }
    }

    @Test
    void participant_blocking_isGivenUpAndRolledBackWhenItEnds() {
        CountDownLatch release = new CountDownLatch(1);
        List<String> notes = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir, builder -> builder.callTimeout(Duration.ofSeconds(2)))) {
            app.config.participate((old, next) -> {
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException ignored) {
                        notes.add("interrupted");
                    }
                }
                return noting("late", notes).prepare(old, next);
            });

            app.save("name = two");
            app.assertCurrent("one", 1);
            assertThat(app.config.status().problems().getFirst().message())
                    .isEqualTo("did not agree in time");

            release.countDown();
            await().untilAsserted(() -> assertThat(notes).contains("late rolls back"));
            assertThat(notes).doesNotContain("late commits");
        }
    }

    @Test
    void participant_askingForAChange_isRefused() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        try (Driven app = Driven.in(dir)) {
            app.config.participate((old, next) -> {
                try {
                    app.config.reload();
                } catch (ConfigReentrantException e) {
                    refused.set(e);
                }
                assertThat(app.config.current()).isSameAs(old);
                return () -> {};
            });

            app.save("name = two");

            assertThat(refused.get()).isInstanceOf(ConfigReentrantException.class);
            app.assertCurrent("two", 2);
        }
    }

    @Test
    void participant_failingToCommitOrReturningNothing_isReported() {
        try (Driven app = Driven.in(dir)) {
            Subscription first =
                    app.config.participate((old, next) ->
                            () -> {
                                throw new IllegalStateException("too late");
                            });
            app.save("name = two");
            app.assertCurrent("two", 2);
            assertThat(app.monitor.await(MonitorEvent.CallbackFailed.class, 1).getFirst())
                    .satisfies(event -> assertThat(event.callback()).isEqualTo("commit"));

            first.close();
            app.config.participate((old, next) -> null);
            app.save("name = three");
            app.assertCurrent("two", 2);
        }
    }

    @Test
    void selection_bound_isCalledWhenItsPartChanges() {
        List<PoolConfig> calls = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            ConfigSelection<AppConfig, PoolConfig> pool = app.config.select(AppConfig::pool);
            Subscription binding = pool.bind(calls::add);
            assertThat(calls).containsExactly(new PoolConfig(10, 1));

            app.save("name = two");
            app.save("name = two\npool.maxSize = 20");
            await().until(() -> calls.size() == 2);
            assertThat(calls.getLast()).isEqualTo(new PoolConfig(20, 1));
            assertThat(pool.current()).isEqualTo(new PoolConfig(20, 1));

            binding.close();
            assertThat(binding.isClosed()).isTrue();
            app.save("name = two\npool.maxSize = 30");
            app.config.watch().await(3, Duration.ofSeconds(1));
            assertThat(calls).hasSize(2);
        }
    }

    @Test
    void binding_failingAtFirst_bindsNothing() {
        try (Driven app = Driven.in(dir)) {
            assertThatThrownBy(() ->
                            app.config
                                    .select(AppConfig::pool)
                                    .bind(pool -> {
                                        throw new IllegalStateException("no");
                                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(app.config.metrics().gauges()).containsEntry("config.subscribers", 0L);
        }
    }

    @Test
    void binding_failingLater_isDegradedUntilItSucceeds() {
        List<Integer> calls = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            Subscription binding =
                    app.config
                            .select(AppConfig::pool)
                            .bind(pool -> {
                                calls.add(pool.maxSize());
                                if (pool.maxSize() > 50) {
                                    throw new IllegalStateException("too many");
                                }
                            });
            app.save("name = one\npool.maxSize = 60");
            await().until(() -> app.config.health().status() == Health.Status.DEGRADED);
            assertThat(app.config.health().reasons().getFirst().code())
                    .isEqualTo("CONFIG-PART-FAILED");
            app.monitor.await(MonitorEvent.CallbackFailed.class, 1);

            app.save("name = one");
            await().until(() -> app.config.health().status() == Health.Status.UP);
            // back at what it had before it failed half-way: called all the same
            assertThat(calls).containsExactly(10, 60, 10);

            app.save("name = one\npool.maxSize = 70");
            await().until(() -> app.config.health().status() == Health.Status.DEGRADED);
            binding.close();
            assertThat(app.config.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void binding_ofATargetThatNobodyHolds_endsByItself() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            ConfigSelection<AppConfig, PoolConfig> pool = app.config.select(AppConfig::pool);
            Object held = new Object();
            pool.bindWeakly(held, (target, part) -> sizes.add(part.maxSize()));
            Subscription lost =
                    pool.bindWeakly(new Object(), (target, part) -> sizes.add(-part.maxSize()));
            AtomicInteger size = new AtomicInteger(10);

            await().until(() -> {
                System.gc();
                app.config.override(Map.of("pool.maxSize", size.incrementAndGet()));
                return lost.isClosed();
            });
            await().until(() -> sizes.contains(size.get()));
            assertThat(app.config.metrics().gauges()).containsEntry("config.subscribers", 1L);
            Reference.reachabilityFence(held);
        }
    }

    @Test
    void selection_watched_hasVersionsOfItsOwn() {
        try (Driven app = Driven.in(dir)) {
            ConfigSelection<AppConfig, PoolConfig> pool = app.config.select(AppConfig::pool);
            assertThat(pool.watch()).isSameAs(pool.watch());
            app.save("name = two");
            app.save("name = two\npool.maxSize = 20");

            assertThat(pool.watch().await(1, Duration.ofSeconds(10)))
                    .hasValueSatisfying(next -> {
                        assertThat(next.version()).isEqualTo(2);
                        assertThat(next.value().maxSize()).isEqualTo(20);
                    });
        }
    }

    @Test
    void selection_participating_isAskedAboutItsPartOnly() {
        List<PoolConfig> asked = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            app.config
                    .select(AppConfig::pool)
                    .participate((old, next) -> {
                        asked.add(next);
                        return () -> {};
                    });
            app.save("name = two");
            app.save("name = two\npool.maxSize = 20");

            assertThat(asked).containsExactly(new PoolConfig(20, 1));
        }
    }

    @Test
    void watch_ofTheConfiguration_hasItsVersions() {
        List<Long> versions = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            Subscription subscription =
                    app.config
                            .watch()
                            .subscribe(next -> {
                                assertThat(app.config.pinned().version())
                                        .isGreaterThanOrEqualTo(next.version());
                                versions.add(next.version());
                            });
            await().until(() -> versions.contains(1L));
            app.save("name = two");
            await().until(() -> versions.contains(2L));
            subscription.close();

            assertThat(app.config.watch().await(1, Duration.ZERO)).isPresent();
        }
    }

    @Test
    void subscriber_reloadingInItsCall_works() {
        List<ReloadResult> results = new CopyOnWriteArrayList<>();
        try (Driven app = Driven.in(dir)) {
            app.config.watch().subscribe(next -> app.config.reloadAsync().thenAccept(results::add));
            await().until(() -> app.config.metrics().counters().get("config.notifications") > 0);
            app.pass(Driven.SOON);

            await().until(() -> !results.isEmpty());
            assertThat(results).containsExactly(new ReloadResult.Unchanged(1));
        }
    }

    @Test
    void pinnedWork_duringAChange_seesOneVersion() throws Exception {
        try (Driven app = Driven.in(dir)) {
            List<Long> seen = new ArrayList<>();
            app.config.runPinned(() -> {
                seen.add(app.config.pinned().version());
                app.save("name = two");
                seen.add(app.config.pinned().version());
                assertThat(app.config.current().name()).isEqualTo("two");
                seen.add(app.config.callPinned(() -> app.config.pinned().version()));
            });

            assertThat(seen).containsExactly(1L, 1L, 1L);
            assertThat(
                            app.config.<String, Exception>callPinned(
                                    () -> app.config.pinned().value().name()))
                    .isEqualTo("two");
        }
    }

    @Test
    void source_tellingOfAChange_isReadAnew() {
        AtomicReference<Runnable> hint = new AtomicReference<>();
        AtomicReference<String> size = new AtomicReference<>("1");
        CompletableFuture<Void> closed = new CompletableFuture<>();
        ConfigSource source =
                new ConfigSource() {
                    @Override
                    public String name() {
                        return "remote";
                    }

                    @Override
                    public ConfigNode.Table read() {
                        return FlatSource.table("remote", Map.of("pool.maxSize", size.get()));
                    }

                    @Override
                    public AutoCloseable onChange(Runnable run) {
                        hint.set(run);
                        return () -> closed.complete(null);
                    }
                };
        try (Driven app = Driven.in(dir, builder -> builder.source(source))) {
            size.set("2");
            app.pass(Driven.LATER);
            assertThat(app.config.current().pool().maxSize()).isEqualTo(1);

            hint.get().run();
            app.pass(Duration.ofMillis(200));

            assertThat(app.config.current().pool().maxSize()).isEqualTo(2);
        }
        assertThat(closed).isCompleted();
    }

    @Test
    void hints_inAStorm_areFewLoads() {
        AtomicReference<Runnable> hint = new AtomicReference<>();
        ConfigSource source =
                new ConfigSource() {
                    @Override
                    public String name() {
                        return "remote";
                    }

                    @Override
                    public ConfigNode.Table read() {
                        return FlatSource.table("remote", Map.of());
                    }

                    @Override
                    public AutoCloseable onChange(Runnable run) {
                        hint.set(run);
                        return () -> {};
                    }
                };
        try (Driven app = Driven.in(dir, builder -> builder.source(source))) {
            for (int i = 0; i < 1_000; i++) {
                hint.get().run();
                app.config.loader().step();
                app.ticker.advance(Duration.ofMillis(1));
            }

            assertThat(app.config.metrics().counters().get("config.loads")).isBetween(10L, 12L);
        }
    }

    @Test
    void source_failing_isRejectedWithoutItsMessage() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        ConfigSource source =
                new ConfigSource() {
                    @Override
                    public String name() {
                        return "remote";
                    }

                    @Override
                    public ConfigNode.Table read() {
                        if (failure.get() != null) {
                            throw failure.get();
                        }
                        return ConfigNode.Table.empty(Origin.of("remote"));
                    }
                };
        try (Driven app = Driven.in(dir, builder -> builder.source(source))) {
            failure.set(new IllegalStateException("password=x"));

            assertThat(app.config.reload())
                    .isInstanceOfSatisfying(
                            ReloadResult.Rejected.class,
                            bad -> {
                                assertThat(bad.stage()).isEqualTo(ConfigStage.READ);
                                assertThat(bad.problems().toString())
                                        .contains("remote", "IllegalStateException")
                                        .doesNotContain("password");
                            });
            failure.set(null);
            assertThat(app.config.reload().isGood()).isTrue();
        }
    }
}
