package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.config.AppConfig.PoolConfig;
import io.patinox.memory.error.ConfigRejectedException;
import io.patinox.memory.error.ConfigSyntaxException;
import io.patinox.memory.error.InvalidOptionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourcesTest {
    @TempDir Path dir;

    @Test
    void layers_ofAllKinds_winByRank() throws IOException {
        Files.writeString(dir.resolve("app.properties"), "name = file\npool.maxSize = 1");
        Path folder = Files.createDirectory(dir.resolve("folder"));
        String property = "sourcestest." + System.nanoTime() + ".";
        ConfigSource variables =
                FlatSource.environment(
                        "APP_", () -> Map.of("APP_NAME", "env", "APP_POOL_MAX_SIZE", "4", "X", ""));
        UnaryOperator<LiveConfigBuilder<AppConfig>> all =
                builder ->
                        builder.overrides(Map.of())
                                .arguments("--", "--", "--name=ignored")
                                .systemProperties(property)
                                .source(variables, 500)
                                .source(ConfigSource.of("low", Map.of("name", "low")), 50)
                                .directory(folder)
                                .profiles("a", "b");
        try (Driven app = Driven.in(dir, all)) {
            assertThat(app.config.current()).isEqualTo(AppConfig.of("env", 4));
            System.setProperty(property + "name", "system");
            try {
                app.config.reload();
                assertThat(app.config.current().name()).isEqualTo("system");
                assertThat(app.config.explain()).contains("(system property " + property + "name)");
            } finally {
                System.clearProperty(property + "name");
            }
            app.config.override(Map.of("name", "override"));
            assertThat(app.config.current().name()).isEqualTo("override");
        }
        try (Driven app = Driven.in(dir, builder -> builder.directory(folder).profiles("a", "b"))) {
            assertThat(app.config.current()).isEqualTo(AppConfig.of("file", 1));
            Files.writeString(dir.resolve("app-b.properties"), "name = b");
            Files.writeString(dir.resolve("app-a.properties"), "name = a\npool.maxSize = 2");
            app.pass(Driven.SOON);
            assertThat(app.config.current()).isEqualTo(AppConfig.of("b", 2));
            Files.writeString(folder.resolve("name"), "folder\n");
            app.pass(Driven.SOON);
            assertThat(app.config.current()).isEqualTo(AppConfig.of("folder", 2));
        }
    }

    @Test
    void arguments_ofACommandLine_stopAtTwoDashes() throws Exception {
        ConfigSource source =
                ConfigSource.arguments("--", "--name=x=y", "serve", "--verbose", "--", "--name=z");

        ConfigNode.Table table = source.read();

        assertThat(table.at("name"))
                .isEqualTo(new ConfigNode.Scalar("x=y", Origin.of("argument --name")));
        assertThat(table.at("verbose"))
                .isEqualTo(new ConfigNode.Scalar("true", Origin.of("argument --verbose")));
        assertThat(source.name()).isEqualTo("arguments");
    }

    @Test
    void values_ofEveryKind_keepTheirKindOrBecomeText() throws Exception {
        Map<String, Object> values =
                Map.of(
                        "boolean",
                        true,
                        "int",
                        1,
                        "short",
                        (short) 1,
                        "byte",
                        (byte) 1,
                        "long",
                        1L,
                        "double",
                        1.5,
                        "big",
                        BigInteger.ONE,
                        "decimal",
                        BigDecimal.ONE,
                        "other",
                        Duration.ofSeconds(1));

        ConfigNode.Table table = ConfigSource.of("values", values).read();

        assertThat(table.entries().keySet()).containsExactlyInAnyOrderElementsOf(values.keySet());
        assertThat(((ConfigNode.Scalar) table.at("int")).value()).isEqualTo(1L);
        assertThat(((ConfigNode.Scalar) table.at("other")).value()).isEqualTo("PT1S");
    }

    @Test
    void keys_thatMakeNoTree_areRefused() {
        assertThatThrownBy(() -> ConfigSource.of("x", Map.of("a", 1, "a.b", 2)))
                .isInstanceOf(ConfigSyntaxException.class);
        assertThatThrownBy(() ->
                        Driven.in(dir, builder -> builder.arguments("--", "--name=a", "--name=b")))
                .isInstanceOf(ConfigRejectedException.class)
                .hasMessageContaining("given before");
    }

    @Test
    void environment_ofTheProcess_isRead() throws Exception {
        assertThat(ConfigSource.environment("NO_SUCH_PREFIX_").read().entries()).isEmpty();
        assertThat(ConfigSource.environment("NO_SUCH_PREFIX_")).hasToString("env NO_SUCH_PREFIX_*");
    }

    @Test
    void source_returningNull_isRejected() {
        ConfigSource source =
                new ConfigSource() {
                    @Override
                    public String name() {
                        return "nothing";
                    }

                    @Override
                    public ConfigNode.Table read() {
                        return null;
                    }
                };

        assertThatThrownBy(() -> Driven.in(dir, builder -> builder.source(source)))
                .isInstanceOf(ConfigRejectedException.class)
                .hasMessageContaining("NullPointerException (nothing)");
    }

    record Secretive(Secret<String> password, String user) {}

    @Test
    void secrets_inExplanations_areMasked() {
        try (LiveConfig<Secretive> config =
                LiveConfig.builder(Secretive.class)
                        .driven()
                        .secretPaths("user")
                        .lookup(java.lang.invoke.MethodHandles.lookup())
                        .overrides(Map.of("password", "hunter2", "user", "me"))
                        .build()) {
            assertThat(config.explain()).contains("password = ***", "user = ***");
            assertThat(config.current().toString()).doesNotContain("hunter2");
        }
    }

    record NoRecordInside(PoolConfig pool, Thread thread) {}

    @Test
    void type_thatCantBeBound_failsTheBuildWithTheReason() {
        assertThatThrownBy(() ->
                        LiveConfig.builder(NoRecordInside.class)
                                .driven()
                                .lookup(java.lang.invoke.MethodHandles.lookup())
                                .overrides(Map.of("thread", "x"))
                                .build())
                .hasMessageContaining("Thread");
    }

    static List<UnaryOperator<LiveConfigBuilder<AppConfig>>> wrong() {
        return List.of(
                b -> b.name("a b"),
                b -> b.history(0),
                b -> b.maxFileBytes(0),
                b -> b.settle(Duration.ZERO),
                b -> b.gone(Duration.ZERO),
                b -> b.maxWait(Duration.ofMillis(-1)),
                b -> b.minInterval(Duration.ofDays(1)),
                b -> b.pollInterval(Duration.ZERO),
                b -> b.callTimeout(Duration.ZERO),
                b -> b.timeout(Duration.ZERO),
                b -> b.closeTimeout(Duration.ofMillis(-1)),
                b -> b.monitor(null),
                b -> b.ticker(null),
                b -> b.registry(null),
                b -> b.migrations(null),
                b -> b.unknownKeys(null),
                b -> b.lookup(null),
                b -> b.validator(null),
                b -> b.validate(null),
                b -> b.immutableAcrossReload(" ", AppConfig::port),
                b -> b.immutableAcrossReload("port", null),
                b -> b.secretPaths(" "),
                b -> b.file(Path.of("/")),
                b -> b.file(Path.of("app.unknown")),
                b -> b.optionalFile(null),
                b -> b.directory(null),
                b -> b.profiles("a/b"),
                b -> b.environment(""),
                b -> b.systemProperties(""),
                b -> b.arguments(""),
                b -> b.source(null),
                b -> b.source(ConfigSource.of("x", Map.of()), 800),
                b -> b.format(null));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void option_outOfRange_isRefusedByName(UnaryOperator<LiveConfigBuilder<AppConfig>> wrong) {
        LiveConfigBuilder<AppConfig> builder = LiveConfig.builder(AppConfig.class).driven();

        assertThatThrownBy(() -> wrong.apply(builder).build())
                .isInstanceOf(InvalidOptionException.class);
    }
}
