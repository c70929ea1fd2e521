package io.patinox.config.formats.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.config.ConfigBinder;
import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/// Both ways between MicroProfile Config, here SmallRye, and the sources of a live configuration.
class MicroProfileBridgeExamples {

    // @start region="from"
    /// What MicroProfile Config knows below a prefix, read anew at each load.
    record MicroProfileSource(Config config, String prefix) implements ConfigSource {

        @Override
        public String name() {
            return "microprofile " + prefix;
        }

        @Override
        public ConfigNode.Table read() throws Exception {
            Map<String, Object> values = new HashMap<>();
            for (String name : config.getPropertyNames()) {
                if (name.startsWith(prefix)) {
                    config.getOptionalValue(name, String.class)
                            .ifPresent(value -> values.put(name.substring(prefix.length()), value));
                }
            }
            return ConfigSource.of(name(), values).read();
        }
    }

    // @end

    // @start region="to"
    /// A source of ours as one of MicroProfile's: the tree as it was when this was made.
    static final class ExportedSource implements org.eclipse.microprofile.config.spi.ConfigSource {
        private final String name;
        private final Properties values = new Properties();

        ExportedSource(ConfigSource source) throws Exception {
            this.name = source.name();
            byte[] flat = ConfigFormat.properties().write(source.read());
            values.load(new StringReader(new String(flat, StandardCharsets.UTF_8)));
        }

        @Override
        public Set<String> getPropertyNames() {
            return values.stringPropertyNames();
        }

        @Override
        public String getValue(String property) {
            return values.getProperty(property);
        }

        @Override
        public String getName() {
            return name;
        }
    }

    // @end

    record App(String name, List<Integer> ports, Db db) {}

    record Db(String url, int maxSize) {}

    private static final Map<String, String> VALUES =
            Map.of(
                    "app.name", "shop",
                    "app.ports[0]", "80",
                    "app.ports[1]", "443",
                    "app.db.url", "${base}/shop",
                    "app.db.max-size", "5",
                    "base", "jdbc:x");

    @Test
    void values_ofSmallRye_areBound() throws Exception {
        Config smallRye =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(VALUES, "test", 100))
                        .build();

        ConfigSource source = new MicroProfileSource(smallRye, "app.");

        assertThat(ConfigBinder.builder(App.class).build().bind(source.read()).value())
                .isEqualTo(new App("shop", List.of(80, 443), new Db("jdbc:x/shop", 5)));
    }

    @Test
    void values_ofOurs_areReadBySmallRye() throws Exception {
        byte[] yaml = "app: {name: shop, ports: [80, 443]}".getBytes(StandardCharsets.UTF_8);
        ConfigNode.Table tree = ConfigFormat.forFileName("a.yaml").parse(yaml, "file a.yaml");
        var smallRye =
                new SmallRyeConfigBuilder()
                        .withSources(new ExportedSource(new FixedSource("ours", tree)))
                        .build();

        assertThat(smallRye.getValue("app.name", String.class)).isEqualTo("shop");
        assertThat(smallRye.getValues("app.ports", Integer.class)).containsExactly(80, 443);
        assertThat(smallRye.getConfigValue("app.name").getSourceName()).isEqualTo("ours");
    }

    record FixedSource(String name, ConfigNode.Table read) implements ConfigSource {}
}
