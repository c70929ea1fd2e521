package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.ConfigRejectedException;
import io.patinox.memory.error.ConfigRolloutException;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.monitor.MonitorEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {
    private static final int SUBJECTS = 10_000;
    private static final AppConfig CANDIDATE = AppConfig.of("next", 50);

    @TempDir Path dir;

    private static long included(ConfigRollout<AppConfig> rollout) {
        return IntStream.range(0, SUBJECTS).filter(i -> rollout.includes("user-" + i)).count();
    }

    /// Values of the reference implementation.
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "a, 3c2569b2",
        "hello, 248bfa47",
        "'hello, world', 149bbb7f",
        "The quick brown fox jumps over the lazy dog, 2e4ff723",
    })
    void hash_ofKnownTexts_isThePublishedOne(String text, String hash) {
        assertThat(RolloutHash.murmur3(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Integer.parseUnsignedInt(hash, 16));
    }

    @Test
    void percentage_growing_keepsWhoHasIt() {
        try (Driven app = Driven.in(dir)) {
            ConfigRollout<AppConfig> rollout = app.config.rollout(CANDIDATE).salt("blue").start();
            boolean[] had = new boolean[SUBJECTS];
            for (double percentage : new double[] {0, 0.01, 1, 5, 33.3, 66, 99.99, 100}) {
                rollout.percentage(percentage);
                assertThat(rollout.percentage()).isEqualTo(percentage);
                for (int i = 0; i < SUBJECTS; i++) {
                    boolean has = app.config.current("user-" + i) == CANDIDATE;
                    assertThat(has || !had[i]).isTrue();
                    had[i] = has;
                }
                double share = 100.0 * included(rollout) / SUBJECTS;
                assertThat(share).isBetween(percentage - 1.5, percentage + 1.5);
            }
            assertThat(included(rollout)).isEqualTo(SUBJECTS);
            rollout.percentage(0);
            assertThat(included(rollout)).isZero();
            assertThat(app.config.current().name()).isEqualTo("one");
        }
    }

    @Test
    void salts_ofTwoRollouts_chooseOthersFirst() {
        long both =
                IntStream.range(0, SUBJECTS)
                        .filter(i -> RolloutHash.bucket("blue", "user-" + i) < 10_000)
                        .filter(i -> RolloutHash.bucket("green", "user-" + i) < 10_000)
                        .count();

        // a tenth of a tenth, if they are independent
        assertThat(both).isBetween(SUBJECTS / 200L, SUBJECTS / 50L);
    }

    @Test
    void promotion_byCall_makesTheCandidateCurrent() {
        try (Driven app = Driven.in(dir)) {
            ConfigRollout<AppConfig> rollout = app.config.rollout(CANDIDATE).salt("blue").start();
            assertThat(app.config.rollout()).containsSame(rollout);
            assertThat(app.config.current("any")).isEqualTo(app.config.current());

            assertThat(rollout.promote().isGood()).isTrue();

            app.assertCurrent("next", 2);
            assertThat(app.config.status().cause()).isEqualTo(ConfigCause.ROLLOUT);
            assertThat(app.config.rollout()).isEmpty();
            assertThat(rollout.state()).isEqualTo(ConfigRollout.State.PROMOTED);
            assertThat(rollout.reason()).contains("promoted");
            assertThat(app.config.current("any")).isSameAs(CANDIDATE);
            assertThatThrownBy(rollout::promote).isInstanceOf(ConfigRolloutException.class);
            assertThatThrownBy(() -> rollout.percentage(5))
                    .isInstanceOf(ConfigRolloutException.class);
            rollout.abort("too late");
            assertThat(rollout.state()).isEqualTo(ConfigRollout.State.PROMOTED);
        }
    }

    @Test
    void abort_byCall_givesEverybodyTheCurrentVersion() {
        try (Driven app = Driven.in(dir)) {
            ConfigRollout<AppConfig> rollout = app.config.rollout(CANDIDATE).salt("blue").start();
            rollout.percentage(100);
            assertThat(app.config.current("any")).isSameAs(CANDIDATE);

            rollout.abort("slow");

            assertThat(app.config.current("any").name()).isEqualTo("one");
            assertThat(rollout.reason()).contains("slow");
            assertThat(rollout).hasToString("ConfigRollout[blue, 100.0 %, ABORTED]");
            assertThat(app.monitor.await(MonitorEvent.ConfigRolloutChanged.class, 3))
                    .extracting(MonitorEvent.ConfigRolloutChanged::state)
                    .containsExactly("RUNNING", "RUNNING", "ABORTED: slow");
        }
    }

    @Test
    void plan_walkedThrough_isPromoted() {
        try (Driven app = Driven.in(dir)) {
            ConfigRollout<AppConfig> rollout =
                    app.config
                            .rollout(CANDIDATE)
                            .salt("blue")
                            .step(5, Duration.ofSeconds(2))
                            .step(50, Duration.ofSeconds(2))
                            .start();
            app.pass(Duration.ofSeconds(1));
            assertThat(rollout.percentage()).isEqualTo(5);
            app.pass(Duration.ofSeconds(2));
            assertThat(rollout.percentage()).isEqualTo(50);
            app.pass(Duration.ofSeconds(2));

            app.assertCurrent("next", 2);
        }
    }

    @Test
    void gate_closing_abortsByItself() {
        AtomicBoolean healthy = new AtomicBoolean(true);
        try (Driven app = Driven.in(dir)) {
            ConfigRollout<AppConfig> rollout =
                    app.config
                            .rollout(CANDIDATE)
                            .salt("blue")
                            .step(50, Duration.ofMinutes(1))
                            .abortUnless(healthy::get)
                            .gateInterval(Duration.ofMillis(500))
                            .start();
            app.pass(Duration.ofSeconds(2));
            assertThat(rollout.state()).isEqualTo(ConfigRollout.State.RUNNING);
            healthy.set(false);
            app.pass(Duration.ofSeconds(1));

            assertThat(rollout.state()).isEqualTo(ConfigRollout.State.ABORTED);
            assertThat(rollout.reason()).contains("the health gate is closed");
            app.assertCurrent("one", 1);
        }
    }

    @Test
    void gate_throwing_aborts() {
        try (Driven app = Driven.in(dir)) {
            ConfigRollout<AppConfig> rollout =
                    app.config
                            .rollout(CANDIDATE)
                            .salt("blue")
                            .abortUnless(() -> {
                                throw new IllegalStateException("no health");
                            })
                            .start();
            app.pass(Duration.ofSeconds(2));

            assertThat(rollout.state()).isEqualTo(ConfigRollout.State.ABORTED);
        }
    }

    @Test
    void anotherVersion_becomingCurrent_supersedes() {
        try (Driven app = Driven.in(dir)) {
            ConfigRollout<AppConfig> rollout = app.config.rollout(CANDIDATE).salt("blue").start();
            app.save("name = two");

            assertThat(rollout.reason()).contains("superseded by version 2");
        }
    }

    @Test
    void promotion_refusedByAParticipant_abortsThePlan() {
        try (Driven app = Driven.in(dir)) {
            app.config.participate((old, next) -> {
                throw new IllegalStateException("no");
            });
            ConfigRollout<AppConfig> byHand = app.config.rollout(CANDIDATE).salt("blue").start();
            assertThat(byHand.promote()).isInstanceOf(ReloadResult.Rejected.class);
            assertThat(byHand.state()).isEqualTo(ConfigRollout.State.RUNNING);
            byHand.abort("enough");
            ConfigRollout<AppConfig> planned =
                    app.config.rollout(CANDIDATE).salt("blue").step(100, Duration.ZERO).start();
            app.pass(Duration.ofSeconds(1));

            assertThat(planned.state()).isEqualTo(ConfigRollout.State.ABORTED);
            app.assertCurrent("one", 1);
        }
    }

    @Test
    void start_ofABadOrASecondOne_isRefused() {
        try (Driven app =
                Driven.in(
                        dir,
                        builder ->
                                builder.immutableAcrossReload("port", AppConfig::port)
                                        .validate((value, problems) ->
                                                problems.check(
                                                        value.pool().maxSize() > 0,
                                                        "pool.maxSize",
                                                        "must be positive")))) {
            ConfigRolloutBuilder<AppConfig> bad =
                    app.config.rollout(AppConfig.of("x", 0)).salt("blue");
            assertThatThrownBy(bad::start)
                    .isInstanceOf(ConfigRejectedException.class)
                    .hasMessageContaining("pool.maxSize: must be positive");
            ConfigRolloutBuilder<AppConfig> fixed =
                    app.config.rollout(new AppConfig("x", 1, CANDIDATE.pool())).salt("blue");
            assertThatThrownBy(fixed::start).hasMessageContaining("RESTART");
            ConfigRolloutBuilder<AppConfig> good = app.config.rollout(CANDIDATE);
            assertThatThrownBy(good::start)
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("salt");
            good.salt("blue").start();
            ConfigRolloutBuilder<AppConfig> second = app.config.rollout(CANDIDATE).salt("red");
            assertThatThrownBy(second::start).isInstanceOf(ConfigRolloutException.class);
            assertThatThrownBy(() -> second.step(101, Duration.ZERO))
                    .isInstanceOf(InvalidOptionException.class);
            second.step(50, Duration.ZERO);
            assertThatThrownBy(() -> second.step(5, Duration.ZERO))
                    .isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void close_ofTheConfiguration_aborts() {
        Driven app = Driven.in(dir);
        ConfigRollout<AppConfig> rollout = app.config.rollout(CANDIDATE).salt("blue").start();

        app.close();

        assertThat(rollout.reason()).contains("the configuration was closed");
    }
}
