package io.patinox.cli.demo.postgres;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's own programs.
///
/// They run in a session of their own where the system has `setsid`: a Ctrl-C at the terminal goes
/// to every process of the foreground group, and the server has to outlive it until the demo has
/// asked it to stop. PostgreSQL refuses to run as root, so root runs it in a user namespace without
/// privileges, or, where those are forbidden, as the user `nobody`.
final class ServerCommand {

    private static final long NOBODY = 65_534;

    private final List<String> prefix = new ArrayList<>();
    private final boolean ownSession;
    private final boolean asNobody;

    ServerCommand() throws IOException, InterruptedException {
        ownSession = succeeds("setsid", "true");
        if (ownSession) {
            prefix.add("setsid");
        }
        boolean nobody = false;
        if (isRoot()) {
            if (succeeds("unshare", "-U", "true")) {
                prefix.addAll(List.of("unshare", "-U"));
            } else if (succeeds("setpriv", "--reuid=65534", "--clear-groups", "true")) {
                prefix.addAll(
                        List.of(
                                "setpriv",
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups"));
                nobody = true;
            } else {
                throw new IOException(
                        "PostgreSQL does not run as root, and neither unshare nor setpriv works"
                                + " here; start the demo as another user, or give a database with"
                                + " --jdbc-url");
            }
        }
        asNobody = nobody;
    }

    /// Whether the commands are shielded from the terminal's Ctrl-C.
    boolean ownSession() {
        return ownSession;
    }

    /// Hands a file or directory to the user the server runs as.
    void give(Path path) throws IOException {
        if (asNobody) {
            var owner =
                    FileSystems.getDefault()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("nobody");
            Files.setOwner(path, owner);
        }
    }

    /// Starts a program and returns at once.
    Process start(Path directory, Path log, List<String> command) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false; // the program is not on this system
        }
    }
}
