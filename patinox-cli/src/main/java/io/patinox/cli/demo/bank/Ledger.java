package io.patinox.cli.demo.bank;

import java.util.Arrays;

/// One client's own record of what it did, kept apart from the database.
///
/// Written by its client alone; others read it after the client has ended.
public final class Ledger {

    private static final int INITIAL = 64;

    private final int client;
    private byte[] outcomes = new byte[INITIAL];
    private int size;

    /// Opens an empty ledger.
    ///
    /// @param client the client's number
    public Ledger(int client) {
        this.client = client;
    }

    /// Returns the client's number.
    public int client() {
        return client;
    }

    /// Returns how many transfers were begun.
    public int size() {
        return size;
    }

    /// Notes that a transfer begins. Until its end is noted it counts as in doubt, which is what it
    /// is if the client never gets to note it.
    ///
    /// @return its sequence number
    public int begin() {
        if (size == outcomes.length) {
            outcomes = Arrays.copyOf(outcomes, size * 2);
        }
        outcomes[size] = Outcome.IN_DOUBT.code();
        return size++;
    }

    /// Notes the end of a transfer.
    ///
    /// @param sequence its sequence number
    /// @param outcome what the client knows of it
    public void end(int sequence, Outcome outcome) {
        outcomes[sequence] = outcome.code();
    }

    /// Returns what the client knows of a transfer.
    ///
    /// @param sequence its sequence number, below [#size()]
    /// @return the outcome
    public Outcome outcome(int sequence) {
        return Outcome.of(outcomes[sequence]);
    }
}
