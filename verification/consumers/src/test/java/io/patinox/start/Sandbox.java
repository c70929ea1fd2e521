package io.patinox.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A folder in which scripts run as if it were the whole machine: its own home, its own system
/// folders, and a path with nothing on it but the tools that scripts need.
final class Sandbox {

    /// What a script printed, and how it ended.
    record Outcome(int exitCode, String out, String err) {}

    private static final String[] TOOLS = {
        "sh",
        "env",
        "sed",
        "grep",
        "dirname",
        "readlink",
        "cat",
        "rm",
        "mv",
        "ln",
        "mkdir",
        "rmdir",
        "touch",
        "tail",
        "head",
        "tr",
        "find",
        "cksum",
        "sleep"
    };

    final Path root;
    final Path bin;
    final Path system;
    final Path home;
    final Map<String, String> environment = new HashMap<>();

    Sandbox(Path root) throws IOException {
        this.root = root;
        this.bin = Files.createDirectories(root.resolve("bin"));
        this.system = Files.createDirectories(root.resolve("system"));
        this.home = Files.createDirectories(root.resolve("home"));
        for (String tool : TOOLS) {
            script(bin.resolve(tool), "exec '" + onPath(tool) + "' \"$@\"");
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", home.toString());
        environment.put("PATINOX_SYSTEM_ROOT", system.toString());
    }

    private static Path onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on the path"));
    }

    /// The folder of this project.
    static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /// Makes up a JDK of this version: enough of one to be recognised.
    Path jdk(Path folder, String version) throws IOException {
        jre(folder, version);
        script(folder.resolve("bin/javac"), "exit 0");
        return folder;
    }

    /// Makes up a Java without a compiler.
    Path jre(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(
                folder.resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"x\"\n");
        script(folder.resolve("bin/java"), "echo 'openjdk version \"" + version + "\"' >&2");
        return folder;
    }

    static void script(Path file, String... lines) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process start(Path folder, String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Outcome run(String... command) throws IOException, InterruptedException {
        return finish(start(root, command));
    }

    static Outcome finish(Process process) throws IOException, InterruptedException {
        var err = new ArrayList<String>();
        Thread errors =
                Thread.startVirtualThread(() -> process.errorReader().lines().forEach(err::add));
        List<String> out = process.inputReader().lines().toList();
        int exitCode = process.waitFor();
        errors.join();
        return new Outcome(exitCode, String.join("\n", out), String.join("\n", err));
    }
}
