package io.patinox.config.formats.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.config.ConfigBinder;
import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigSource;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Both ways between Spring's environment and the sources of a live configuration.
class SpringBridgeExamples {

    // @start region="from"
    /// What a Spring environment knows below a prefix, with its placeholders resolved.
    record SpringSource(ConfigurableEnvironment environment, String prefix)
            implements ConfigSource {

        @Override
        public String name() {
            return "spring " + prefix;
        }

        @Override
        public ConfigNode.Table read() throws Exception {
            Map<String, Object> values = new HashMap<>();
            for (PropertySource<?> source : environment.getPropertySources()) {
                if (source instanceof EnumerablePropertySource<?> listed) {
                    for (String name : listed.getPropertyNames()) {
                        if (name.startsWith(prefix)) {
                            String path = name.substring(prefix.length());
                            values.put(path, environment.getProperty(name));
                        }
                    }
                }
            }
            return ConfigSource.of(name(), values).read();
        }
    }

    // @end

    // @start region="to"
    /// A source of ours as one of Spring's: the tree as it was when this was called.
    static PropertySource<?> exported(ConfigSource source) throws Exception {
        byte[] flat = ConfigFormat.properties().write(source.read());
        Properties values = new Properties();
        values.load(new StringReader(new String(flat, StandardCharsets.UTF_8)));
        return new PropertiesPropertySource(source.name(), values);
    }

    // @end

    record App(String name, List<Integer> ports) {}

    @Test
    void values_ofSpring_areBound() throws Exception {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "test",
                                Map.of("app.name", "${base}-1", "app.ports[0]", 80, "base", "x")));

        ConfigSource source = new SpringSource(environment, "app.");

        assertThat(ConfigBinder.builder(App.class).build().bind(source.read()).value())
                .isEqualTo(new App("x-1", List.of(80)));
    }

    @Test
    void values_ofOurs_areReadBySpring() throws Exception {
        byte[] toml = "app.name = 'shop'\napp.ports = [80, 443]".getBytes(StandardCharsets.UTF_8);
        ConfigNode.Table tree = ConfigFormat.forFileName("a.toml").parse(toml, "file a.toml");
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(exported(new MicroProfileBridgeExamples.FixedSource("ours", tree)));

        assertThat(environment.getProperty("app.name")).isEqualTo("shop");
        assertThat(environment.getProperty("app.ports[1]", Integer.class)).isEqualTo(443);
    }
}
