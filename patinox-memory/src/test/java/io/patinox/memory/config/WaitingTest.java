package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.ConfigClosedException;
import io.patinox.memory.error.ConfigInterruptedException;
import io.patinox.memory.error.ConfigTimeoutException;
import io.patinox.memory.internal.Allocation;
import io.patinox.memory.monitor.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Those who wait for the loader, and what it says when it does not come.
class WaitingTest {
    @TempDir Path dir;

    @Test
    void reload_withoutAnAnswer_isATimeout() {
        try (Driven app = Driven.in(dir, builder -> builder.timeout(Duration.ofMillis(20)))) {
            app.write("name = two");

            assertThatThrownBy(app.config::reload)
                    .isInstanceOf(ConfigTimeoutException.class)
                    .hasMessageContaining("reload of configuration 'app' did not end within 20 ms");
            app.pass(Driven.SOON);
            app.assertCurrent("two", 2);
        }
    }

    @Test
    void reload_ofAnInterruptedThread_isATypedErrorWithTheFlagSet() {
        try (Driven app = Driven.in(dir)) {
            app.write("name = two");
            Thread.currentThread().interrupt();

            assertThatThrownBy(app.config::reload).isInstanceOf(ConfigInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void reload_stillWaitingAtTheEnd_isAClosedError() {
        Driven app = Driven.in(dir);
        app.write("name = two");
        CompletableFuture<ReloadResult> waiting = app.config.reloadAsync();

        app.close();

        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ConfigClosedException.class);
    }

    @Test
    void loader_notComingForLong_isStale() {
        try (Driven app = Driven.in(dir)) {
            app.ticker.advance(Duration.ofMinutes(1));

            assertThat(app.config.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(app.config.health().reasons().getFirst().code()).isEqualTo("CONFIG-STALE");
            assertThat(app.config.status().lastScanAge()).isGreaterThan(Duration.ofSeconds(59));

            app.pass(Duration.ofMillis(50));
            assertThat(app.config.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void events_refusedByTheSystem_areToldAndDoNoHarm() {
        try (Driven app =
                Driven.in(
                        dir,
                        builder ->
                                builder.opener(() -> {
                                    throw new IOException("too many watches");
                                }))) {
            assertThat(app.config.status().eventsRefused()).contains("too many watches");
            assertThat(app.config.metrics().gauges()).containsEntry("config.events", 0L);

            app.save("name = two");

            app.assertCurrent("two", 2);
            assertThat(app.config.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void current_read_allocatesNothing() {
        try (Driven app = Driven.in(dir)) {
            assertThat(Allocation.leastBytes(1_000, i -> read(app))).isZero();
        }
    }

    private static void read(Driven app) {
        assert app.config.current().port() == 8080;
    }

    @Test
    void metrics_ofAConfiguration_countWhatHappened() {
        try (Driven app = Driven.in(dir)) {
            app.save("name = two");
            app.save("nam = x");
            app.config.rollback(1);

            assertThat(app.monitor.sources()).containsExactly(app.config);
            assertThat(app.config.metrics().component()).isEqualTo("config");
            assertThat(app.config.metrics().counters())
                    .containsEntry("config.applied", 3L)
                    .containsEntry("config.rejected", 1L)
                    .containsEntry("config.rollbacks", 1L)
                    .containsKeys("config.scans", "config.hints", "config.loads");
            assertThat(app.config.metrics().gauges())
                    .containsEntry("config.version", 3L)
                    .containsEntry("config.kept", 3L)
                    .containsEntry("config.held", 1L)
                    .containsEntry("config.rollout.buckets", 0L);
        }
    }

    @Test
    void texts_ofAll_holdNoValues() {
        try (Driven app = Driven.in(dir)) {
            assertThat(app.config).hasToString("LiveConfig[app, version=1]");
            assertThat(app.config.pinned().toString()).contains("version=1").doesNotContain("one");
            assertThat(app.config.status().toString()).contains("version=1").doesNotContain("one");
        }
    }
}
