package io.patinox.cli.demo.bank;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;

/// Holds the database against the ledgers of all clients.
///
/// Every line of history must be one that its client began, and say what that transfer had to say;
/// every acknowledged transfer is there exactly once, every one in doubt at most once, no failed
/// one; and each account, teller and branch has the balance that its history adds up to.
public final class Audit {

    private static final int ROWS_A_FETCH = 10_000;

    private final Connection connection;
    private final long seed;
    private final List<Ledger> ledgers;
    private final List<BitSet> seen;
    private final AuditResult.Builder result = new AuditResult.Builder();

    /// Prepares an audit.
    ///
    /// @param connection a connection that no transfer is running on
    /// @param seed the run's seed
    /// @param ledgers the ledger of client n at place n; all clients have ended
    public Audit(Connection connection, long seed, List<Ledger> ledgers) {
        this.connection = connection;
        this.seed = seed;
        this.ledgers = List.copyOf(ledgers);
        this.seen = ledgers.stream().map(ledger -> new BitSet(ledger.size())).toList();
    }

    /// Reads everything and compares.
    ///
    /// @return what was found
    /// @throws SQLException if the database can't be read
    public AuditResult run() throws SQLException {
        connection.setAutoCommit(false); // so that the driver fetches in portions
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        readHistory();
        ledgers.forEach(this::compare);
        checkBalances("accounts", "account", BankSchema.ACCOUNTS);
        checkBalances("tellers", "teller", BankSchema.TELLERS);
        checkBalances("branches", "branch", BankSchema.BRANCHES);
        connection.commit();
        return result.build();
    }

    private void readHistory() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_A_FETCH);
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT client, sequence, account, teller, branch, amount FROM "
                                    + BankSchema.NAME
                                    + ".history")) {
                while (rows.next()) {
                    check(
                            new Transfer(
                                    rows.getInt(1),
                                    rows.getInt(2),
                                    rows.getInt(3),
                                    rows.getInt(4),
                                    rows.getInt(5),
                                    rows.getInt(6)));
                }
            }
        }
    }

    private void check(Transfer row) {
        result.row();
        int client = row.client();
        int sequence = row.sequence();
        if (client < 0
                || client >= ledgers.size()
                || sequence < 0
                || sequence >= ledgers.get(client).size()) {
            result.violation("in the database, but no client knows it", row);
            return;
        }
        if (seen.get(client).get(sequence)) {
            result.violation("in the database more than once", row);
            return;
        }
        seen.get(client).set(sequence);
        if (!row.equals(Transfer.of(seed, client, sequence))) {
            result.violation("in the database, but not as its client asked", row);
        }
    }

    private void compare(Ledger ledger) {
        BitSet present = seen.get(ledger.client());
        for (int sequence = 0; sequence < ledger.size(); sequence++) {
            boolean there = present.get(sequence);
            switch (ledger.outcome(sequence)) {
                case ACKNOWLEDGED -> {
                    result.acknowledged();
                    if (!there) {
                        result.violation(
                                "acknowledged, but not in the database",
                                Transfer.of(seed, ledger.client(), sequence));
                    }
                }
                case IN_DOUBT -> result.inDoubt(there);
                case FAILED -> {
                    result.failed();
                    if (there) {
                        result.violation(
                                "failed before its commit, but in the database",
                                Transfer.of(seed, ledger.client(), sequence));
                    }
                }
            }
        }
    }

    private void checkBalances(String table, String key, int rows) throws SQLException {
        String sql =
                """
                SELECT coalesce(t.%3$s, h.%3$s), t.balance, coalesce(h.total, 0),
                       count(t.%3$s) OVER ()
                FROM %1$s.%2$s t
                FULL JOIN (SELECT %3$s, sum(amount) AS total FROM %1$s.history GROUP BY %3$s) h
                       ON h.%3$s = t.%3$s
                ORDER BY t.balance IS NOT DISTINCT FROM coalesce(h.total, 0), 1
                """
                        .formatted(BankSchema.NAME, table, key);
        long found = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_A_FETCH);
            try (ResultSet sums = statement.executeQuery(sql)) {
                while (sums.next()) {
                    found = sums.getLong(4);
                    long balance = sums.getLong(2);
                    boolean absent = sums.wasNull();
                    long total = sums.getLong(3);
                    if (!absent && balance == total) {
                        break; // the wrong ones come first
                    }
                    String has = absent ? "isn't there" : "has the balance " + balance;
                    result.violation(
                            key
                                    + " "
                                    + sums.getInt(1)
                                    + " "
                                    + has
                                    + ", its history adds up to "
                                    + total);
                }
            }
        }
        if (found != rows) {
            result.violation("there are " + found + " " + table + " instead of " + rows);
        }
    }
}
