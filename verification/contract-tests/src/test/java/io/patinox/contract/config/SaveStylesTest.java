package io.patinox.contract.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.config.ConfigSnapshot;
import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.config.LiveConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever saves how they like: every content that rests becomes current, and no other.
class SaveStylesTest {
    @TempDir Path dir;

    private static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30));
    }

    private static LiveConfigBuilder<Settings> quick() {
        return LiveConfig.builder(Settings.class)
                .settle(Duration.ofMillis(60))
                .pollInterval(Duration.ofMillis(40));
    }

    private static List<Settings> seen(LiveConfig<Settings> config) {
        List<Settings> seen = new CopyOnWriteArrayList<>();
        config.watch().subscribe(next -> seen.add(next.value()));
        return seen;
    }

    @ParameterizedTest
    @EnumSource
    void file_savedInAnyStyle_becomesCurrentAndIsNeverTorn(SaveStyle style) throws IOException {
        Path file = Files.writeString(dir.resolve("app.properties"), Settings.text(1));
        try (LiveConfig<Settings> config = quick().file(file).build()) {
            List<Settings> seen = seen(config);
            for (int i = 2; i < 4; i++) {
                int number = i;
                style.save(file, Settings.text(number));
                await().until(() -> config.current().first() == number);
            }
            assertThat(seen).allMatch(Settings::isWhole);
            assertThat(config.status().isRejected()).isFalse();
            assertThat(config.history())
                    .extracting(ConfigSnapshot::version)
                    .containsExactly(3L, 2L, 1L);
        }
    }

    @Test
    void mount_swappedAsKubernetesDoes_becomesCurrent() throws IOException {
        Path mount = Files.createDirectory(dir.resolve("mount"));
        publish(mount, "..2026_1", 1);
        Files.createSymbolicLink(mount.resolve("app.properties"), Path.of("..data/app.properties"));
        Path link =
                Files.createSymbolicLink(
                        dir.resolve("app.properties"), mount.resolve("app.properties"));
        try (LiveConfig<Settings> config = quick().file(link).build()) {
            List<Settings> seen = seen(config);
            for (int i = 2; i < 4; i++) {
                int number = i;
                publish(mount, "..2026_" + number, number);
                Path old = mount.resolve("..2026_" + (number - 1));
                Files.delete(old.resolve("app.properties"));
                Files.delete(old);
                await().until(() -> config.current().first() == number);
            }
            assertThat(seen).allMatch(Settings::isWhole);
            assertThat(config.status().version()).isEqualTo(3);
        }
    }

    /// Writes a folder beside the others, and swings the link over to it.
    private static void publish(Path mount, String name, int number) throws IOException {
        Path dated = Files.createDirectory(mount.resolve(name));
        Files.writeString(dated.resolve("app.properties"), Settings.text(number));
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(name));
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void folder_deletedAndRecreated_isFollowed() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("conf"));
        Path file = Files.writeString(folder.resolve("app.properties"), Settings.text(1));
        try (LiveConfig<Settings> config = quick().file(file).build()) {
            for (int i = 2; i < 4; i++) {
                int number = i;
                Files.delete(file);
                Files.delete(folder);
                Files.createDirectory(folder);
                Files.writeString(file, Settings.text(number));
                await().until(() -> config.current().first() == number);
            }
        }
    }

    @Test
    void secrets_inAFolderOfFiles_areFollowed() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("secrets"));
        Path file = Files.writeString(dir.resolve("app.properties"), Settings.text(1));
        Files.writeString(folder.resolve("first"), "7\n");
        Files.writeString(folder.resolve("last"), "7");
        try (LiveConfig<Settings> config = quick().file(file).directory(folder).build()) {
            assertThat(config.current().first()).isEqualTo(7);

            Files.writeString(folder.resolve("first"), "8");
            await().until(() -> config.current().first() == 8);
            Files.delete(folder.resolve("first"));
            await().until(() -> config.current().first() == 1);
            assertThat(config.current().last()).isEqualTo(7);
        }
    }

    @Test
    void overlay_comingAndGoing_isFollowed() throws IOException {
        Path file = Files.writeString(dir.resolve("app.properties"), Settings.text(1));
        Path overlay = dir.resolve("app-prod.properties");
        try (LiveConfig<Settings> config =
                quick().gone(Duration.ofMillis(200)).file(file).profiles("prod").build()) {
            Files.writeString(overlay, "last = 9");
            await().until(() -> config.current().last() == 9);
            Files.delete(overlay);
            await().until(() -> config.current().last() == 1);
        }
    }

    @Test
    void badContent_ofAllKinds_neverReplacesAGoodOne() throws IOException {
        Path file = Files.writeString(dir.resolve("app.properties"), Settings.text(1));
        List<byte[]> contents =
                List.of(
                        new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1},
                        new byte[10_000],
                        "a".repeat(70_000).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        ("a" + ".a".repeat(10_000) + "=1")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "first = one".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (LiveConfig<Settings> config =
                quick().gone(Duration.ofMillis(100)).maxFileBytes(1 << 16).file(file).build()) {
            for (byte[] content : contents) {
                Files.write(file, content);
                await().until(() -> config.status().isRejected());
                assertThat(config.current().first()).isEqualTo(1);

                Files.writeString(file, Settings.text(1));
                await().until(() -> !config.status().isRejected());
            }
            assertThat(config.status().version()).isEqualTo(1);
        }
    }

    @Test
    void somethingElse_inPlaceOfTheFile_neverReplacesAGoodOne() throws IOException {
        Path file = Files.writeString(dir.resolve("app.properties"), Settings.text(1));
        try (LiveConfig<Settings> config =
                quick().gone(Duration.ofMillis(100)).file(file).build()) {
            Files.delete(file);
            Files.createDirectory(file);
            await().until(() -> config.status().isRejected());
            Files.delete(file);
            Files.createSymbolicLink(file, file.getFileName());
            await().until(() -> config.status().problems().toString().contains("can't be read"));
            Files.delete(file);

            Files.writeString(file, Settings.text(2));
            await().until(() -> config.current().first() == 2);
            assertThat(config.status().isRejected()).isFalse();
        }
    }
}
