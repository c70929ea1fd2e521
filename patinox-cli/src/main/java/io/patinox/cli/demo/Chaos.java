package io.patinox.cli.demo;

import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Style;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Breaks things while the crowd is at work: back ends, the server, and one connection leaked.
final class Chaos implements Runnable {

    private static final double KILL_AT = 0.15;
    private static final double RESTART_AT = 0.4;
    private static final double LEAK_AT = 0.75;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ResourceRegistry registry;
    private final Database database;
    private final DemoPool pool;
    private final Phase crowd;
    private final OutageLog outages;
    private final StopSignal stop;
    private final Screen screen;
    private volatile @Nullable LeakFigures leak;
    private volatile @Nullable Throwable failure;

    Chaos(
            ResourceRegistry registry,
            Database database,
            DemoPool pool,
            Phase crowd,
            OutageLog outages,
            StopSignal stop,
            Screen screen) {
        this.registry = registry;
        this.database = database;
        this.pool = pool;
        this.crowd = crowd;
        this.outages = outages;
        this.stop = stop;
        this.screen = screen;
    }

    /// What became of the leak, or null if it wasn't reached.
    @Nullable LeakFigures leak() {
        return leak;
    }

    /// Why the chaos itself broke off, or null if it didn't.
    @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void run() {
        try {
            if (reached(KILL_AT)) {
                kill((pool.maxSize() + 1) / 2);
            }
            if (reached(RESTART_AT)) {
                if (database.canRestart()) {
                    restart();
                } else {
                    kill(pool.maxSize());
                }
            }
            if (reached(LEAK_AT)) {
                leak = leakOne();
            }
        } catch (IOException | SQLException | RuntimeException broken) {
            failure = broken;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failure = interrupted;
        }
    }

    /// Waits for the moment; false if the phase has ended before: nothing is broken then, since
    /// nobody would see it, and the target isn't reached.
    private boolean reached(double share) throws InterruptedException {
        long moment = (long) (crowd.lengthNanos() * share);
        return !stop.await(Math.max(0, moment - crowd.elapsedNanos())) && !crowd.isOver();
    }

    private void kill(int wanted) throws SQLException, InterruptedException {
        DataSource source = database.connections("patinox-demo-chaos");
        try (AsyncResourceGuard<Connection> guard = Connections.open(registry, source)) {
            Connection admin = guard.get();
            Outage outage = outages.begin("killed " + ends(wanted), true);
            int killed = terminate(admin, wanted);
            say(Style.YELLOW, "pg_terminate_backend: killed " + ends(killed));
            sayEnd(outage);
        }
    }

    private static String ends(int count) {
        return count + (count == 1 ? " back end" : " back ends");
    }

    /// Only the pool's own back ends: they carry this run's name.
    private int terminate(Connection admin, int wanted) throws SQLException {
        String sql =
                """
                SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
                FROM (SELECT pid FROM pg_stat_activity
                       WHERE application_name = ? AND usename = current_user
                         AND datname = current_database()
                       ORDER BY backend_start, pid LIMIT ?) AS ours
                """;
        try (PreparedStatement statement = admin.prepareStatement(sql)) {
            statement.setString(1, pool.applicationName());
            statement.setInt(2, wanted);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /// The outage counts from before the crash; only a connection made after the server was started
    /// again can end it.
    private void restart() throws IOException, InterruptedException {
        Outage outage = outages.begin("crashed and restarted the server", false);
        say(Style.YELLOW, "crashed the server (every back end gone), starting it again");
        try {
            database.crash();
        } finally {
            outage.watch();
            database.startAgain();
        }
        sayEnd(outage);
    }

    private void sayEnd(Outage outage) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (outage.nanos() == null && System.nanoTime() - deadline < 0) {
            if (stop.await(LOOK_NANOS)) {
                return;
            }
        }
        Long nanos = outage.nanos();
        if (nanos == null) {
            say(Style.RED, "no new connection within 10 s");
        } else {
            say(Style.GREEN, "first new connection after " + Figures.nanos(nanos));
        }
    }

    private LeakFigures leakOne() throws InterruptedException {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        Leak.leakOnPurpose(pool.source());
                    } catch (SQLException refused) {
                        failure = refused;
                    }
                })
                .join();
        say(Style.YELLOW, "dropped a connection without closing it");
        long dropped = System.nanoTime();
        MonitorEvent.LeaseLeaked event = pool.leak().await(PATIENCE_NANOS);
        long reported = System.nanoTime();
        if (event == null) {
            say(Style.RED, "the leak was not reported within 10 s");
            return new LeakFigures("", 0, null);
        }
        String place = Leak.place(event.site());
        say(
                Style.GREEN,
                "leak reported after %s: %s".formatted(Figures.nanos(reported - dropped), place));
        while (!pool.isFull() && System.nanoTime() - reported < PATIENCE_NANOS) {
            if (stop.await(LOOK_NANOS)) {
                break;
            }
        }
        if (!pool.isFull()) {
            return new LeakFigures(place, reported - dropped, null);
        }
        say(Style.GREEN, "all " + pool.maxSize() + " connections are there again");
        return new LeakFigures(place, reported - dropped, System.nanoTime() - dropped);
    }

    private void say(Style style, String text) {
        screen.line(
                "  %-6s %5s s  %s"
                        .formatted(
                                crowd.name(),
                                Figures.seconds(crowd.elapsedNanos()),
                                screen.paint(style, text)));
    }
}
