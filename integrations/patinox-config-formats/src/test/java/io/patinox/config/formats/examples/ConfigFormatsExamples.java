package io.patinox.config.formats.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.config.formats.JakartaValidation;
import io.patinox.memory.config.ConfigBinder;
import io.patinox.memory.config.ConfigBinding;
import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.Default;
import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.config.Secret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFormatsExamples {

    // @start region="validation"
    record Pool(@Default("10") @Min(1) @Max(500) int maxSize) {}

    record Shop(@Valid Pool pool, Secret<@Size(min = 8) String> password) {}

    // @end

    @TempDir Path folder;

    @Test
    void problems_ofAFile_areToldTogether() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), "pool:\n  max-sise: 20\n");
        // @start region="read"
        ConfigFormat format = ConfigFormat.forFileName(file.toString());
        ConfigNode.Table tree = format.parse(Files.readAllBytes(file), "file shop.yaml");
        ConfigBinding<Shop> binding = ConfigBinder.builder(Shop.class).build().bind(tree);
        binding.problems().forEach(System.out::println);
        // @end

        assertThat(binding.problems())
                .hasToString(
                        "[pool.max-sise: is not known; did you mean maxSize? (file"
                                + " shop.yaml:2:13), password: is missing, and has no default"
                                + " (file shop.yaml:1:1)]");
    }

    @Test
    void annotations_ofJakarta_areHonoured() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), "password: long enough\n");
        // @start region="live"
        LiveConfig<Shop> config =
                LiveConfig.builder(Shop.class)
                        .file(file)
                        .validator(JakartaValidation.standard())
                        .build();
        // @end
        try (config) {
            assertThat(config.current().pool().maxSize()).isEqualTo(10);
        }
    }
}
