package io.patinox.benchmarks.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.patinox.memory.config.LiveConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.builder.fluent.Configurations;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.source.FileConfigSourceBuilder;

/// Those whose typed reads are measured, each set up as its documentation does it first, with the
/// same file.
final class ReadPeers {

    private ReadPeers() {}

    /// Returns the file that all read.
    static Path file() {
        try {
            Path file = Files.createTempFile("patinox-bench", ".properties");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "port=8080\nhost=localhost\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ours, with every option at its default.
    static LiveConfig<ServerSettings> patinox(Path file) {
        return LiveConfig.builder(ServerSettings.class)
                .lookup(MethodHandles.lookup())
                .file(file)
                .build();
    }

    /// SmallRye Config with its default interceptors.
    static SmallRyeConfig smallRye(Path file) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .withSources(new PropertiesConfigSource(file.toUri().toURL()))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gestalt with its cache, as it is by default.
    static Gestalt gestalt(Path file) {
        try {
            Gestalt gestalt =
                    new GestaltBuilder()
                            .addSource(
                                    FileConfigSourceBuilder.builder()
                                            .setFile(file.toFile())
                                            .build())
                            .build();
            gestalt.loadConfigs();
            return gestalt;
        } catch (GestaltException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Typesafe Config, resolved.
    static Config typesafe(Path file) {
        return ConfigFactory.load(ConfigFactory.parseFile(file.toFile()));
    }

    /// Commons Configuration.
    static Configuration commons(Path file) {
        try {
            return new Configurations().properties(file.toFile());
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
