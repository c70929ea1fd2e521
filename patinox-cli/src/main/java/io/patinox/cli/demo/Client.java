package io.patinox.cli.demo;

import io.patinox.cli.demo.bank.Ending;
import io.patinox.cli.demo.bank.Ledger;
import io.patinox.cli.demo.bank.Outcome;
import io.patinox.cli.demo.bank.Teller;
import io.patinox.cli.demo.bank.Transfer;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/// One client: waits for a connection, moves money, gives the connection back, and again.
final class Client implements Runnable {

    private final DataSource source;
    private final Ledger ledger;
    private final long seed;
    private final PhaseTally tally;
    private final OutageLog outages;
    private final BooleanSupplier over;

    /// Makes a client.
    ///
    /// @param over whether the phase has ended: the client then finishes what it has begun
    Client(
            DataSource source,
            Ledger ledger,
            long seed,
            PhaseTally tally,
            OutageLog outages,
            BooleanSupplier over) {
        this.source = source;
        this.ledger = ledger;
        this.seed = seed;
        this.tally = tally;
        this.outages = outages;
        this.over = over;
    }

    /*
     * Every error ends up in the tally: as a time-out, as the death of a connection (which the
     * chaos explains), or as a surprise, which costs a target. A client that can't get a
     * connection for another reason than a time-out gives up rather than ask again at full speed.
     */
    @Override
    public void run() {
        try {
            while (!over.getAsBoolean() && turn()) {}
        } catch (Throwable unexpected) {
            tally.surprise(unexpected);
            if (unexpected instanceof Error error) {
                throw error;
            }
        }
    }

    /// Takes one turn.
    ///
    /// @return whether to go on
    private boolean turn() {
        long asked = System.nanoTime();
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException refused) {
            return afterRefusal(asked, refused);
        }
        long waited = System.nanoTime() - asked;
        try (connection) {
            if (over.getAsBoolean()) {
                return false; // the phase ended while we waited: not a turn
            }
            tally.acquired(waited);
            transfer(connection);
        } catch (SQLException notReleased) {
            if (!PhaseTally.isDeathOfConnection(notReleased)) {
                tally.surprise(notReleased);
            }
        }
        tally.turn(ledger.client());
        return true;
    }

    private void transfer(Connection connection) {
        int sequence = ledger.begin();
        Ending ending = Teller.carryOut(connection, Transfer.of(seed, ledger.client(), sequence));
        ledger.end(sequence, ending.outcome());
        SQLException error = ending.error();
        if (ending.outcome() != Outcome.ACKNOWLEDGED
                && error != null
                && !PhaseTally.isDeathOfConnection(error)) {
            tally.surprise(error);
        }
    }

    private boolean afterRefusal(long asked, SQLException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof PoolAcquireTimeoutException) {
                tally.timedOut(outages.anyDuring(asked, System.nanoTime()));
                return true;
            }
        }
        tally.surprise(refused);
        return false;
    }
}
