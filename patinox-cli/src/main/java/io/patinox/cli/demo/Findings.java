package io.patinox.cli.demo;

import io.patinox.cli.demo.Report.OutageFigures;
import io.patinox.cli.demo.bank.AuditResult;
import io.patinox.memory.resource.ResourceBalance;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a run so far; every stage adds its part. Used by the demo's own thread alone.
final class Findings {

    private final DemoOptions options;
    private final LocalDateTime began = LocalDateTime.now(ZoneId.systemDefault());
    private @Nullable String database;
    private @Nullable PhaseFigures warm;
    private @Nullable PhaseFigures crowd;
    private @Nullable OutageLog outages;
    private @Nullable Chaos chaos;
    private @Nullable PoolFigures pool;
    private @Nullable AuditResult audit;
    private @Nullable ResourceBalance balance;
    private @Nullable String trouble;
    private boolean interrupted;

    Findings(DemoOptions options) {
        this.options = options;
    }

    DemoOptions options() {
        return options;
    }

    void database(String title) {
        database = title;
    }

    void warm(PhaseFigures figures) {
        warm = figures;
    }

    void crowd(PhaseFigures figures) {
        crowd = figures;
    }

    @Nullable PhaseFigures warm() {
        return warm;
    }

    @Nullable PhaseFigures crowd() {
        return crowd;
    }

    void outages(OutageLog log) {
        outages = log;
    }

    @Nullable List<OutageFigures> outages() {
        OutageLog log = outages;
        return log == null
                ? null
                : log.outages().stream()
                        .map(outage -> new OutageFigures(outage.cause(), outage.nanos()))
                        .toList();
    }

    void chaos(Chaos maker) {
        chaos = maker;
    }

    @Nullable LeakFigures leak() {
        Chaos maker = chaos;
        return maker == null ? null : maker.leak();
    }

    @Nullable Throwable chaosFailure() {
        Chaos maker = chaos;
        return maker == null ? null : maker.failure();
    }

    void pool(PoolFigures figures) {
        pool = figures;
    }

    @Nullable PoolFigures pool() {
        return pool;
    }

    void audit(AuditResult result) {
        audit = result;
    }

    @Nullable AuditResult audit() {
        return audit;
    }

    void balance(ResourceBalance found) {
        balance = found;
    }

    @Nullable ResourceBalance balance() {
        return balance;
    }

    void interrupted() {
        interrupted = true;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /// Notes why the run can't go on; the first reason stays.
    void trouble(String reason) {
        if (trouble == null) {
            trouble = reason;
        }
    }

    Report report() {
        var run =
                new Report.Run(
                        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").format(began),
                        Runtime.version().toString(),
                        Runtime.getRuntime().availableProcessors(),
                        database,
                        options.clients(),
                        options.poolSize(),
                        options.duration().toSeconds(),
                        options.chaos(),
                        interrupted,
                        trouble);
        return new Report(
                run, warm, crowd, outages(), leak(), pool, audit, balance, Targets.judge(this));
    }
}
