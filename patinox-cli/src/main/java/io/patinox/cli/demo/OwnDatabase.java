package io.patinox.cli.demo;

import io.patinox.cli.demo.DemoOptions.OwnDatabaseOptions;
import io.patinox.cli.demo.bank.BankSchema;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// The user's own database. The demo works in a schema that it makes and drops, and looks before it
/// starts whether it can: everything that is wrong here is bad input.
final class OwnDatabase implements Database {

    private static final int CONNECT_SECONDS = 5;
    private static final int CONNECTIONS_BESIDE = 3;

    private final OwnDatabaseOptions options;
    private final String version;
    private @Nullable AsyncResourceGuard<String> schema;

    private OwnDatabase(OwnDatabaseOptions options, String version) {
        this.options = options;
        this.version = version;
    }

    /// Connects, looks, and makes the schema.
    static OwnDatabase open(ResourceRegistry registry, OwnDatabaseOptions options, int poolSize)
            throws SQLException {
        DataSource source = source(options, "patinox-demo-setup");
        try (AsyncResourceGuard<Connection> guard = connect(registry, source, options)) {
            Connection connection = guard.get();
            check(connection, options, poolSize);
            var database =
                    new OwnDatabase(options, connection.getMetaData().getDatabaseProductVersion());
            database.schema =
                    registry.acquire(
                            "schema",
                            () -> {
                                BankSchema.create(connection);
                                return BankSchema.NAME;
                            },
                            name -> drop(source));
            return database;
        }
    }

    private static AsyncResourceGuard<Connection> connect(
            ResourceRegistry registry, DataSource source, OwnDatabaseOptions options) {
        try {
            return Connections.open(registry, source);
        } catch (SQLException refused) {
            throw new BadInputException(
                    "--jdbc-url %s doesn't let us in: %s"
                            .formatted(options.shownUrl(), sentence(refused)));
        }
    }

    private static void check(Connection connection, OwnDatabaseOptions options, int poolSize)
            throws SQLException {
        if (BankSchema.exists(connection)) {
            throw new BadInputException(
                    "The schema %1$s is already in %2$s: drop it (DROP SCHEMA %1$s CASCADE),"
                            .concat(" or use another database.")
                            .formatted(BankSchema.NAME, options.shownUrl()));
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT has_database_privilege(current_database(), 'CREATE'),
                                       pg_is_in_recovery(),
                                       current_setting('max_connections')::int
                                         - current_setting('superuser_reserved_connections')::int
                                         - (SELECT count(*) FROM pg_stat_activity
                                             WHERE backend_type = 'client backend')
                                """)) {
            row.next();
            if (row.getBoolean(2)) {
                throw new BadInputException(
                        options.shownUrl() + " is a read-only standby: give the primary.");
            }
            if (!row.getBoolean(1)) {
                throw new BadInputException(
                        "The user may not create a schema in %s: grant CREATE on the database."
                                .formatted(options.shownUrl()));
            }
            long free = row.getLong(3) + 1;
            if (free < poolSize + CONNECTIONS_BESIDE) {
                throw new BadInputException(
                        "%s has %d connections left, and --pool-size %d needs %d:"
                                .concat(" give a smaller pool.")
                                .formatted(
                                        options.shownUrl(),
                                        free,
                                        poolSize,
                                        poolSize + CONNECTIONS_BESIDE));
            }
        }
    }

    /// Runs as a cleanup, maybe of a registry that is closing and opens nothing any more.
    private static void drop(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            BankSchema.drop(connection);
        }
    }

    @Override
    public String title() {
        return "PostgreSQL " + version + ", " + options.shownUrl();
    }

    @Override
    public DataSource connections(String applicationName) {
        return source(options, applicationName);
    }

    private static DataSource source(OwnDatabaseOptions options, String applicationName) {
        var source = new PGSimpleDataSource();
        source.setUrl(options.url());
        if (options.user() != null) {
            source.setUser(options.user());
        }
        if (options.password() != null) {
            source.setPassword(options.password());
        }
        source.setApplicationName(applicationName);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        return source;
    }

    /// The first line of the driver's message, without a full stop of its own.
    private static String sentence(SQLException refused) {
        String text = String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        String shown = text.strip().replaceFirst("\\.$", "");
        return shown + ".";
    }

    @Override
    public boolean canRestart() {
        return false;
    }

    @Override
    public void crash() throws IOException {
        throw new IOException("A database that is not ours is never restarted");
    }

    @Override
    public void startAgain() throws IOException {
        crash();
    }

    @Override
    public void close() {
        AsyncResourceGuard<String> guard = schema;
        if (guard != null) {
            guard.close();
        }
    }
}
