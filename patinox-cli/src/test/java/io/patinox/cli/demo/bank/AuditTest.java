package io.patinox.cli.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.cli.demo.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Each test spoils one thing behind the clients' backs, and the audit must name it.
@ExtendWith(TestDatabase.Resolver.class)
class AuditTest {

    private static final long SEED = 42;

    private final List<Ledger> ledgers = IntStream.range(0, 3).mapToObj(Ledger::new).toList();
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void load(TestDatabase database) throws SQLException {
        connection = database.connect();
        statement = connection.createStatement();
        BankSchema.drop(connection);
        BankSchema.create(connection);
        assertThat(new BankLoad(connection, () -> false).run(rows -> {})).isTrue();
        for (Ledger ledger : ledgers) {
            for (int i = 0; i < 5; i++) {
                transfer(ledger);
            }
        }
    }

    @AfterEach
    void drop(TestDatabase database) throws SQLException {
        connection.close();
        try (Connection cleaner = database.connect()) {
            BankSchema.drop(cleaner);
        }
    }

    @Test
    void audit_nothingSpoilt_passes() throws SQLException {
        AuditResult result = audit();
        assertThat(result.passed()).isTrue();
        assertThat(result.rows()).isEqualTo(15);
        assertThat(result.acknowledged()).isEqualTo(15);
        assertThat(result.inDoubt()).isZero();
        assertThat(result.failed()).isZero();
        assertThat(result.examples()).isEmpty();
    }

    @Test
    void audit_acknowledgedTransferLost_namesIt() throws SQLException {
        undo(1, 3);
        assertThat(audit().examples())
                .containsExactly("transfer 3 of client 1: acknowledged, but not in the database");
    }

    @Test
    void audit_acknowledgedLineLostButMoneyMoved_namesLineAndBalances() throws SQLException {
        statement.execute("DELETE FROM patinox_demo.history WHERE client = 1 AND sequence = 3");
        AuditResult result = audit();
        assertThat(result.violations()).isEqualTo(4);
        assertThat(result.examples())
                .anyMatch(text -> text.startsWith("transfer 3 of client 1: acknowledged"))
                .anyMatch(text -> text.startsWith("account "))
                .anyMatch(text -> text.startsWith("teller "))
                .anyMatch(text -> text.startsWith("branch "));
    }

    @Test
    void audit_lineTwice_namesIt() throws SQLException {
        statement.execute("ALTER TABLE patinox_demo.history DROP CONSTRAINT history_once");
        statement.execute(
                "INSERT INTO patinox_demo.history SELECT * FROM patinox_demo.history"
                        + " WHERE client = 2 AND sequence = 0");
        Transfer twice = Transfer.of(SEED, 2, 0);
        move(twice);
        assertThat(audit().examples())
                .containsExactly("transfer 0 of client 2: in the database more than once");
    }

    @Test
    void audit_lineOfNobody_namesIt() throws SQLException {
        insert(new Transfer(7, 0, 1, 1, 1, 10));
        insert(new Transfer(-1, 0, 1, 1, 1, 10));
        insert(new Transfer(0, 5, 1, 1, 1, 10));
        insert(new Transfer(0, -1, 1, 1, 1, 10));
        assertThat(audit().examples())
                .containsExactlyInAnyOrder(
                        "transfer 0 of client 7: in the database, but no client knows it",
                        "transfer 0 of client -1: in the database, but no client knows it",
                        "transfer 5 of client 0: in the database, but no client knows it",
                        "transfer -1 of client 0: in the database, but no client knows it");
    }

    @Test
    void audit_lineAltered_namesIt() throws SQLException {
        undo(0, 0);
        Transfer asked = Transfer.of(SEED, 0, 0);
        insert(
                new Transfer(
                        0, 0, asked.account(), asked.teller(), asked.branch(), asked.amount() + 1));
        assertThat(audit().examples())
                .containsExactly(
                        "transfer 0 of client 0: in the database, but not as its client asked");
    }

