package io.patinox.cli.demo;

import io.patinox.cli.demo.bank.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// A number of clients at work for a time, each on a virtual thread of its own.
final class Phase {

    private static final long GATHER_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(45);
    private static final long GRACE_STOPPED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final int clients;
    private final long lengthNanos;
    private final PhaseTally tally;
    private final StopSignal stop;
    private final CountDownLatch ended;
    private final List<Thread> threads = new ArrayList<>();
    private volatile long beganNanos;
    private volatile long tookNanos;
    private volatile long stopSeenNanos;

    Phase(String name, int clients, long lengthNanos, StopSignal stop) {
        this.name = name;
        this.clients = clients;
        this.lengthNanos = lengthNanos;
        this.stop = stop;
        this.tally = new PhaseTally(clients);
        this.ended = new CountDownLatch(clients);
    }

    String name() {
        return name;
    }

    int clients() {
        return clients;
    }

    PhaseTally tally() {
        return tally;
    }

    long lengthNanos() {
        return lengthNanos;
    }

    long elapsedNanos() {
        return System.nanoTime() - beganNanos;
    }

    /// How long the clients worked, once the phase has ended.
    long tookNanos() {
        return tookNanos;
    }

    /// Clients that had not ended when the phase gave them up.
    long stuck() {
        return ended.getCount();
    }

    /// The common end: who waits or works then finishes, and nobody begins again. In a queue that
    /// serves in order all have then had the same number of turns, give or take the round that is
    /// under way.
    boolean isOver() {
        return elapsedNanos() >= lengthNanos || stop.isRequested();
    }

    /// Lets the clients go to work at once.
    void start(DataSource source, List<Ledger> ledgers, long seed, OutageLog outages) {
        beganNanos = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            var client = new Client(source, ledgers.get(i), seed, tally, outages, this::isOver);
            threads.add(
                    Thread.ofVirtual()
                            .name(name + "-client-" + i)
                            .start(() -> {
                                try {
                                    client.run();
                                } finally {
                                    ended.countDown();
                                }
                            }));
        }
    }

    /// Lets the clients queue up first: all connections are held until everybody waits. Otherwise
    /// the first clients would have had several turns before the last one has started.
    void startTogether(DemoPool pool, List<Ledger> ledgers, long seed, OutageLog outages)
            throws SQLException, InterruptedException {
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < pool.maxSize(); i++) {
                held.add(pool.source().getConnection());
            }
            start(pool.source(), ledgers, seed, outages);
            while (pool.waiting() < clients && ended.getCount() == clients) {
                if (stop.await(GATHER_LOOK_NANOS)) {
                    break;
                }
            }
            beganNanos = System.nanoTime();
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
        }
    }

    /// Waits a while, or until all clients have ended.
    ///
    /// @return whether all have ended, or were given up
    boolean awaitEnd(long nanos) throws InterruptedException {
        if (!ended.await(nanos, TimeUnit.NANOSECONDS) && !isGivenUp()) {
            return false;
        }
        if (ended.getCount() > 0) {
            threads.forEach(Thread::interrupt);
            ended.await(GRACE_STOPPED_NANOS, TimeUnit.NANOSECONDS);
        }
        tookNanos = Math.min(elapsedNanos(), lengthNanos);
        return true;
    }

    /// A client may be waiting for a connection during an outage; that has its own time-out.
    private boolean isGivenUp() {
        return elapsedNanos() - lengthNanos > GRACE_NANOS
                || (stop.isRequested() && stoppedFor() > GRACE_STOPPED_NANOS);
    }

    private long stoppedFor() {
        long now = System.nanoTime();
        if (stopSeenNanos == 0) {
            stopSeenNanos = now;
        }
        return now - stopSeenNanos;
    }
}
