package io.patinox.config.formats.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Default;
import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.config.Origin;
import io.patinox.memory.error.ConfigSyntaxException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From Typesafe Config: what stood in the program before, what stands there now, and how HOCON
/// files stay.
class TypesafeMigrationExamples {

    @TempDir Path folder;

    private static final String HOCON =
            """
            base = /shop
            server {
              port = 8080
              timeout = 30s
              path = ${base}/api
              hosts = [a, b]
            }
            """;

    // @start region="record"
    record App(Server server, @Default("/") String base) {}

    record Server(int port, @Default("30s") Duration timeout, String path, List<String> hosts) {}

    // @end

    @Test
    void values_bothWays_areTheSame() throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), HOCON);

        // @start region="before"
        Config typesafe = ConfigFactory.parseFile(file.toFile()).resolve();
        int port = typesafe.getInt("server.port");
        Duration timeout = typesafe.getDuration("server.timeout");
        // @end

        // @start region="after"
        LiveConfig<App> config =
                LiveConfig.builder(App.class).format(new HoconFormat()).file(file).build();
        Server server = config.current().server();
        // @end

        try (config) {
            assertThat(server).isEqualTo(new Server(port, timeout, "/shop/api", List.of("a", "b")));
            Files.writeString(file, HOCON.replace("8080", "8081"));
            await().until(() -> config.current().server().port() == 8081);
            Files.writeString(file, "server { port = ");
            await().until(() -> config.status().isRejected());
            assertThat(config.status().problems().getFirst().origin().line()).isEqualTo(1);
        }
    }

    // @start region="hocon"
    /// HOCON, read by Typesafe Config, with its substitutions resolved.
    static final class HoconFormat implements ConfigFormat {

        @Override
        public String name() {
            return "hocon";
        }

        @Override
        public Set<String> extensions() {
            return Set.of("conf", "hocon");
        }

        @Override
        public Table parse(byte[] content, String source) throws ConfigSyntaxException {
            String text = ConfigFormat.text(content, source);
            try {
                ConfigObject root = ConfigFactory.parseString(text).resolve().root();
                return (Table) node(root, source);
            } catch (ConfigException e) {
                // its message shows the text around
                int line = e.origin() == null ? 0 : Math.max(0, e.origin().lineNumber());
                throw new ConfigSyntaxException(source, line, 0, "is not valid HOCON here");
            }
        }

        private static ConfigNode node(ConfigValue value, String source) {
            ConfigOrigin place = value.origin();
            Origin origin = new Origin(source, Math.max(0, place.lineNumber()), 0);
            return switch (value) {
                case ConfigObject object -> {
                    Map<String, ConfigNode> entries = new LinkedHashMap<>();
                    object.forEach((name, inner) -> entries.put(name, node(inner, source)));
                    yield new Table(entries, origin);
                }
                case ConfigList list ->
                        new Sequence(list.stream().map(i -> node(i, source)).toList(), origin);
                default ->
                        new Scalar(
                                value.unwrapped() instanceof Double real
                                        ? BigDecimal.valueOf(real)
                                        : value.unwrapped(),
                                origin);
            };
        }
    }
    // @end
}
