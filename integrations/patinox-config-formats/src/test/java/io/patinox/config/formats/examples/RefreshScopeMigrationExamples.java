package io.patinox.config.formats.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.config.LiveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/// From Spring's refresh scope: what stood in the program before, and what stands there now.
class RefreshScopeMigrationExamples {

    @TempDir Path folder;

    // @start region="before"
    @Component
    @RefreshScope
    public static class Limits {
        @Value("${limits.upload}")
        private int upload;

        public int upload() {
            return upload;
        }
    }

    // @end

    // @start region="record"
    public record Settings(UploadLimits limits) {}

    public record UploadLimits(int upload) {
        public UploadLimits {
            if (upload < 1) {
                throw new IllegalArgumentException("upload must be at least 1");
            }
        }
    }

    // @end

    @Test
    void refresh_withABadValue_leavesNoBean() {
        Map<String, Object> values = new HashMap<>(Map.of("limits.upload", 5));
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", values));
            context.registerBean(
                    org.springframework.cloud.context.scope.refresh.RefreshScope.class);
            context.register(Limits.class);
            context.refresh();
            Limits limits = context.getBean(Limits.class);
            assertThat(limits.upload()).isEqualTo(5);

            values.put("limits.upload", "many");
            context.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class)
                    .refreshAll();

            assertThatExceptionOfType(BeanCreationException.class).isThrownBy(limits::upload);
        }
    }

    @Test
    void reload_ofABadValue_keepsTheGoodOne() throws IOException {
        Path file = Files.writeString(folder.resolve("app.yaml"), "limits:\n  upload: 5\n");
        // @start region="after"
        LiveConfig<Settings> config = LiveConfig.builder(Settings.class).file(file).build();
        int upload = config.current().limits().upload();
        // @end
        try (config) {
            assertThat(upload).isEqualTo(5);
            Files.writeString(file, "limits:\n  upload: many\n");
            await().until(() -> config.status().isRejected());
            assertThat(config.current().limits().upload()).isEqualTo(5);
            Files.writeString(file, "limits:\n  upload: 6\n");
            await().until(() -> config.current().limits().upload() == 6);
            assertThat(config.status().isRejected()).isFalse();
        }
    }

    // @start region="bean"
    static class SettingsBeans {
        @Bean(destroyMethod = "close")
        LiveConfig<Settings> settings(@Value("${settings.file}") Path file) {
            return LiveConfig.builder(Settings.class).file(file).build();
        }
    }

    // @end

    @Test
    void config_asABean_isClosedWithTheContext() throws IOException {
        Path file = Files.writeString(folder.resolve("app.yaml"), "limits: {upload: 5}\n");
        LiveConfig<?> config;
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource(
                                    "test", Map.of("settings.file", file.toString())));
            context.register(SettingsBeans.class);
            context.refresh();
            config = context.getBean(LiveConfig.class);
            assertThat(config.current()).isEqualTo(new Settings(new UploadLimits(5)));
        }
        assertThat(config.isClosed()).isTrue();
    }
}
