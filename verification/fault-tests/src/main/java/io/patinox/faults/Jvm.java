package io.patinox.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts the programs of this module in JVMs of their own, and finds what they leave if they die.
final class Jvm {
    private static final String DEATH_NOTE = "hs_err_";

    private Jvm() {}

    static Process start(Path folder, Tier tier, Class<?> program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(tier.options());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve(DEATH_NOTE + "%p.log"),
                        "-cp",
                        whereThisRuns(),
                        program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String whereThisRuns() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Waits for the end of a process that has nothing to say any more.
    ///
    /// @return how it ended, or -1 if it had to be ended
    static int end(Process process) throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return -1;
        }
        return process.exitValue();
    }

    /// Returns what a JVM says of its own death, if it could.
    static String deathNote(Path folder, Process process) {
        Path note = folder.resolve(DEATH_NOTE + process.pid() + ".log");
        if (Files.notExists(note)) {
            return "no hs_err file";
        }
        try (Stream<String> lines = Files.lines(note)) {
            return lines.filter(line -> line.startsWith("# "))
                    .limit(8)
                    .map(line -> line.substring(2).strip())
                    .collect(Collectors.joining(" / "));
        } catch (IOException | java.io.UncheckedIOException e) {
            return e.toString();
        }
    }
}
