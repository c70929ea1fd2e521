package io.patinox.cli.demo.bank;

/// What a client knows of the end of a transfer.
public enum Outcome {
    /// The commit was acknowledged: the transfer is in the database, once.
    ACKNOWLEDGED('a'),
    /// The connection died while committing: it is in the database once, or not at all.
    IN_DOUBT('d'),
    /// It ended before the commit was sent: it isn't in the database.
    FAILED('f');

    private final byte code;

    Outcome(char code) {
        this.code = (byte) code;
    }

    /// One byte, so that a ledger stays small.
    byte code() {
        return code;
    }

    static Outcome of(byte code) {
        return switch (code) {
            case 'a' -> ACKNOWLEDGED;
            case 'f' -> FAILED;
            default -> IN_DOUBT;
        };
    }
}
