package io.patinox.benchmarks.door;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Shows how far a run is: on a terminal one line that is written over, in a pipe a line whenever
/// the regime changes.
///
/// Confined to the thread that runs the benchmarks.
final class Progress {

    private static final int BAR_WIDTH = 24;
    private static final int LINE_WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private final LongSupplier nanos;
    private final long startNanos;
    private int done;
    private String shownRegime = "";

    /// Creates the display of a run that begins now.
    ///
    /// @param out where to print
    /// @param terminal whether a line can be written over
    /// @param total how many forks there will be
    /// @param nanos a monotonic clock
    Progress(PrintStream out, boolean terminal, int total, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    /// Says what is measured next.
    void starts(String regime, String implementation, int round) {
        String position = "%d/%d".formatted(done, total);
        if (terminal) {
            int filled = BAR_WIDTH * done / Math.max(1, total);
            String bar = "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled);
            String what =
                    "[%s] %s %s%s, %s".formatted(bar, position, left(), regime, implementation);
            out.print("\r" + fitted(what));
            out.flush();
        } else if (!shownRegime.equals(round + regime)) {
            shownRegime = round + regime;
            out.println(position + " " + left() + "round " + (round + 1) + ": " + regime);
        }
    }

    /// Says that what was started has been measured.
    void finished() {
        done++;
    }

    /// Leaves the line as if nothing had been there.
    void close() {
        if (terminal) {
            out.print("\r" + " ".repeat(LINE_WIDTH) + "\r");
            out.flush();
        }
    }

    private String left() {
        if (done == 0) {
            return "";
        }
        long remaining = (nanos.getAsLong() - startNanos) / done * (total - done);
        Duration left = Duration.ofNanos(remaining);
        return "%d:%02d left, ".formatted(left.toMinutes(), left.toSecondsPart());
    }

    private static String fitted(String line) {
        return line.length() > LINE_WIDTH
                ? line.substring(0, LINE_WIDTH)
                : line + " ".repeat(LINE_WIDTH - line.length());
    }
}
