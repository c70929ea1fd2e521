package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.config.ByteSize;
import io.patinox.memory.config.ConfigBinder;
import io.patinox.memory.config.ConfigBinding;
import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.Default;
import io.patinox.memory.config.Migrations;
import io.patinox.memory.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigFormatExamples {

    // @start region="record"
    record App(
            String name,
            @Default("8080") int port,
            @Default("30s") Duration timeout,
            @Default("64MiB") ByteSize buffer,
            List<String> hosts,
            Optional<URI> proxy,
            Database db,
            Storage storage) {}

    record Database(@Default("jdbc:h2:mem:app") String url, Optional<Secret<String>> password) {}

    sealed interface Storage {}

    record Disk(java.nio.file.Path folder) implements Storage {}

    record Bucket(URI endpoint, @Default("eu") String region) implements Storage {}

    // @end

    private static final String TEXT =
            """
            name = shop
            hosts = a, b
            db.password = hunter2
            storage.type = disk
            storage.folder = /var/shop
            """;

    @Test
    void record_ofProperties_isBound() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        // @start region="bind"
        ConfigNode.Table tree = ConfigFormat.properties().parse(bytes, "file app.properties");
        ConfigBinding<App> binding = ConfigBinder.builder(App.class).build().bind(tree);
        App app = binding.value();
        // @end

        assertThat(app.hosts()).containsExactly("a", "b");
        assertThat(app.storage()).isEqualTo(new Disk(java.nio.file.Path.of("/var/shop")));
        assertThat(binding.explain())
                .contains("port = 8080 (default of App.port)\n")
                .contains("timeout = 30 s (default of App.timeout)\n")
                .contains("db.password = *** (file app.properties:3:1)\n")
                .doesNotContain("hunter2");
    }

    @Test
    void steps_inOrder_leadToThePresent() {
        // @start region="migrations"
        Migrations migrations =
                Migrations.from(1)
                        .step(1, tree -> tree.moved("database", "db"))
                        .step(2, tree -> tree.without("obsolete").with("db.pool", 10L))
                        .build();
        // @end

        byte[] old = "database.url = u\nobsolete = 1\n".getBytes(StandardCharsets.UTF_8);
        ConfigNode.Table tree = migrations.migrate(ConfigFormat.properties().parse(old, "old"));

        assertThat(tree.entries()).containsOnlyKeys("db", "schemaVersion");
        assertThat(migrations.versionOf(tree)).isEqualTo(migrations.latest()).isEqualTo(3);
    }
}
