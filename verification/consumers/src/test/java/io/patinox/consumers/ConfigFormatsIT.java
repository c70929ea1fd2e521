package io.patinox.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFormatsIT {

    @TempDir private Path folder;

    @Test
    void image_withFormats_bindsRecordsThatAreNotOpen() throws Exception {
        Path classes = folder.resolve("classes");
        Path image = folder.resolve("image");
        var settings = new Consumer("settings", classes);
        assertThat(settings.compile("-p", Consumer.configCompileTimePath()).output()).isEmpty();

        var link =
                Consumer.jlink(
                        "--module-path",
                        Consumer.configPath() + java.io.File.pathSeparator + classes,
                        "--add-modules",
                        "settings,io.patinox.config.formats",
                        "--launcher",
                        "start=settings/settings.Main",
                        "--output",
                        image.toString());
        assertThat(link.exitCode()).as(link.output()).isZero();

        var run = Consumer.run(image.resolve("bin/start"), List.of());
        assertThat(run.output())
                .contains("with a lookup: App[port=80]")
                .contains("without: CONFIG-TYPE: settings.Main$App cannot be bound: its package")
                .contains("give a Lookup: lookup(MethodHandles.lookup())")
                .contains("with another: CONFIG-TYPE");
        assertThat(run.exitCode()).isZero();
    }
}
