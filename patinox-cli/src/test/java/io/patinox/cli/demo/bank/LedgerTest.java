package io.patinox.cli.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void ledger_beyondItsFirstPage_keepsEveryOutcome() {
        var ledger = new Ledger(3);
        Outcome[] outcomes = Outcome.values();
        for (int i = 0; i < 1_000; i++) {
            assertThat(ledger.begin()).isEqualTo(i);
            ledger.end(i, outcomes[i % outcomes.length]);
        }
        assertThat(ledger.client()).isEqualTo(3);
        assertThat(ledger.size()).isEqualTo(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(ledger.outcome(i)).isEqualTo(outcomes[i % outcomes.length]);
        }
    }

    @Test
    void transfer_begunButNeverEnded_isInDoubt() {
        var ledger = new Ledger(0);
        assertThat(ledger.outcome(ledger.begin())).isEqualTo(Outcome.IN_DOUBT);
    }

    @Test
    void transfer_sameArguments_isTheSameAndInRange() {
        Set<Transfer> distinct = new HashSet<>();
        for (int client = 0; client < 100; client++) {
            for (int sequence = 0; sequence < 100; sequence++) {
                Transfer transfer = Transfer.of(7, client, sequence);
                assertThat(transfer).isEqualTo(Transfer.of(7, client, sequence));
                assertThat(transfer.account()).isBetween(1, BankSchema.ACCOUNTS);
                assertThat(transfer.teller()).isBetween(1, BankSchema.TELLERS);
                assertThat(transfer.branch()).isBetween(1, BankSchema.BRANCHES);
                assertThat(transfer.amount()).isNotZero().isBetween(-5_000, 5_000);
                distinct.add(transfer);
            }
        }
        assertThat(distinct).hasSize(10_000);
        assertThat(Transfer.of(8, 0, 0)).isNotEqualTo(Transfer.of(7, 0, 0));
    }
}
