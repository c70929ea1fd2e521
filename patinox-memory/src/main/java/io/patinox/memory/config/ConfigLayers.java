package io.patinox.memory.config;

import io.patinox.memory.config.internal.Formats;
import io.patinox.memory.error.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The layers that a builder was given.
final class ConfigLayers {
    static final int FILE = 100;
    static final int OVERLAY = 200;
    static final int DIRECTORY = 300;
    static final int SOURCE = 400;
    static final int ENVIRONMENT = 500;
    static final int SYSTEM = 600;
    static final int ARGUMENTS = 700;
    static final int OVERRIDES = 800;

    private final List<File> files = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private final List<Layer.OfSource> sources = new ArrayList<>();
    private final List<ConfigFormat> formats = new ArrayList<>();
    private List<String> profiles = List.of();
    private Map<String, ?> overrides = Map.of();

    private record File(Path path, boolean required) {}

    void file(Path file, boolean required) {
        Options.consistent(
                Options.required("file", file).getFileName() != null,
                "file",
                file,
                "a file with a name",
                "give the path of a file");
        files.add(new File(file, required));
    }

    void directory(Path directory) {
        directories.add(Options.required("directory", directory));
    }

    void profiles(List<String> names) {
        for (String name : names) {
            Options.name("profiles", name);
        }
        profiles = List.copyOf(names);
    }

    void source(ConfigSource source, int rank) {
        Options.required("source", source);
        Options.text("source.name", source.name());
        sources.add(new Layer.OfSource(source, Options.inRange("rank", rank, 1, OVERRIDES - 1)));
    }

    void format(ConfigFormat format) {
        formats.add(Options.required("format", format));
    }

    void overrides(Map<String, ?> values) {
        // fails here if they make no tree
        FlatSource.table(Overrides.NAME, values);
        overrides = Map.copyOf(values);
    }

    Overrides overrides() {
        return new Overrides(overrides);
    }

    /// Returns all layers, the lowest first.
    List<Layer> build(Migrations migrations, Overrides top, List<ConfigFormat> installed) {
        List<ConfigFormat> known = new ArrayList<>(formats);
        known.addAll(installed);
        List<Layer> layers = new ArrayList<>();
        for (File file : files) {
            layers.add(layer(file.path(), FILE, file.required(), migrations, known));
        }
        for (String profile : profiles) {
            for (File file : files) {
                Path overlay = overlay(file.path(), profile);
                layers.add(layer(overlay, OVERLAY, false, migrations, known));
            }
        }
        for (Path directory : directories) {
            layers.add(new Layer.OfFolder("directory " + directory, DIRECTORY, directory, true));
        }
        layers.addAll(sources);
        layers.add(new Layer.OfSource(top, OVERRIDES));
        // stable, so the order in which they were added counts within a rank
        layers.sort(Layer.ORDER);
        return List.copyOf(layers);
    }

    private static Layer layer(
            Path path,
            int rank,
            boolean required,
            Migrations migrations,
            List<ConfigFormat> known) {
        ConfigFormat format = Formats.forFileName(path.toString(), known);
        return new Layer.OfFile("file " + path, rank, path, required, format, migrations);
    }

    private static Path overlay(Path file, String profile) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        String overlay =
                dot < 0
                        ? name + "-" + profile
                        : name.substring(0, dot) + "-" + profile + name.substring(dot);
        return file.resolveSibling(overlay);
    }
}
