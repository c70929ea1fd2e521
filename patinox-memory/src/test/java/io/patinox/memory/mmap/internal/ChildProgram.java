package io.patinox.memory.mmap.internal;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Starts programs of the tests in processes of their own.
final class ChildProgram {
    private ChildProgram() {}

    static Process start(Class<?> program, List<String> options, String... arguments)
            throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(options);
        command.add("-cp");
        command.add(rootOf(LockFile.class) + File.pathSeparator + rootOf(ChildProgram.class));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    /// The folder in which the packages of a class lie, whether this runs from a class path or as a
    /// module.
    private static Path rootOf(Class<?> type) {
        URL url = Objects.requireNonNull(type.getResource(type.getSimpleName() + ".class"));
        try {
            Path path = Path.of(url.toURI());
            for (long up = type.getName().chars().filter(c -> c == '.').count(); up >= 0; up--) {
                path = path.getParent();
            }
            return path;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
