package io.patinox.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageIT {

    @TempDir private Path folder;

    @Test
    void image_ofAProgram_holdsTheLibraryAndTheBaseOnly() throws Exception {
        Path classes = folder.resolve("classes");
        Path image = folder.resolve("image");
        var modular = new Consumer("modular", classes);
        assertThat(modular.compile("-p", Consumer.compileTimePath()).output()).isEmpty();

        var link =
                Consumer.jlink(
                        "--module-path",
                        Consumer.path(classes, Consumer.library()),
                        "--add-modules",
                        "modular",
                        "--launcher",
                        "start=modular/modular.Main",
                        "--output",
                        image.toString());
        assertThat(link.exitCode()).as(link.output()).isZero();

        var modules = Consumer.run(image.resolve("bin/java"), List.of("--list-modules"));
        assertThat(modules.output().lines().map(line -> line.replaceAll("@.*", "")))
                .containsExactlyInAnyOrder("java.base", "io.patinox.memory", "modular");
        var run = Consumer.run(image.resolve("bin/start"), List.of());
        assertThat(run.output())
                .contains(
                        "connection: lent",
                        "balance: true",
                        "mapped: Sample[at=1, value=0.5]",
                        "events: false");
        assertThat(run.exitCode()).isZero();
    }
}
