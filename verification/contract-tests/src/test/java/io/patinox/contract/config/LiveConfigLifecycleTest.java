package io.patinox.contract.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.config.ConfigCloseReport;
import io.patinox.memory.config.ConfigSnapshot;
import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.config.ReloadResult;
import io.patinox.memory.error.ConfigClosedException;
import io.patinox.memory.error.ConfigRejectedException;
import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigLifecycleTest {
    @TempDir Path dir;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(dir.resolve("app.properties"), Settings.text(1));
    }

    private static boolean threadLives(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("patinox-config-" + name));
    }

    @Test
    void close_ofAConfiguration_endsItsThreadAndEveryCall() {
        LiveConfig<Settings> config =
                LiveConfig.builder(Settings.class).name("closing").file(file).build();
        ConfigSnapshot<Settings> kept = config.pinned();
        assertThat(threadLives("closing")).isTrue();

        assertThat(config.close(Duration.ofSeconds(30))).isEqualTo(new ConfigCloseReport(true, 0));

        await().until(() -> !threadLives("closing"));
        assertThat(config.isClosed()).isTrue();
        assertThat(config.health().status()).isEqualTo(Health.Status.DOWN);
        for (Runnable call :
                List.<Runnable>of(
                        config::current,
                        () -> config.current("me"),
                        config::pinned,
                        config::reload,
                        config::reloadAsync,
                        () -> config.propose(kept.value()),
                        () -> config.rollback(1),
                        () -> config.select(Settings::first).current(),
                        () -> config.select(Settings::first).bind(first -> {}),
                        () -> config.participate((old, next) -> () -> {}),
                        () -> config.rollout(kept.value()).salt("x").start())) {
            assertThatThrownBy(call::run).isInstanceOf(ConfigClosedException.class);
        }
        assertThatThrownBy(() -> config.watch().await(1, Duration.ZERO))
                .isInstanceOf(ShareClosedException.class);
        assertThat(kept.value().first()).isEqualTo(1);
        assertThat(config.status().version()).isEqualTo(1);
        assertThat(config.history()).containsExactly(kept);
        config.close();
    }

    @Test
    void close_duringAReload_answersThoseWhoWait() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean hang = new AtomicBoolean();
        LiveConfig<Settings> config =
                LiveConfig.builder(Settings.class)
                        .file(file)
                        .validate((value, problems) -> {
                            if (hang.get()) {
                                inside.countDown();
                                new CompletableFuture<>().join();
                            }
                        })
                        .build();
        hang.set(true);
        CompletableFuture<ReloadResult> first = config.reloadAsync();
        inside.await();
        CompletableFuture<ReloadResult> second = config.reloadAsync();

        ConfigCloseReport report = config.close(Duration.ofSeconds(30));

        assertThat(report.ended()).isTrue();
        assertThat(report.abandoned()).isEqualTo(1);
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
        assertThat(second)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ConfigClosedException.class);
    }

    @Test
    void close_whileAParticipantPrepares_rollsBack() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        List<String> notes = new CopyOnWriteArrayList<>();
        LiveConfig<Settings> config = LiveConfig.builder(Settings.class).file(file).build();
        config.participate((old, next) ->
                new io.patinox.memory.config.ConfigParticipant.Prepared() {
                    @Override
                    public void commit() {
                        notes.add("commit");
                    }

                    @Override
                    public void rollback() {
                        notes.add("rollback");
                    }
                });
        config.participate((old, next) -> {
            inside.countDown();
            new CompletableFuture<>().join();
            return () -> {};
        });
        CompletableFuture<ReloadResult> result =
                CompletableFuture.supplyAsync(
                        () -> config.propose(new Settings(2, "", 2)), Thread::startVirtualThread);
        inside.await();

        config.close();

        assertThat(result)
                .succeedsWithin(Duration.ofSeconds(10))
                .isInstanceOf(ReloadResult.Rejected.class);
        assertThat(notes).containsExactly("rollback");
    }

    @Test
    void registry_closing_closesTheConfiguration() {
        ResourceRegistry registry = ResourceRegistry.builder("app").build();
        LiveConfig<Settings> config =
                LiveConfig.builder(Settings.class).file(file).registry(registry).build();
        LiveConfig<Settings> other =
                LiveConfig.builder(Settings.class).file(file).registry(registry).build();
        other.close();

        registry.close(Duration.ofSeconds(30));

        assertThat(config.isClosed()).isTrue();
    }

    @Test
    void build_thatFails_leavesNoThread() throws IOException {
        Files.writeString(file, "first = one");

        assertThatThrownBy(
                        () -> LiveConfig.builder(Settings.class).name("failing").file(file).build())
                .isInstanceOf(ConfigRejectedException.class)
                .hasMessageContainingAll("first", "filling", "last");

        await().until(() -> !threadLives("failing"));
    }

    @Test
    void reloads_fromManyThreads_areAllAnswered() throws Exception {
        try (LiveConfig<Settings> config = LiveConfig.builder(Settings.class).file(file).build()) {
            List<CompletableFuture<ReloadResult>> results = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                results.add(config.reloadAsync());
            }

            for (CompletableFuture<ReloadResult> result : results) {
                assertThat(result)
                        .succeedsWithin(Duration.ofSeconds(30))
                        .isEqualTo(new ReloadResult.Unchanged(1));
            }
            assertThat(config.metrics().counters().get("config.loads")).isLessThan(2_000);
        }
    }

    @Test
    void changes_fromManyThreads_areMadeOneAfterTheOther() throws Exception {
        try (LiveConfig<Settings> config =
                LiveConfig.builder(Settings.class).file(file).history(1_000).build()) {
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            List<Long> told = new CopyOnWriteArrayList<>();
            config.watch().subscribe(next -> told.add(next.version()));
            AtomicInteger numbers = new AtomicInteger(10);
            List<Thread> writers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                boolean rolls = t == 0;
                Thread writer =
                        Thread.ofVirtual()
                                .unstarted(() -> {
                                    long last = 0;
                                    for (int i = 0; i < 25; i++) {
                                        int number = numbers.incrementAndGet();
                                        config.propose(new Settings(number, "", number));
                                        if (rolls) {
                                            config.rollback(1);
                                            config.reload();
                                        }
                                        last = checked(config.pinned(), last);
                                    }
                                });
                writer.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
                writer.start();
                writers.add(writer);
            }
            for (Thread writer : writers) {
                writer.join();
            }

            assertThat(failures).isEmpty();
            List<ConfigSnapshot<Settings>> history = config.history();
            assertThat(history.getFirst().version()).isEqualTo(history.size());
            assertThat(config.watch().await(0, Duration.ZERO))
                    .hasValueSatisfying(newest -> {
                        assertThat(newest.version()).isEqualTo(history.size());
                        assertThat(newest.value()).isSameAs(config.current());
                    });
            await().until(() -> told.contains((long) history.size()));
            assertThat(told).isSorted();
        }
    }

    private static long checked(ConfigSnapshot<Settings> now, long last) {
        assertThat(now.version()).isGreaterThanOrEqualTo(last);
        assertThat(now.value().first()).isEqualTo(now.value().last());
        return now.version();
    }
}
