package io.patinox.benchmarks.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a main class in a JVM of its own, with the class path of this one.
final class ForkJvm {

    /// What every fork is started with, whoever is measured: a heap of fixed size, so that its
    /// growth is nobody's cost.
    static final List<String> JVM_OPTIONS =
            List.of("-Xms1g", "-Xmx1g", "--sun-misc-unsafe-memory-access=allow");

    private ForkJvm() {}

    /// Runs the class and waits until it ends.
    ///
    /// @param jvmOptions options beyond [#JVM_OPTIONS], over which they win
    /// @param main the class with the main method
    /// @param arguments its arguments
    /// @param limit after which the process is ended by force
    /// @throws MeasurementException when the process fails, does not end or cannot be started
    static void run(
            List<String> jvmOptions, Class<?> main, List<String> arguments, Duration limit) {
        try {
            Path log = Files.createTempFile("patinox-bench", ".log");
            log.toFile().deleteOnExit();
            try {
                run(command(jvmOptions, main, arguments), log, limit);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command, Path log, Duration limit) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Thread reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new MeasurementException("did not end within " + limit + tail(log));
            }
            if (process.exitValue() != 0) {
                throw new MeasurementException(
                        "ended with exit code " + process.exitValue() + tail(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("was interrupted", e);
        } finally {
            process.destroyForcibly();
            forget(reaper);
        }
    }

    private static List<String> command(
            List<String> jvmOptions, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> last = lines.subList(Math.max(0, lines.size() - 20), lines.size());
        return last.isEmpty() ? "" : "; its last lines:\n" + String.join("\n", last);
    }

    private static void forget(Thread reaper) {
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException _) {
            // the JVM is going down and runs the hook: exactly what it is for
        }
    }
}
