package io.patinox.cli.demo.bank;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Carries out a transfer on a connection and says how it ended.
public final class Teller {

    private static final String ACCOUNT =
            "UPDATE %s.accounts SET balance = balance + ? WHERE account = ? RETURNING balance"
                    .formatted(BankSchema.NAME);
    private static final String TELLER =
            "UPDATE %s.tellers SET balance = balance + ? WHERE teller = ?"
                    .formatted(BankSchema.NAME);
    private static final String BRANCH =
            "UPDATE %s.branches SET balance = balance + ? WHERE branch = ?"
                    .formatted(BankSchema.NAME);
    private static final String HISTORY =
            "INSERT INTO %s.history (client, sequence, teller, branch, account, amount)"
                            .formatted(BankSchema.NAME)
                    + " VALUES (?, ?, ?, ?, ?, ?)";

    private Teller() {}

    /*
     * Everything before commit() may fail without doubt: nothing of it can be in the database. From
     * the moment the commit is sent an error leaves open whether the server got to it, and asking
     * again on another connection proves nothing as long as the old back end may still be at work.
     * So such a transfer stays in doubt until the audit, and it is never repeated.
     *
     * Rows are locked in the order account, teller, branch by everybody, one of each: no deadlock.
     * The branch, which most others want too, comes last, so that it is locked most briefly.
     */

    /// Carries out a transfer in a transaction of its own.
    ///
    /// @param connection a connection with no open transaction
    /// @param transfer what to do
    /// @return how it ended, and the error if it wasn't acknowledged
    public static Ending carryOut(Connection connection, Transfer transfer) {
        try {
            connection.setAutoCommit(false);
            move(connection, transfer);
        } catch (SQLException refused) {
            return new Ending(Outcome.FAILED, refused);
        }
        try {
            connection.commit();
        } catch (SQLException unanswered) {
            return new Ending(Outcome.IN_DOUBT, unanswered);
        }
        return Ending.ACKNOWLEDGED;
    }

    private static void move(Connection connection, Transfer transfer) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(HISTORY)) {
            insert.setInt(1, transfer.client());
            insert.setInt(2, transfer.sequence());
            insert.setInt(3, transfer.teller());
            insert.setInt(4, transfer.branch());
            insert.setInt(5, transfer.account());
            insert.setInt(6, transfer.amount());
            insert.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(ACCOUNT)) {
            update.setInt(1, transfer.amount());
            update.setInt(2, transfer.account());
            try (ResultSet balance = update.executeQuery()) {
                if (!balance.next()) {
                    throw new SQLException("There is no account " + transfer.account());
                }
            }
        }
        add(connection, TELLER, transfer.amount(), transfer.teller());
        add(connection, BRANCH, transfer.amount(), transfer.branch());
    }

    private static void add(Connection connection, String sql, int amount, int key)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, amount);
            update.setInt(2, key);
            if (update.executeUpdate() != 1) {
                throw new SQLException("There is no row " + key + " for: " + sql);
            }
        }
    }
}
