package io.patinox.cli.demo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir Path directory;

    @Test
    void crash_afterACommit_keepsTheDataAndThePort() throws Exception {
        PostgresServer server = PostgresServer.create(directory, 20, () -> false);
        try {
            server.start(() -> false);
            String url = server.jdbcUrl();
            try (Connection connection = connect(server);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
            server.crash();
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(server));
            server.start(() -> false);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(
                            () -> DriverManager.getConnection(url, PostgresServer.USER, "wrong"))
                    .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
            assertThat(server.jdbcUrl()).isEqualTo(url).doesNotContain(server.password());
            try (Connection connection = connect(server);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT answer FROM kept")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(42);
            }
        } finally {
            server.stop();
            server.stop();
        }
        assertThat(processesIn(directory)).isEmpty();
    }

    @Test
    void create_toldToStop_endsEarly() {
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> PostgresServer.create(directory, 20, () -> true));
    }

    @Test
    void start_brokenOffOrRefused_saysWhyAndCanBeStopped() throws Exception {
        PostgresServer server = PostgresServer.create(directory, 20, () -> false);
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> server.start(() -> true));
        server.stop();
        assertThat(processesIn(directory)).isEmpty();
        Files.writeString(directory.resolve("data/postgresql.conf"), "no_such_setting = 1\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> server.start(() -> false))
                .withMessageStartingWith("PostgreSQL did not start: ")
                .withMessageContaining("contains errors");
        server.stop();
    }

    @Test
    void binaries_foreignMachine_areRefusedWithAWayOut() {
        assertThatExceptionOfType(UnsupportedPlatformException.class)
                .isThrownBy(() -> PostgresBinaries.forMachine("Windows 11", "amd64"))
                .withMessage(
                        "There is no embedded PostgreSQL for Windows 11 on amd64;"
                                + " give a database of your own with --jdbc-url.");
        assertThatExceptionOfType(UnsupportedPlatformException.class)
                .isThrownBy(() -> PostgresBinaries.forMachine("Linux", "riscv64"));
    }

    @Test
    void binaries_forTheFourPlatforms_areOnTheClassPath() {
        for (String os : new String[] {"Linux", "Mac OS X"}) {
            for (String processor : new String[] {"amd64", "x86_64", "aarch64"}) {
                assertThat(PostgresBinaries.forMachine(os, processor)).isNotNull();
            }
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(), PostgresServer.USER, server.password());
    }

    private static Stream<ProcessHandle> processesIn(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().commandLine().orElse("").contains(directory.toString()));
    }
}
