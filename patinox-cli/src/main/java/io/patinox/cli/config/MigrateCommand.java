package io.patinox.cli.config;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Migrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Rewrites a file of an older schema.
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Rewrites a file of an older schema by the steps that the record declares in its",
            "method static Migrations migrations(). The old file is kept beside it; comments are",
            "lost."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the file has the present schema",
            ConfigWork.PROBLEMS,
            ConfigWork.SENSELESS,
            ConfigWork.FAILED
        })
final class MigrateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ConfigTarget target = new ConfigTarget();

    @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return ConfigWork.run(target, out, spec.commandLine().getErr(), () -> migrate(out));
    }

    private int migrate(PrintWriter out) throws IOException {
        Migrations migrations = Migrations.declaredBy(target.type());
        Table tree = target.tree();
        int version = migrations.versionOf(tree);
        if (version == migrations.latest()) {
            out.println(
                    "%s has the present schemaVersion, %d; nothing was written"
                            .formatted(target.file(), version));
            return ConfigWork.ok();
        }
        Table migrated = migrations.migrate(tree);
        byte[] content = written(migrated);
        if (dryRun) {
            out.print(new String(content, StandardCharsets.UTF_8));
            out.flush();
            return ConfigWork.ok();
        }
        Path backup = new Rewriting(target.file()).replace(content);
        out.println(
                "%s went from schemaVersion %d to %d; the old one is %s, with its comments"
                        .formatted(target.file(), version, migrations.latest(), backup));
        return ConfigWork.ok();
    }

    /// Writes a tree, and reads it again before anything is believed.
    private byte[] written(Table migrated) throws IOException {
        try {
            ConfigFormat format = target.format();
            byte[] content = format.write(migrated);
            Table again = format.parse(content, "the new content");
            // in properties a number comes back as text
            boolean texts =
                    format.equals(ConfigFormat.properties())
                            && Arrays.equals(format.write(again), content);
            if (texts || again.sameContent(migrated)) {
                return content;
            }
        } catch (UnsupportedOperationException e) {
            throw new IOException("cannot be written: " + e.getMessage(), e);
        }
        throw new IOException(
                "cannot be written: the format "
                        + target.format().name()
                        + " cannot say all of it");
    }
}
