package io.patinox.cli.demo;

import io.patinox.cli.demo.bank.Audit;
import io.patinox.cli.demo.bank.AuditResult;
import io.patinox.cli.demo.bank.BankLoad;
import io.patinox.cli.demo.bank.BankSchema;
import io.patinox.cli.demo.bank.Ledger;
import io.patinox.cli.demo.postgres.UnsupportedPlatformException;
import io.patinox.cli.terminal.Bar;
import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Style;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The demo, stage by stage. Whatever happens, what was opened is closed and the report is printed.
final class Demo {

    static final int INTERRUPTED = 130;

    private static final long REFRESH_LIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long REFRESH_PLAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FILL_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long AUDIT_STOPPED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int BAR_WIDTH = 30;

    private final DemoOptions options;
    private final Screen screen;
    private final StopSignal stop;
    private final Findings findings;
    private final OutageLog outages = new OutageLog();
    private final List<Ledger> ledgers;
    private final long seed = ThreadLocalRandom.current().nextLong();

    Demo(DemoOptions options, Screen screen, StopSignal stop) {
        this.options = options;
        this.screen = screen;
        this.stop = stop;
        this.findings = new Findings(options);
        this.ledgers = IntStream.range(0, options.clients()).mapToObj(Ledger::new).toList();
    }

    /// Runs all stages.
    ///
    /// @return the exit code
    /// @throws BadInputException if what the user gave can't be used
    int run() {
        screen.line(
                screen.paint(Style.BOLD, "Patinox demo")
                        + ": %s clients share %d connections for %d s%s"
                                .formatted(
                                        Figures.count(options.clients()),
                                        options.poolSize(),
                                        options.duration().toSeconds(),
                                        options.chaos() ? ", and things go wrong" : ""));
        screen.line("");
        ResourceRegistry registry = ResourceRegistry.builder("demo").build();
        try (registry) {
            stages(registry);
        } catch (InterruptedException told) {
            findings.interrupted();
        } catch (UnsupportedPlatformException none) {
            throw new BadInputException(String.valueOf(none.getMessage()));
        } catch (BadInputException bad) {
            throw bad;
        } catch (IOException | SQLException | RuntimeException broken) {
            findings.trouble(reason(broken));
        }
        findings.balance(registry.balance());
        return report();
    }

    private void stages(ResourceRegistry registry)
            throws IOException, SQLException, InterruptedException {
        stop.check();
        long began = System.nanoTime();
        screen.live(stage("database", "starting"));
        try (Database database = open(registry)) {
            findings.database(database.title());
            done("database", database.title(), began);
            load(registry, database);
            work(registry, database);
            audit(registry, database);
        }
        stop.check();
    }

    private Database open(ResourceRegistry registry)
            throws IOException, SQLException, InterruptedException {
        DemoOptions.OwnDatabaseOptions own = options.database();
        return own == null
                ? EmbeddedDatabase.open(registry, options.poolSize(), stop)
                : OwnDatabase.open(registry, own, options.poolSize());
    }

    private void load(ResourceRegistry registry, Database database)
            throws SQLException, InterruptedException {
        long began = System.nanoTime();
        try (AsyncResourceGuard<Connection> guard =
                Connections.open(registry, database.connections("patinox-demo-load"))) {
            boolean complete =
                    new BankLoad(guard.get(), stop::isRequested).run(rows -> loaded(rows, began));
            if (!complete) {
                stop.check();
            }
        }
        done(
                "load",
                "%s accounts, %s tellers, %d branches by COPY"
                        .formatted(
                                Figures.count(BankSchema.ACCOUNTS),
                                Figures.count(BankSchema.TELLERS),
                                BankSchema.BRANCHES),
                began);
    }

    /// A pipe gets a bar only if loading takes long.
    private void loaded(int rows, long beganNanos) {
        if (screen.terminal().live() || System.nanoTime() - beganNanos > REFRESH_PLAIN_NANOS) {
            String bar =
                    "%s  %s of %s accounts"
                            .formatted(
                                    Bar.of(
                                            screen.terminal(),
                                            (double) rows / BankSchema.ACCOUNTS,
                                            BAR_WIDTH),
                                    Figures.count(rows),
                                    Figures.count(BankSchema.ACCOUNTS));
            screen.live(stage("load", bar));
        }
    }

