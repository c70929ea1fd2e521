package io.patinox.cli.demo.bank;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Fills the tables by `COPY`.
public final class BankLoad {

    private static final int ROWS_A_CHUNK = 1_000;

    private final Connection connection;
    private final BooleanSupplier stopped;

    /// Prepares the load.
    ///
    /// @param connection a connection in auto-commit mode
    /// @param stopped asked between chunks; true ends the load early
    public BankLoad(Connection connection, BooleanSupplier stopped) {
        this.connection = connection;
        this.stopped = stopped;
    }

    /// Makes the tables, fills them, and adds their keys.
    ///
    /// @param progress told how many accounts are in
    /// @return whether everything was loaded; false if stopped early
    /// @throws SQLException if the database refuses
    public boolean run(IntConsumer progress) throws SQLException {
        BankSchema.createTables(connection);
        copy("branches (branch, balance, filler)", 1, BankSchema.BRANCHES, this::branch);
        copy("tellers (teller, branch, balance, filler)", 1, BankSchema.TELLERS, this::teller);
        for (int first = 1; first <= BankSchema.ACCOUNTS; first += 10 * ROWS_A_CHUNK) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            int last = Math.min(first + 10 * ROWS_A_CHUNK - 1, BankSchema.ACCOUNTS);
            copy("accounts (account, branch, balance, filler)", first, last, this::account);
            progress.accept(last);
        }
        BankSchema.addKeys(connection);
        return !stopped.getAsBoolean();
    }

    private void copy(String table, int first, int last, Row row) throws SQLException {
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + BankSchema.NAME + "." + table + " FROM STDIN");
        try {
            var text = new StringBuilder();
            for (int number = first; number <= last; number++) {
                row.append(text, number);
                if (number == last || (number - first) % ROWS_A_CHUNK == ROWS_A_CHUNK - 1) {
                    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    text.setLength(0);
                }
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void branch(StringBuilder text, int branch) {
        text.append(branch).append("\t0\t\n");
    }

    private void teller(StringBuilder text, int teller) {
        text.append(teller)
                .append('\t')
                .append(BankSchema.branchOfTeller(teller))
                .append("\t0\t\n");
    }

    private void account(StringBuilder text, int account) {
        text.append(account)
                .append('\t')
                .append(BankSchema.branchOfAccount(account))
                .append("\t0\t\n");
    }

    /// Writes one row in the text format of `COPY`.
    private interface Row {
        void append(StringBuilder text, int number);
    }
}
