package io.patinox.contract.resource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/// A process of its own that runs a scenario of [ExitProgram], and the file in which that notes
/// what was done, so that it can be read however the process ends.
final class ChildJvm implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final long PATIENCE_SECONDS = 30;

    private final Path notes;
    private final Process process;

    private ChildJvm(Path notes, Process process) {
        this.notes = notes;
        this.process = process;
    }

    /// Starts one.
    ///
    /// @param folder for its files
    /// @param options of the JVM
    /// @param arguments of the program, after the file for its notes
    static ChildJvm start(Path folder, List<String> options, String... arguments)
            throws IOException {
        Path notes = Files.createTempFile(folder, "notes", ".txt");
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", whereThisRuns()));
        command.addAll(List.of(ExitProgram.class.getName(), notes.toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(notes.getFileName() + ".out").toFile())
                        .start();
        return new ChildJvm(notes, process);
    }

    /// {@return the class path or module path of the tests, whichever they run from}
    private static String whereThisRuns() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    Process process() {
        return process;
    }

    /// {@return what it has noted so far, a line each}
    List<String> notes() throws IOException {
        return Files.readAllLines(notes);
    }

    /// Waits for its end.
    ///
    /// @return how it ended
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            Assertions.fail("the process has not ended within " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
