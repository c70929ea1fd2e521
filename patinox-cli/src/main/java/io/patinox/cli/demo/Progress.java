package io.patinox.cli.demo;

import io.patinox.cli.terminal.Bar;
import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Terminal;
import io.patinox.memory.monitor.HistogramSnapshot;
import java.util.concurrent.TimeUnit;

/// The live line of a phase: what happened in the last second or two.
///
/// Used by the demo's own thread alone.
final class Progress {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int BAR_MAX = 16;
    private static final int BAR_MIN = 4;

    private final Terminal terminal;
    private final Phase phase;
    private Mark older;
    private Mark newer;

    Progress(Terminal terminal, Phase phase) {
        this.terminal = terminal;
        this.phase = phase;
        this.older = Mark.of(phase, 0);
        this.newer = older;
    }

    /// Returns the line for now.
    String line(int waiting, int inUse) {
        Mark now = Mark.of(phase, Math.max(1, phase.elapsedNanos()));
        String line = render(now, waiting, inUse);
        if (now.nanos - newer.nanos >= WINDOW_NANOS) {
            older = newer;
            newer = now;
        }
        return line;
    }

    private String render(Mark now, int waiting, int inUse) {
        long span = Math.max(1, now.nanos - older.nanos);
        double rate = (now.operations - older.operations) * 1e9 / span;
        HistogramSnapshot recent = now.waits.since(older.waits);
        String p99 = recent.count() == 0 ? "-" : Figures.nanos(recent.p99());
        long length = phase.lengthNanos();
        String text =
                "%4s of %s s  %s ops  %s/s  waiting %s  in use %d  p99 %s"
                        .formatted(
                                Figures.seconds(Math.min(now.nanos, length)),
                                Figures.seconds(length),
                                Figures.count(now.operations),
                                Figures.count(Math.round(rate)),
                                Figures.count(waiting),
                                inUse,
                                p99);
        String name = "  %-6s".formatted(phase.name());
        int room = Math.min(BAR_MAX, terminal.columns() - 1 - name.length() - text.length() - 2);
        if (!terminal.live() || room < BAR_MIN) {
            return name + " " + text;
        }
        return name + " " + Bar.of(terminal, (double) now.nanos / length, room) + " " + text;
    }

    /// Where the phase stood at a moment.
    private record Mark(long nanos, long operations, HistogramSnapshot waits) {

        static Mark of(Phase phase, long nanos) {
            PhaseTally tally = phase.tally();
            return new Mark(nanos, tally.operations(), tally.acquisition());
        }
    }
}
