package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.ConfigRejectedException;
import io.patinox.memory.error.ConfigSyntaxException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a source to a version, step by step.
class LoadingTest {
    @TempDir Path dir;

    @Test
    void file_changed_becomesCurrent() {
        try (Driven app = Driven.in(dir)) {
            app.assertCurrent("one", 1);

            app.save("name = two");

            app.assertCurrent("two", 2);
            assertThat(app.config.status().cause()).isEqualTo(ConfigCause.RELOAD);
            assertThat(app.monitor.await(MonitorEvent.ConfigApplied.class, 2))
                    .extracting(MonitorEvent.ConfigApplied::version)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void comment_changed_isNoNewVersion() {
        try (Driven app = Driven.in(dir)) {
            app.save("# better\nname = one");

            app.assertCurrent("one", 1);
            assertThat(app.config.metrics().counters()).containsEntry("config.unchanged", 1L);
        }
    }

    @Test
    void badFile_thenTheSameGoodOne_recovers() {
        try (Driven app = Driven.in(dir)) {
            app.save("name = two\nport = many\npool.maxSize = few");

            app.assertCurrent("one", 1);
            ConfigStatus bad = app.config.status();
            assertThat(bad.isRejected()).isTrue();
            assertThat(bad.rejectedAt()).contains(ConfigStage.BIND);
            assertThat(bad.problems())
                    .extracting(ConfigProblem::path)
                    .containsExactly("port", "pool.maxSize");
            assertThat(bad.problems().getFirst().origin().line()).isEqualTo(2);
            assertThat(bad.problems().getFirst().origin().source()).contains("app.properties");
            assertThat(app.config.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(app.config.health().reasons().getFirst().code())
                    .isEqualTo("CONFIG-REJECTED");

            app.save("name = one");

            app.assertCurrent("one", 1);
            assertThat(app.config.status().isRejected()).isFalse();
            assertThat(app.config.status().problems()).isEmpty();
            assertThat(app.config.health()).isEqualTo(Health.up());
            assertThat(app.monitor.await(MonitorEvent.ConfigRejected.class, 1))
                    .singleElement()
                    .satisfies(event -> assertThat(event.problems()).hasSize(2));
            assertThat(app.monitor.await(MonitorEvent.HealthChanged.class, 2)).hasSize(2);
        }
    }

    @Test
    void badFile_thenAnotherGoodOne_isApplied() {
        try (Driven app = Driven.in(dir)) {
            app.save("nam = two");
            app.save("name = three");

            app.assertCurrent("three", 2);
        }
    }

    @Test
    void badFile_atTheStart_failsTheBuild() throws IOException {
        Files.writeString(dir.resolve("app.properties"), "port = many");

        assertThatThrownBy(() -> Driven.in(dir))
                .isInstanceOf(ConfigRejectedException.class)
                .hasMessageContainingAll("name", "port", "app.properties:1");
    }

    @Test
    void missingFile_atTheStart_failsTheBuild() {
        assertThatThrownBy(
                        () -> Driven.in(dir, builder -> builder.file(dir.resolve("x.properties"))))
                .isInstanceOf(ConfigRejectedException.class)
                .hasMessageContaining("x.properties")
                .hasMessageContaining("does not exist");
    }

    @Test
    void missingFile_later_isRejectedUntilItReturns() throws IOException {
        try (Driven app = Driven.in(dir)) {
            Files.delete(app.file);
            app.pass(Driven.SOON);
            assertThat(app.config.status().isRejected()).isFalse();
            assertThat(app.config.status().unsettled()).hasSize(1);

            app.pass(Driven.LATER);
            assertThat(app.config.status().rejectedAt()).contains(ConfigStage.READ);
            assertThat(app.config.status().unsettled()).isEmpty();

            app.save("name = two");
            app.assertCurrent("two", 2);
            assertThat(app.config.status().isRejected()).isFalse();
        }
    }

    @Test
    void emptyFile_forLong_isRejected() {
        try (Driven app = Driven.in(dir)) {
            app.save("");
            app.assertCurrent("one", 1);
            assertThat(app.config.status().isRejected()).isFalse();

            app.pass(Driven.LATER);

            app.assertCurrent("one", 1);
            assertThat(app.config.status().problems())
                    .extracting(ConfigProblem::message)
                    .containsExactly("is empty");
        }
    }

    @Test
    void severalFiles_savedInABurst_areLoadedTogether() throws IOException {
        Path other = Files.writeString(dir.resolve("pool.properties"), "pool.maxSize = 1");
        try (Driven app = Driven.in(dir, builder -> builder.file(other))) {
            app.write("name = two");
            app.pass(Duration.ofMillis(200));
            Files.writeString(other, "pool.maxSize = 2");
            app.pass(Driven.SOON);

            assertThat(app.config.current()).isEqualTo(AppConfig.of("two", 2));
            app.assertCurrent("two", 2);
        }
    }

    @Test
    void file_thatNeverRests_keepsAnotherNoLongerThanMaxWait() throws IOException {
        Path other = Files.writeString(dir.resolve("pool.properties"), "pool.maxSize = 1");
        try (Driven app = Driven.in(dir, builder -> builder.file(other))) {
            app.write("name = two");
            for (int i = 0; i < 9; i++) {
                Files.writeString(other, "pool.maxSize = 5" + "0".repeat(i));
                app.pass(Duration.ofMillis(50));
            }
            app.assertCurrent("one", 1);
            for (int i = 0; i < 5; i++) {
                Files.writeString(other, "pool.maxSize = 5" + "0".repeat(i));
                app.pass(Duration.ofMillis(50));
            }

            assertThat(app.config.current()).isEqualTo(AppConfig.of("two", 1));
        }
    }

    @Test
    void problems_ofSeveralFiles_areToldTogether() throws IOException {
        Path other = Files.writeString(dir.resolve("pool.properties"), "pool.maxSize = 1");
        ConfigFormat picky = new Picky();
        try (Driven app = Driven.in(dir, builder -> builder.format(picky).file(other))) {
            app.write("bad");
            Files.writeString(other, "bad");
            app.pass(Driven.SOON);

            assertThat(app.config.status().rejectedAt()).contains(ConfigStage.PARSE);
            assertThat(app.config.status().problems())
                    .extracting(ConfigProblem::toString)
                    .containsExactly(
                            "is bad (file " + app.file + ":1:2)",
                            "is bad (file " + other + ":1:2)");
        }
    }

    /// A format that refuses one word, and fails at others.
    private static final class Picky implements ConfigFormat {
        @Override
        public String name() {
            return "picky";
        }

        @Override
        public Set<String> extensions() {
            return Set.of("properties");
        }

        @Override
        public ConfigNode.Table parse(byte[] content, String source) {
            switch (ConfigFormat.text(content, source)) {
                case "bad" -> throw new ConfigSyntaxException(source, 1, 2, "is bad");
                case "broken" -> throw new IllegalStateException("secret");
                case "deep" -> throw new StackOverflowError();
                case "fatal" -> throw new OutOfMemoryError("pretended");
                default -> {
                    return ConfigFormat.properties().parse(content, source);
                }
            }
        }
    }

    @Test
    void parser_throwingWhatever_rejectsAndGoesOn() {
        try (Driven app = Driven.in(dir, builder -> builder.format(new Picky()))) {
            for (String content : List.of("broken", "deep", "fatal")) {
                app.save(content);
                assertThat(app.config.status().isRejected()).as(content).isTrue();
                assertThat(app.config.status().problems().toString())
                        .contains("failed with")
                        .doesNotContain("secret");
            }

            app.save("name = two");

            app.assertCurrent("two", 2);
        }
    }

    @Test
    void migration_failingHalfWay_keepsTheOldVersion() {
        Migrations migrations =
                Migrations.from(1)
                        .step(1, tree -> tree.moved("title", "name"))
                        .step(
                                2,
                                tree -> {
                                    if (tree.at("name") == null) {
                                        throw new IllegalStateException("secret");
                                    }
                                    return tree;
                                })
                        .build();
        try (Driven app = Driven.in(dir, builder -> builder.migrations(migrations))) {
            app.save("schemaVersion = 1\ntitle = two");
            app.assertCurrent("two", 2);

            app.save("schemaVersion = 1\nport = 9090");
            app.assertCurrent("two", 2);
            assertThat(app.config.status().rejectedAt()).contains(ConfigStage.MIGRATE);
            assertThat(app.config.status().problems().getFirst().message())
                    .contains("step from schema version 2 to 3")
                    .doesNotContain("secret");

            app.save("schemaVersion = 7\nname = three");
            assertThat(app.config.status().rejectedAt()).contains(ConfigStage.MIGRATE);
        }
    }

    @Test
    void oldFile_belowNewOverlay_isMigratedByItself() throws IOException {
        Migrations migrations =
                Migrations.from(1).step(1, tree -> tree.moved("title", "name")).build();
        Files.writeString(dir.resolve("app.properties"), "title = old");
        Files.writeString(
                dir.resolve("app-prod.properties"), "schemaVersion = 2\npool.maxSize = 7");
        try (Driven app =
                Driven.in(dir, builder -> builder.migrations(migrations).profiles("prod"))) {
            assertThat(app.config.current()).isEqualTo(AppConfig.of("old", 7));
        }
    }

    @Test
    void validations_findingMuch_areToldTogether() {
        try (Driven app =
                Driven.in(
                        dir,
                        builder ->
                                builder.validate((value, problems) ->
                                                problems.check(
                                                        value.pool().maxSize() < 100,
                                                        "pool.maxSize",
                                                        "must be below 100"))
                                        .validate((value, problems) -> {
                                            if (value.name().equals("bad")) {
                                                throw new IllegalStateException("secret");
                                            }
                                        }))) {
            app.save("pool.maxSize = 100\nname = bad");

            app.assertCurrent("one", 1);
            assertThat(app.config.status().rejectedAt()).contains(ConfigStage.VALIDATE);
            assertThat(app.config.status().problems()).hasSize(2);
            ConfigProblem first = app.config.status().problems().getFirst();
            assertThat(first.toString())
                    .startsWith("pool.maxSize: must be below 100")
                    .contains("app.properties:1");
            assertThat(app.config.status().problems().getLast().message())
                    .isEqualTo("a validation failed with IllegalStateException");
        }
    }

    @Test
    void validation_hanging_isGivenUp() {
        AtomicReference<Thread> hung = new AtomicReference<>();
        try (Driven app =
                Driven.in(
                        dir,
                        builder ->
                                builder.callTimeout(Duration.ofSeconds(2))
                                        .validate((value, problems) -> {
                                            if (value.name().equals("hang")) {
                                                hung.set(Thread.currentThread());
                                                new CompletableFuture<>().join();
                                            }
                                        }))) {
            app.save("name = hang");

            app.assertCurrent("one", 1);
            assertThat(app.config.status().problems().getFirst().message())
                    .isEqualTo("did not end in time");
            assertThat(app.config.metrics().counters()).containsEntry("config.calls.abandoned", 1L);

            app.save("name = two");
            app.assertCurrent("two", 2);
        }
    }

    @Test
    void partThatCantChange_changed_isNotApplied() {
        try (Driven app =
                Driven.in(dir, builder -> builder.immutableAcrossReload("port", AppConfig::port))) {
            app.save("name = two\nport = 9090");

            app.assertCurrent("one", 1);
            assertThat(app.config.status().restartRequired()).containsExactly("port");
            assertThat(app.config.status().isRejected()).isFalse();
            assertThat(app.config.health().reasons().getFirst().code())
                    .isEqualTo("CONFIG-RESTART-REQUIRED");

            app.save("name = two");

            app.assertCurrent("two", 2);
            assertThat(app.config.status().restartRequired()).isEmpty();
        }
    }

    @Test
    void reload_ofUnchangedFiles_isUnchanged() {
        try (Driven app = Driven.in(dir)) {
            assertThat(app.config.reload()).isEqualTo(new ReloadResult.Unchanged(1));
        }
    }

    @Test
    void reload_ofAFileThatIsBeingWritten_waitsForIt() {
        try (Driven app = Driven.in(dir)) {
            app.write("name = two");
            CompletableFuture<ReloadResult> result = app.config.reloadAsync();
            app.pass(Driven.SOON);

            assertThat(result)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(new ReloadResult.Applied(2, List.of()));
        }
    }

    @Test
    void reload_ofAFileThatNeverRests_saysSo() throws IOException {
        try (Driven app = Driven.in(dir)) {
            CompletableFuture<ReloadResult> result = null;
            for (int i = 0; i < 20; i++) {
                Files.writeString(app.file, "name = x" + i);
                app.pass(Duration.ofMillis(50));
                result = result == null ? app.config.reloadAsync() : result;
            }

            assertThat(result)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(new ReloadResult.Unsettled(List.of("file " + app.file)));
        }
    }

    @Test
    void explain_ofSeveralLayers_namesOrigins() throws IOException {
        Files.writeString(dir.resolve("app.properties"), "name = one\npool.maxSize = 3");
        try (Driven app =
                Driven.in(dir, builder -> builder.arguments("--", "--pool.max-size=5", "other"))) {
            assertThat(app.config.explain())
                    .contains("name = one (file " + app.file + ":1:")
                    .contains("pool.maxSize = 5 (argument --pool.max-size)");
        }
    }
}
