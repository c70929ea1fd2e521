package io.patinox.cli.demo.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of our own: made, started, crashed, started again and stopped.
///
/// Not safe for use by several threads at once. Everything it writes lies in the directory it was
/// given, which the caller deletes after [#stop()].
public final class PostgresServer {

    /// The user that owns the database.
    public static final String USER = "patinox";

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int STATUS_LINE = 7;

    private final Path programs;
    private final Path data;
    private final Path log;
    private final ServerCommand command;
    private final String password;
    private int port;
    private @Nullable Process child;

    private PostgresServer(Path directory, ServerCommand command) {
        this.programs = directory.resolve("postgres");
        this.data = directory.resolve("data");
        this.log = directory.resolve("server.log");
        this.command = command;
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        this.password = HexFormat.of().formatHex(secret);
    }

    /// Unpacks the programs and makes an empty database cluster; the server is not running yet.
    ///
    /// @param directory an empty directory that is ours alone
    /// @param maxConnections how many connections the server takes
    /// @param stopped asked now and then: true ends the work with an [InterruptedException]
    /// @return the server, not started
    /// @throws IOException if a program of PostgreSQL fails; the message has its last words
    /// @throws InterruptedException if told to stop
    public static PostgresServer create(Path directory, int maxConnections, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        var command = new ServerCommand();
        var server = new PostgresServer(directory, command);
        Files.createDirectory(server.programs);
        if (!PostgresBinaries.forThisMachine().unpack(server.programs, stopped)) {
            throw new InterruptedException("told to stop");
        }
        command.give(directory);
        server.initialize(directory, maxConnections, stopped);
        return server;
    }

    private void initialize(Path directory, int maxConnections, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        Path secret = directory.resolve("secret");
        Files.createFile(
                secret,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, password);
        command.give(secret);
        Process initdb =
                command.start(
                        directory,
                        log,
                        List.of(
                                program("initdb"),
                                "--pgdata=" + data,
                                "--username=" + USER,
                                "--pwfile=" + secret,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync",
                                "--no-instructions"));
        if (await(initdb, stopped) != 0) {
            throw new IOException("PostgreSQL's initdb failed: " + lastWords());
        }
        Files.delete(secret);
        Files.writeString(
                data.resolve("postgresql.conf"),
                PostgresSettings.text(maxConnections),
                StandardOpenOption.APPEND);
    }

    /// Starts the server and waits until it takes connections; on the port of the first start.
    ///
    /// @param stopped asked now and then: true ends the waiting with an [InterruptedException]
    /// @throws IOException if it doesn't come up within 60 seconds
    /// @throws InterruptedException if told to stop
    public void start(BooleanSupplier stopped) throws IOException, InterruptedException {
        if (port == 0) {
            port = freePort();
        }
        List<String> postgres =
                List.of(program("postgres"), "-D", data.toString(), "-p", Integer.toString(port));
        if (command.ownSession()) {
            child = command.start(data, log, postgres);
        } else {
            startDetached();
        }
        long deadline = System.nanoTime() + START_NANOS;
        while (!isReady()) {
            Process process = child;
            if (process != null && !process.isAlive()) {
                throw new IOException("PostgreSQL did not start: " + lastWords());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("PostgreSQL did not start in 60 s: " + lastWords());
            }
            if (stopped.getAsBoolean()) {
                throw new InterruptedException("told to stop");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Where the system has no `setsid` program, `pg_ctl` makes the new session; it exits at once.
    private void startDetached() throws IOException, InterruptedException {
        Process control =
                command.start(
                        data,
                        log,
                        List.of(
                                program("pg_ctl"),
                                "start",
                                "--no-wait",
                                "--pgdata=" + data,
                                "--log=" + log,
                                "--options=-p " + port));
        if (control.waitFor() != 0) {
            throw new IOException("PostgreSQL did not start: " + lastWords());
        }
    }

    /// Crashes the server: every process of it ends at once, and the next start has to recover from
    /// the write-ahead log.
    ///
    /// @throws IOException if it doesn't end within 10 seconds
    public void crash() throws IOException {
        end("immediate");
    }

    /// Stops the server in good order, if it is running; ends it the hard way if that takes long.
    ///
    /// @throws IOException if it can't be ended
    public void stop() throws IOException {
        try {
            end("fast");
        } catch (IOException slow) {
            end("immediate");
        }
    }

    private void end(String mode) throws IOException {
        Process process = child;
        long pid = process != null ? process.pid() : postmaster();
        if (pid == 0 || !isAlive(pid)) {
            return;
        }
        Process control =
                command.start(
                        data,
                        log,
                        List.of(
                                program("pg_ctl"),
                                "stop",
                                "--no-wait",
                                "--mode=" + mode,
                                "--pgdata=" + data));
        boolean told = false;
        long deadline = System.nanoTime() + STOP_NANOS;
        while (isAlive(pid)) {
            if (!told && !control.isAlive()) {
                told = true;
                if (control.exitValue() != 0 && process != null) {
                    process.destroy(); // no pid file yet: it is only just starting
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("PostgreSQL did not stop in 10 s: " + lastWords());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Returns the JDBC URL of the server, which holds no password.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /// Returns the password of [#USER], made for this run.
    public String password() {
        return password;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private long postmaster() throws IOException {
        List<String> lines = postmasterFile();
        return lines.isEmpty() || lines.getFirst().isBlank()
                ? 0
                : Long.parseLong(lines.getFirst().strip());
    }

    /// The last line of its pid file is the server's own word on whether it takes connections.
    private boolean isReady() throws IOException {
        List<String> lines = postmasterFile();
        Process process = child;
        return lines.size() > STATUS_LINE
                && lines.get(STATUS_LINE).strip().equals("ready")
                && (process == null || postmaster() == process.pid());
    }

    private List<String> postmasterFile() throws IOException {
        Path file = data.resolve("postmaster.pid");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static int await(Process process, BooleanSupplier stopped) throws InterruptedException {
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            if (stopped.getAsBoolean()) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                process.waitFor();
                throw new InterruptedException("told to stop");
            }
        }
        return process.exitValue();
    }

    private String lastWords() throws IOException {
        if (!Files.exists(log)) {
            return "it said nothing";
        }
        List<String> lines =
                new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
        return lines.isEmpty() ? "it said nothing" : lines.getLast().strip();
    }

    private String program(String name) {
        return programs.resolve("bin").resolve(name).toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
