package io.patinox.consumers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A program in `src/consumers/java`, compiled and run with the tools of the JDK that runs the
/// test.
record Consumer(String name, Path classes) {

    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Path SOURCES = Path.of("src/consumers/java");

    /// What a tool printed, and how it ended.
    record Outcome(int exitCode, String output) {}

    /// The jar of the library, as Maven packaged it.
    static Path library() {
        return jar("patinox-memory");
    }

    /// The library, and the annotations that the compiler wants to see when it reads the module.
    static String compileTimePath() {
        return path(library(), jar("jspecify"));
    }

    /// The formats of configuration with what they need, and the library.
    static String configPath() {
        return path(
                library(),
                jar("patinox-config-formats"),
                jar("jackson-core"),
                jar("snakeyaml-engine"));
    }

    /// The same, and the annotations that the compiler wants to see.
    static String configCompileTimePath() {
        return configPath() + File.pathSeparator + jar("jspecify");
    }

    private static Path jar(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*" + name + "-[^/\\\\]*\\.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not packaged"));
    }

    /// Compiles the program with these options, which tell where the library is.
    Outcome compile(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-d", classes.toString()));
        command.addAll(Arrays.asList(options));
        try (Stream<Path> sources = Files.walk(SOURCES.resolve(name))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(command::add);
        }
        return run(JDK.resolve("bin/javac"), command);
    }

    static Outcome java(String... arguments) throws IOException, InterruptedException {
        return run(JDK.resolve("bin/java"), List.of(arguments));
    }

    static Outcome jlink(String... arguments) throws IOException, InterruptedException {
        return run(JDK.resolve("bin/jlink"), List.of(arguments));
    }

    /// Several places as one path.
    static String path(Path... places) {
        return String.join(File.pathSeparator, Arrays.stream(places).map(Path::toString).toList());
    }

    static Outcome run(Path tool, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(tool.toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdout = process.getInputStream()) {
            var output = new String(stdout.readAllBytes());
            return new Outcome(process.waitFor(), output);
        }
    }
}
