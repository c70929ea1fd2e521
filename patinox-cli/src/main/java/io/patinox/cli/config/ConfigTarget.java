package io.patinox.cli.config;

import io.patinox.memory.config.ConfigBinder;
import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Migrations;
import io.patinox.memory.config.UnknownKeys;
import io.patinox.memory.error.InvalidOptionException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Which file, and the type that it is for: the part of the command line that all commands share.
final class ConfigTarget implements AutoCloseable {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The file of settings.")
    private Path file = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "CLASS",
            description =
                    "The record that the file is for; without it, only the syntax is looked at.")
    private @Nullable String type;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Where the record is: folders and jars, joined as for java -cp.")
    private @Nullable String classPath;

    @Option(
            names = "--warn-unknown",
            description = "Let keys that the record has no place for be warnings.")
    private boolean warnUnknown;

    @Option(
            names = "--secret",
            paramLabel = "PATH",
            description =
                    "A path whose value is not shown, such as db.*.password; may be repeated.")
    private List<String> secrets = new ArrayList<>();

    private @Nullable URLClassLoader loader;

    Path file() {
        return file;
    }

    boolean hasType() {
        return type != null;
    }

    ConfigFormat format() {
        try {
            return ConfigFormat.forFileName(String.valueOf(file.getFileName()));
        } catch (InvalidOptionException e) {
            throw senseless(String.valueOf(e.getMessage()));
        }
    }

    /// Reads and parses the file.
    Table tree() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw senseless("there is no file %s".formatted(file));
        }
        return format().parse(Files.readAllBytes(file), "file " + file.getFileName());
    }

    /// Loads the type, which must be given.
    Class<?> type() {
        if (type == null) {
            throw senseless("this needs the record: give --type and --class-path");
        }
        try {
            loader = new URLClassLoader(urls(), ConfigTarget.class.getClassLoader());
            return Class.forName(type, false, loader);
        } catch (ClassNotFoundException | LinkageError _) {
            throw senseless(
                    "there is no class %s at the class path %s"
                            .formatted(type, classPath == null ? "(none was given)" : classPath));
        }
    }

    private URL[] urls() {
        List<URL> urls = new ArrayList<>();
        for (String entry :
                classPath == null ? new String[0] : classPath.split(File.pathSeparator)) {
            try {
                urls.add(Path.of(entry).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new AssertionError("every path is a URL", e);
            }
        }
        return urls.toArray(URL[]::new);
    }

    <T> ConfigBinder<T> binder(Class<T> record) {
        ConfigBinder.Builder<T> builder = ConfigBinder.builder(record);
        secrets.forEach(builder::secret);
        return builder.unknownKeys(warnUnknown ? UnknownKeys.WARN : UnknownKeys.REFUSE).build();
    }

    /// Says, if a file is of an older schema, how to rewrite it.
    String hint(Migrations migrations, Table tree) {
        int version = migrations.versionOf(tree);
        return version == migrations.latest()
                ? ""
                : ("%s has schemaVersion %d, the present one is %d; rewrite it by:"
                                + " patinox config migrate")
                        .formatted(file, version, migrations.latest());
    }

    private ParameterException senseless(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    @Override
    public void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }
}