    @Test
    void audit_failedTransferPresent_namesIt() throws SQLException {
        ledgers.get(0).end(4, Outcome.FAILED);
        AuditResult result = audit();
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.examples())
                .containsExactly(
                        "transfer 4 of client 0: failed before its commit, but in the database");
    }

    @Test
    void audit_inDoubtPresentOrAbsent_isFineEitherWay() throws SQLException {
        ledgers.get(0).end(1, Outcome.IN_DOUBT);
        ledgers.get(0).end(2, Outcome.IN_DOUBT);
        undo(0, 2);
        ledgers.get(2).begin(); // and one whose end was never noted
        AuditResult result = audit();
        assertThat(result.passed()).isTrue();
        assertThat(result.inDoubt()).isEqualTo(3);
        assertThat(result.inDoubtDone()).isEqualTo(1);
    }

    @Test
    void audit_wrongBalance_namesAccountTellerAndBranch() throws SQLException {
        statement.execute(
                "UPDATE patinox_demo.accounts SET balance = 7 WHERE account ="
                        + " (SELECT min(account) FROM patinox_demo.accounts WHERE balance = 0)");
        statement.execute("UPDATE patinox_demo.tellers SET balance = balance + 1 WHERE teller = 5");
        statement.execute(
                "UPDATE patinox_demo.branches SET balance = balance - 1 WHERE branch = 2");
        AuditResult result = audit();
        assertThat(result.violations()).isEqualTo(3);
        assertThat(result.examples().getFirst())
                .matches("account \\d+ has the balance 7, its history adds up to 0");
    }

    @Test
    void audit_accountGone_namesTheNumber() throws SQLException {
        statement.execute(
                "DELETE FROM patinox_demo.accounts WHERE account ="
                        + " (SELECT min(account) FROM patinox_demo.accounts WHERE balance = 0)");
        assertThat(audit().examples())
                .containsExactly("there are 99999 accounts instead of 100000");
    }

    @Test
    void audit_accountWithHistoryGone_namesIt() throws SQLException {
        int account = Transfer.of(SEED, 0, 0).account();
        statement.execute("DELETE FROM patinox_demo.accounts WHERE account = " + account);
        assertThat(audit().examples())
                .anyMatch(text -> text.startsWith("account " + account + " isn't there"));
    }

    @Test
    void carryOut_rowMissing_failsAndLeavesNothing() throws SQLException {
        statement.execute("DELETE FROM patinox_demo.branches");
        Ledger ledger = ledgers.get(0);
        int sequence = ledger.begin();
        Ending ending = Teller.carryOut(connection, Transfer.of(SEED, 0, sequence));
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
        assertThat((Throwable) ending.error()).hasMessageContaining("There is no row");
    }

    @Test
    void load_toldToStop_endsEarly() throws SQLException {
        BankSchema.drop(connection);
        BankSchema.create(connection);
        assertThat(new BankLoad(connection, () -> true).run(rows -> {})).isFalse();
        assertThat(BankSchema.exists(connection)).isTrue();
    }

    private AuditResult audit() throws SQLException {
        return new Audit(connection, SEED, ledgers).run();
    }

    private void transfer(Ledger ledger) throws SQLException {
        int sequence = ledger.begin();
        Ending ending = Teller.carryOut(connection, Transfer.of(SEED, ledger.client(), sequence));
        connection.setAutoCommit(true);
        ledger.end(sequence, ending.outcome());
    }

    /// Takes a transfer out of the database without a trace.
    private void undo(int client, int sequence) throws SQLException {
        Transfer done = Transfer.of(SEED, client, sequence);
        move(
                new Transfer(
                        client,
                        sequence,
                        done.account(),
                        done.teller(),
                        done.branch(),
                        -done.amount()));
        statement.execute(
                "DELETE FROM patinox_demo.history WHERE client = %d AND sequence = %d"
                        .formatted(client, sequence));
    }

    private void insert(Transfer transfer) throws SQLException {
        statement.execute(
                "INSERT INTO patinox_demo.history (client, sequence, teller, branch,"
                        + " account, amount)"
                        + " VALUES (%d, %d, %d, %d, %d, %d)"
                                .formatted(
                                        transfer.client(),
                                        transfer.sequence(),
                                        transfer.teller(),
                                        transfer.branch(),
                                        transfer.account(),
                                        transfer.amount()));
        move(transfer);
    }

    private void move(Transfer transfer) throws SQLException {
        add("accounts", "account", transfer.account(), transfer.amount());
        add("tellers", "teller", transfer.teller(), transfer.amount());
        add("branches", "branch", transfer.branch(), transfer.amount());
    }

    private void add(String table, String key, int row, int amount) throws SQLException {
        statement.execute(
                "UPDATE patinox_demo.%s SET balance = balance + %d WHERE %s = %d"
                        .formatted(table, amount, key, row));
    }
}
