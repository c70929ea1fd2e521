package io.patinox.cli.demo;

import io.patinox.cli.demo.PhaseFigures.Waits;
import io.patinox.cli.demo.Report.OutageFigures;
import io.patinox.cli.demo.bank.AuditResult;
import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Style;
import io.patinox.cli.terminal.Table;
import io.patinox.memory.resource.ResourceBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The report as people read it, at most 80 columns wide.
final class ReportText {

    private static final int WIDTH = 79;
    private static final int KEY = 12;

    private final Report report;
    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    private ReportText(Report report, Screen screen) {
        this.report = report;
        this.screen = screen;
    }

    static List<String> lines(Report report, Screen screen) {
        var text = new ReportText(report, screen);
        text.head();
        text.phases();
        text.turns();
        text.outages();
        text.leak();
        text.connections();
        text.resources();
        text.money();
        text.targets();
        text.conclusion();
        return List.copyOf(text.lines);
    }

    private void head() {
        String title = report.run().interrupted() ? "Report so far " : "Report ";
        String rule = screen.terminal().unicode() ? "─" : "-";
        lines.add("");
        lines.add(screen.paint(Style.BOLD, title + rule.repeat(WIDTH - title.length())));
        Report.Run run = report.run();
        String database = run.database();
        lines.add(
                "%s, Java %s, %d cpus%s"
                        .formatted(
                                run.date(),
                                run.jdk(),
                                run.cpus(),
                                database == null ? "" : ", " + database));
        lines.add("");
    }

    private void phases() {
        List<PhaseFigures> phases =
                Stream.of(report.warm(), report.crowd()).flatMap(Stream::ofNullable).toList();
        if (phases.isEmpty()) {
            return;
        }
        var table =
                new Table(
                        "phase",
                        "clients",
                        "operations",
                        "per s",
                        "p50",
                        "p95",
                        "p99",
                        "p99.9",
                        "max");
        for (PhaseFigures phase : phases) {
            Waits waits = phase.acquisition();
            table.row(
                    phase.name(),
                    Figures.count(phase.clients()),
                    Figures.count(phase.operations()),
                    Figures.count(
                            Math.round(phase.operations() * 1e9 / Math.max(1, phase.nanos()))),
                    Figures.nanos(waits.p50Nanos()),
                    Figures.nanos(waits.p95Nanos()),
                    Figures.nanos(waits.p99Nanos()),
                    Figures.nanos(waits.p999Nanos()),
                    Figures.nanos(waits.maxNanos()));
        }
        List<String> rows = table.lines();
        lines.add(screen.paint(Style.FAINT, rows.getFirst()));
        lines.addAll(rows.subList(1, rows.size()));
        lines.add(
                screen.paint(
                        Style.FAINT, "p50 to max: how long a client waited for its connection"));
        lines.add("");
        for (PhaseFigures phase : phases) {
            String surprise = phase.firstSurprise();
            if (surprise != null) {
                pair(
                        "errors",
                        "%s: %d, first: %s".formatted(phase.name(), phase.surprises(), surprise));
            }
        }
    }

    private void turns() {
        PhaseFigures crowd = report.crowd();
        if (crowd == null) {
            return;
        }
        PoolFigures pool = report.connections();
        pair(
                "fairness",
                "%s to %s operations a client%s"
                        .formatted(
                                Figures.count(crowd.turns().fewest()),
                                Figures.count(crowd.turns().most()),
                                pool == null
                                        ? ""
                                        : ", overtakings " + Figures.count(pool.overtakings())));
        pair(
                "timed out",
                "%s in outages, %s otherwise"
                        .formatted(
                                Figures.count(crowd.timeouts().duringOutages()),
                                Figures.count(crowd.timeouts().otherwise())));
    }

    private void outages() {
        List<OutageFigures> outages = report.outages();
        if (outages == null) {
            return;
        }
        String key = "outages";
        for (OutageFigures outage : outages) {
            Long nanos = outage.nanos();
            pair(
                    key,
                    "%s: new connection %s"
                            .formatted(
                                    outage.cause(),
                                    nanos == null ? none() : "after " + Figures.nanos(nanos)));
            key = "";
        }
    }

    private String none() {
        return report.run().interrupted() ? "not seen before the end" : "never";
    }

