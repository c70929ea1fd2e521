package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigParticipant;
import io.patinox.memory.config.ConfigRollout;
import io.patinox.memory.config.ConfigSelection;
import io.patinox.memory.config.ConfigSnapshot;
import io.patinox.memory.config.ConfigSource;
import io.patinox.memory.config.ConfigStatus;
import io.patinox.memory.config.Default;
import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.config.LiveConfigBuilder;
import io.patinox.memory.config.Origin;
import io.patinox.memory.config.ReloadResult;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.share.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documentation of the configuration shows.
public class ConfigExamples {

    // @start region="record"
    /// The settings of a service.
    public record AppConfig(
            String greeting,
            @Default("8080") int port,
            PoolConfig pool,
            @Default("2s") Duration patience) {

        /// The settings of its pool.
        public record PoolConfig(@Default("10") int maxSize, @Default("0") int minSize) {}
    }

    // @end

    @TempDir Path dir;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(dir.resolve("app.properties"), "greeting = hello\n");
    }

    /// Believes a file sooner than a service should.
    private LiveConfigBuilder<AppConfig> quick() {
        return LiveConfig.builder(AppConfig.class).file(file).settle(Duration.ofMillis(20));
    }

    @Test
    void config_started_isReadEachTime() throws IOException {
        // @start region="start"
        LiveConfig<AppConfig> config = LiveConfig.builder(AppConfig.class).file(file).build();

        AppConfig now = config.current();
        String answer = now.greeting() + " on port " + now.port();
        // @end
        assertThat(answer).isEqualTo("hello on port 8080");

        Files.writeString(file, "greeting = good morning\n");
        await().until(() -> config.current().greeting().equals("good morning"));
        config.close();
    }

    @Test
    void config_withEveryLayer_isBuilt() {
        String[] arguments = {"--pool.max-size=25"};
        // @start region="build"
        LiveConfig<AppConfig> config =
                LiveConfig.builder(AppConfig.class)
                        .name("shop")
                        .file(file)
                        .profiles("prod") // app-prod.properties, if it is there
                        .environment("SHOP_") // SHOP_POOL_MAX_SIZE is pool.maxSize
                        .systemProperties("shop.")
                        .arguments("--", arguments)
                        .validate((value, problems) ->
                                problems.check(
                                        value.pool().minSize() <= value.pool().maxSize(),
                                        "pool.minSize",
                                        "must be at most pool.maxSize"))
                        .immutableAcrossReload("port", AppConfig::port)
                        .monitor(Monitor.logging())
                        .build();
        // @end
        assertThat(config.current().pool().maxSize()).isEqualTo(25);
        config.close();
    }

    @Test
    void file_thatIsWrong_isToldAndChangesNothing() throws IOException {
        try (LiveConfig<AppConfig> config = quick().build()) {
            Files.writeString(file, "greeting = hello\nport = many\n");
            await().until(() -> config.status().isRejected());
            List<String> lines = new ArrayList<>();
            // @start region="status"
            ConfigStatus status = config.status();
            if (status.isRejected()) {
                status.problems().forEach(problem -> lines.add(problem.toString()));
            }
            // @end
            assertThat(lines).singleElement().asString().contains("port", "app.properties:2");
            assertThat(config.current().port()).isEqualTo(8080);
        }
    }

    /// Stands for a pool.
    static final class Workers {
        private final AtomicInteger size = new AtomicInteger();

        void reconfigure(AppConfig.PoolConfig pool) {
            size.set(pool.maxSize());
        }
    }

    @Test
    void part_bound_isReconfigured() throws IOException {
        Workers workers = new Workers();
        try (LiveConfig<AppConfig> config = quick().build()) {
            // @start region="bind"
            ConfigSelection<AppConfig, AppConfig.PoolConfig> pool = config.select(AppConfig::pool);
            Subscription binding = pool.bind(workers::reconfigure); // now, and when it changes
            // @end
            assertThat(workers.size).hasValue(10);
            Files.writeString(file, "greeting = hello\npool.max-size = 30\n");
            await().until(() -> workers.size.get() == 30);
            binding.close();
        }
    }

    @Test
    void participant_agreeing_commits() throws IOException {
        AtomicInteger connections = new AtomicInteger(10);
        try (LiveConfig<AppConfig> config = quick().build()) {
            // @start region="participant"
            config.participate((old, next) -> {
                if (next.pool().maxSize() > 100) {
                    throw new IllegalArgumentException("the database allows 100");
                }
                return () -> connections.set(next.pool().maxSize()); // the commit
            });
            // @end
            ReloadResult result = config.override(Map.of("pool.maxSize", 101));
            assertThat(result).isInstanceOf(ReloadResult.Rejected.class);
            assertThat(connections).hasValue(10);

            assertThat(config.override(Map.of("pool.maxSize", 50)).isGood()).isTrue();
            assertThat(connections).hasValue(50);
            ConfigParticipant<AppConfig> undoing =
                    (old, next) ->
                            new ConfigParticipant.Prepared() {
                                @Override
                                public void commit() {}

                                @Override
                                public void rollback() {
                                    connections.set(0);
                                }
                            };
            config.participate(undoing).close();
        }
    }

    @Test
    void version_kept_isBroughtBack() {
        try (LiveConfig<AppConfig> config = quick().build()) {
            // @start region="rollback"
            config.override(Map.of("greeting", "ahoy"));

            ConfigSnapshot<AppConfig> before = config.history().get(1);
            ReloadResult result = config.rollback(before.version());
            // @end
            assertThat(result).isEqualTo(new ReloadResult.Applied(3, List.of()));
            assertThat(config.current().greeting()).isEqualTo("hello");
        }
    }

    @Test
    void request_pinned_seesOneVersion() {
        List<String> said = new ArrayList<>();
        try (LiveConfig<AppConfig> config = quick().build()) {
            // @start region="pin"
            config.runPinned(() -> {
                said.add(config.pinned().value().greeting());
                config.override(Map.of("greeting", "ahoy")); // meanwhile
                said.add(config.pinned().value().greeting());
            });
            // @end
            assertThat(said).containsExactly("hello", "hello");
            assertThat(config.current().greeting()).isEqualTo("ahoy");
        }
    }

    @Test
    void rollout_inSteps_isPromoted() {
        Health health = Health.up();
        try (LiveConfig<AppConfig> config = quick().build()) {
            AppConfig old = config.current();
            // @start region="rollout"
            AppConfig candidate = new AppConfig("ahoy", old.port(), old.pool(), old.patience());
            ConfigRollout<AppConfig> rollout =
                    config.rollout(candidate)
                            .salt("ahoy-2026-01")
                            .step(5, Duration.ofMinutes(10))
                            .step(50, Duration.ofMinutes(10))
                            .abortUnless(() -> health.status() != Health.Status.DOWN)
                            .start();

            String greeting = config.current("customer-17").greeting();
            // @end
            assertThat(greeting).isEqualTo(rollout.includes("customer-17") ? "ahoy" : "hello");
            assertThat(rollout.promote().isGood()).isTrue();
            assertThat(config.current().greeting()).isEqualTo("ahoy");
        }
    }

    @Test
    void source_ofOnesOwn_isRead() {
        Map<String, String> remote = Map.of("greeting", "from afar");
        // @start region="source"
        ConfigSource source =
                new ConfigSource() {
                    @Override
                    public String name() {
                        return "remote";
                    }

                    @Override
                    public ConfigNode.Table read() {
                        ConfigNode.Table tree = ConfigNode.Table.empty(Origin.of("remote"));
                        for (var entry : remote.entrySet()) {
                            tree = tree.with(entry.getKey(), (Object) entry.getValue());
                        }
                        return tree;
                    }
                };
        // @end
        try (LiveConfig<AppConfig> config = quick().source(source).build()) {
            assertThat(config.current().greeting()).isEqualTo("from afar");
        }
    }

    @Test
    void explanation_ofAConfiguration_namesOrigins() {
        try (LiveConfig<AppConfig> config = quick().arguments("--", "--port=9090").build()) {
            // @start region="explain"
            String explanation = config.explain();
            // greeting = hello (file /etc/shop/app.properties:1:1)
            // port = 9090 (argument --port)
            // @end
            assertThat(explanation)
                    .contains("greeting = hello (file ", "port = 9090 (argument --port)");
        }
    }
}
