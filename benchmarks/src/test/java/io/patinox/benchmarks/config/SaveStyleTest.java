package io.patinox.benchmarks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SaveStyleTest {

    @TempDir private Path folder;

    static List<SaveStyle> styles() {
        return SaveStyle.all();
    }

    private static Reading onDisk(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IllegalArgumentException _) {
            return Reading.MISSING;
        }
        return Content.read(properties);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("styles")
    void save_again_leavesTheNewContentAndNothingElse(SaveStyle style) throws Exception {
        Path file = folder.resolve("app.properties");
        style.creator().save(file, Contents.of(1));
        assertThat(onDisk(file)).isEqualTo(Reading.whole(10));
        List<String> before = names(folder);
        style.saver().save(file, Contents.of(2));
        style.saver().save(file, Contents.of(3));
        Reading last = onDisk(file);
        assertThat(last.kind()).isEqualTo(Reading.Kind.WHOLE);
        assertThat(Contents.save(last.version())).isEqualTo(3);
        assertThat(names(folder)).hasSameSizeAs(before);
    }

    @ParameterizedTest
    @MethodSource("styles")
    void repair_brokenFile_isWholeAgain(SaveStyle style) throws Exception {
        Path file = folder.resolve("app.properties");
        style.creator().save(file, Contents.of(1));
        style.saver().save(file, Contents.invalid(2));
        assertThat(onDisk(file)).isEqualTo(Reading.MISSING);
        style.repairer().save(file, Contents.of(3));
        assertThat(Contents.save(onDisk(file).version())).isEqualTo(3);
    }

    @Test
    void styles_all_haveNamesOfTheirOwn() {
        assertThat(styles()).extracting(SaveStyle::label).doesNotHaveDuplicates().hasSize(12);
    }

    @Test
    void kubernetes_anotherContent_swapsOneLink() throws Exception {
        Path file = folder.resolve("app.properties");
        SaveStyle.KUBERNETES.creator().save(file, Contents.of(1));
        Path link = Files.readSymbolicLink(file);
        Path before = Files.readSymbolicLink(folder.resolve("..data"));
        SaveStyle.KUBERNETES.saver().save(file, Contents.of(2));
        assertThat(Files.readSymbolicLink(file))
                .isEqualTo(link)
                .hasToString("..data/app.properties");
        assertThat(Files.readSymbolicLink(folder.resolve("..data")))
                .isNotEqualTo(before)
                .isRelative();
        assertThat(folder.resolve(before)).doesNotExist();
    }
}
