package io.patinox.cli.demo.bank;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The tables, in a schema of their own: made, looked for, dropped.
public final class BankSchema {

    /// The schema's name.
    public static final String NAME = "patinox_demo";

    /// How many branches there are.
    public static final int BRANCHES = 100;

    /// How many tellers there are.
    public static final int TELLERS = 1_000;

    /// How many accounts there are.
    public static final int ACCOUNTS = 100_000;

    private static final String TABLES =
            """
            CREATE TABLE %1$s.branches (
                branch integer NOT NULL, balance bigint NOT NULL, filler char(88))
                WITH (fillfactor = 10);
            CREATE TABLE %1$s.tellers (
                teller integer NOT NULL, branch integer NOT NULL, balance bigint NOT NULL,
                filler char(84)) WITH (fillfactor = 10);
            CREATE TABLE %1$s.accounts (
                account integer NOT NULL, branch integer NOT NULL, balance bigint NOT NULL,
                filler char(84)) WITH (fillfactor = 90);
            CREATE TABLE %1$s.history (
                client integer NOT NULL, sequence integer NOT NULL, teller integer NOT NULL,
                branch integer NOT NULL, account integer NOT NULL, amount integer NOT NULL,
                at timestamptz NOT NULL DEFAULT now(),
                CONSTRAINT history_once UNIQUE (client, sequence));
            """
                    .formatted(NAME);

    private static final String KEYS =
            """
            ALTER TABLE %1$s.branches ADD PRIMARY KEY (branch);
            ALTER TABLE %1$s.tellers ADD PRIMARY KEY (teller);
            ALTER TABLE %1$s.accounts ADD PRIMARY KEY (account);
            ANALYZE %1$s.branches, %1$s.tellers, %1$s.accounts;
            """
                    .formatted(NAME);

    private BankSchema() {}

    static int branchOfTeller(int teller) {
        return 1 + (teller - 1) / (TELLERS / BRANCHES);
    }

    static int branchOfAccount(int account) {
        return 1 + (account - 1) / (ACCOUNTS / BRANCHES);
    }

    /// Returns whether the schema is there.
    ///
    /// @param connection a connection to the database
    /// @return whether it exists
    /// @throws SQLException if the database can't say
    public static boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            query.setString(1, NAME);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /// Makes the schema; fails if it is there.
    ///
    /// @param connection a connection in auto-commit mode
    /// @throws SQLException if the database refuses
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + NAME);
        }
    }

    /// Makes the empty tables, without their keys: rows load faster so.
    ///
    /// @param connection a connection in auto-commit mode
    /// @throws SQLException if the database refuses
    public static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    /// Adds the keys to the loaded tables.
    ///
    /// @param connection a connection in auto-commit mode
    /// @throws SQLException if the database refuses
    public static void addKeys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEYS);
        }
    }

    /// Drops the schema and what is in it.
    ///
    /// @param connection a connection in auto-commit mode
    /// @throws SQLException if the database refuses
    public static void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + NAME + " CASCADE");
        }
    }
}