    private void leak() {
        LeakFigures leak = report.leak();
        if (leak == null) {
            return;
        }
        if (!leak.isReported()) {
            pair("leak", "one connection dropped, and not reported");
            return;
        }
        Long recovered = leak.recoveredNanos();
        pair("leak", "taken at " + leak.place());
        pair(
                "",
                "reported after %s, %s"
                        .formatted(
                                Figures.nanos(leak.reportedNanos()),
                                recovered == null
                                        ? "never replaced"
                                        : "pool complete again after " + Figures.nanos(recovered)));
    }

    private void connections() {
        PoolFigures pool = report.connections();
        if (pool == null) {
            return;
        }
        Map<String, Long> retired = pool.retired();
        String reasons =
                retired.entrySet().stream()
                        .map(reason -> reason.getKey() + " " + Figures.count(reason.getValue()))
                        .collect(Collectors.joining(", "));
        long total = retired.values().stream().mapToLong(Long::longValue).sum();
        pair(
                "connections",
                "created %s (%s attempts failed)"
                        .formatted(
                                Figures.count(pool.created()),
                                Figures.count(pool.createFailures())));
        pair(
                "",
                "retired %s%s"
                        .formatted(Figures.count(total), reasons.isEmpty() ? "" : ": " + reasons));
        pair("pool size", pool.size());
    }

    private void resources() {
        ResourceBalance balance = report.resources();
        if (balance == null) {
            return;
        }
        String acquired = "acquired " + Figures.count(balance.acquired());
        pair(
                "resources",
                "%s = cleaned %s + failed %s + abandoned %s"
                        .formatted(
                                acquired,
                                Figures.count(balance.cleaned()),
                                Figures.count(balance.failed()),
                                Figures.count(balance.abandoned())));
        pair(
                "",
                "%s + detached %s + open %s"
                        .formatted(
                                " ".repeat(acquired.length()),
                                Figures.count(balance.detached()),
                                Figures.count(balance.open())));
    }

    private void money() {
        AuditResult audit = report.audit();
        if (audit == null) {
            return;
        }
        pair(
                "transfers",
                "acknowledged %s, in doubt %s (%s of them done), failed %s"
                        .formatted(
                                Figures.count(audit.acknowledged()),
                                Figures.count(audit.inDoubt()),
                                Figures.count(audit.inDoubtDone()),
                                Figures.count(audit.failed())));
        pair(
                "audit",
                "%s lines of history, %s contradictions"
                        .formatted(Figures.count(audit.rows()), Figures.count(audit.violations())));
        audit.examples().forEach(example -> pair("", screen.paint(Style.RED, example)));
    }

    private void targets() {
        lines.add("");
        lines.add(screen.paint(Style.BOLD, "Targets"));
        int verdicts = width(report.targets().stream().map(ReportText::verdict));
        int names = width(report.targets().stream().map(Target::name));
        for (Target target : report.targets()) {
            Style style =
                    switch (target.verdict()) {
                        case MET -> Style.GREEN;
                        case MISSED -> Style.RED;
                        case NOT_REACHED -> Style.YELLOW;
                    };
            String figure = target.verdict() == Target.Verdict.NOT_REACHED ? "" : target.figure();
            lines.add(
                    "  "
                            + screen.paint(style, pad(verdict(target), verdicts))
                            + "  "
                            + (pad(target.name(), names) + "  " + figure).stripTrailing());
        }
        lines.add("");
    }

    private static String verdict(Target target) {
        return target.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static int width(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private void conclusion() {
        long all = report.targets().size();
        long met = count(Target.Verdict.MET);
        long missed = count(Target.Verdict.MISSED);
        String trouble = report.run().trouble();
        if (trouble != null) {
            lines.add(screen.paint(Style.RED, "The demo could not go on: " + trouble));
        }
        if (report.run().interrupted()) {
            lines.add(
                    screen.paint(
                            Style.YELLOW,
                            "Ended on request; everything the demo had opened is closed."));
        } else if (met == all && trouble == null) {
            lines.add(screen.paint(Style.GREEN, "All %d targets met.".formatted(all)));
        } else {
            lines.add(
                    screen.paint(
                            Style.RED,
                            "%d of %d targets met, %d missed, %d not reached."
                                    .formatted(met, all, missed, all - met - missed)));
        }
    }

    private long count(Target.Verdict verdict) {
        return report.targets().stream().filter(target -> target.verdict() == verdict).count();
    }

    private void pair(String key, String value) {
        lines.add(pad(key, KEY) + " " + value);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