    /// Both phases; when told to stop, what is left of them ends early.
    private void work(ResourceRegistry registry, Database database)
            throws SQLException, InterruptedException {
        long began = System.nanoTime();
        DemoPool pool = DemoPool.open(registry, database, options.poolSize(), outages);
        try (pool) {
            while (!pool.isFull()) {
                if (stop.await(LOOK_NANOS)) {
                    return;
                }
                if (System.nanoTime() - began > FILL_NANOS) {
                    throw new SQLException(
                            "the pool did not open its %d connections within 20 s"
                                    .formatted(options.poolSize()));
                }
            }
            done("pool", options.poolSize() + " connections open", began);
            long runUp = options.runUpNanos();
            drive(new Phase("run-up", options.poolSize(), runUp, stop), pool, null);
            if (stop.isRequested()) {
                return;
            }
            var warm = new Phase("warm", options.poolSize(), options.warmNanos() - runUp, stop);
            drive(warm, pool, null);
            findings.warm(PhaseFigures.of(warm));
            if (stop.isRequested()) {
                return;
            }
            var crowd = new Phase("crowd", options.clients(), options.crowdNanos(), stop);
            drive(crowd, pool, chaos(registry, database, pool, crowd));
            findings.crowd(PhaseFigures.of(crowd));
        } finally {
            findings.pool(pool.figures());
        }
    }

    private @Nullable Chaos chaos(
            ResourceRegistry registry, Database database, DemoPool pool, Phase crowd) {
        if (!options.chaos()) {
            return null;
        }
        var chaos = new Chaos(registry, database, pool, crowd, outages, stop, screen);
        findings.outages(outages);
        findings.chaos(chaos);
        return chaos;
    }

    private void drive(Phase phase, DemoPool pool, @Nullable Chaos chaos)
            throws SQLException, InterruptedException {
        long began = System.nanoTime();
        var progress = new Progress(screen.terminal(), phase);
        if (phase.clients() > pool.maxSize()) {
            phase.startTogether(pool, ledgers, seed, outages);
        } else {
            phase.start(pool.source(), ledgers, seed, outages);
        }
        Thread trouble =
                chaos == null ? null : Thread.ofVirtual().name("patinox-demo-chaos").start(chaos);
        long refresh = screen.terminal().live() ? REFRESH_LIVE_NANOS : REFRESH_PLAIN_NANOS;
        while (!phase.awaitEnd(refresh)) {
            screen.live(progress.line(pool.waiting(), pool.inUse()));
        }
        if (trouble != null) {
            trouble.join();
        }
        done(
                phase.name(),
                "%s clients, %s operations"
                        .formatted(
                                Figures.count(phase.clients()),
                                Figures.count(phase.tally().operations())),
                began);
    }

    /// Also after a request to stop: the money of what was done so far is checked, but not for
    /// long.
    private void audit(ResourceRegistry registry, Database database)
            throws SQLException, InterruptedException {
        long began = System.nanoTime();
        screen.live(stage("audit", "comparing the database with the ledgers"));
        try (AsyncResourceGuard<Connection> guard =
                Connections.open(registry, database.connections("patinox-demo-audit"))) {
            Connection connection = guard.get();
            var audit = new FutureTask<>(() -> new Audit(connection, seed, ledgers).run());
            Thread.ofVirtual().name("patinox-demo-audit").start(audit);
            AuditResult result = await(audit);
            if (result == null) {
                connection.abort(Runnable::run);
                return;
            }
            findings.audit(result);
            done(
                    "audit",
                    "%s transfers against %s ledgers"
                            .formatted(Figures.count(result.rows()), Figures.count(ledgers.size())),
                    began);
        }
    }

    private @Nullable AuditResult await(FutureTask<AuditResult> audit)
            throws SQLException, InterruptedException {
        long stopped = 0;
        while (stopped < AUDIT_STOPPED_NANOS) {
            try {
                return audit.get(REFRESH_LIVE_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                stopped += stop.isRequested() ? REFRESH_LIVE_NANOS : 0;
            } catch (ExecutionException failed) {
                throw new SQLException("the audit failed: " + failed.getCause(), failed);
            }
        }
        return null;
    }

    private int report() {
        screen.endLive();
        Report report = findings.report();
        ReportText.lines(report, screen).forEach(screen::line);
        int code = findings.isInterrupted() ? INTERRUPTED : report.allMet() ? 0 : 1;
        Path json = options.json();
        if (json != null) {
            try {
                ReportJson.write(report, json);
            } catch (IOException full) {
                screen.line(screen.paint(Style.RED, "The report could not be written: " + full));
                return Math.max(1, code);
            }
        }
        return code;
    }

    private void done(String name, String what, long beganNanos) {
        screen.endLive();
        screen.line(
                "  %-9s %-58s %6s s"
                        .formatted(name, what, Figures.seconds(System.nanoTime() - beganNanos)));
    }

    /// One line: of wrapped failures the innermost, without the database's position marks.
    private static String reason(Throwable broken) {
        Throwable cause = broken;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return cause.getClass().getSimpleName() + ": " + text;
    }

    private static String stage(String name, String what) {
        return "  %-9s %s".formatted(name, what);
    }
}
