package io.patinox.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.locks.ReentrantLock;

/// The output of a command: lines that stay, and one line that is overwritten.
///
/// Safe for use by several threads. On a terminal the live line is written over in place, in one
/// write, so that it doesn't flicker; lines that stay scroll above it. Elsewhere a live line is a
/// line like any other: the caller then asks for fewer of them.
public final class Screen {

    private static final String ERASE_TO_END = "\u001b[K";

    private final PrintWriter out;
    private final Terminal terminal;
    private final ReentrantLock lock = new ReentrantLock();
    private String live = "";

    /// Makes a screen.
    ///
    /// @param out where to write
    /// @param terminal what it can do
    public Screen(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// Returns what the output can do.
    public Terminal terminal() {
        return terminal;
    }

    /// Prints a line that stays.
    ///
    /// @param text the line, or several of them
    public void line(String text) {
        lock.lock();
        try {
            if (live.isEmpty()) {
                out.print(text + "\n");
            } else {
                out.print("\r" + ERASE_TO_END + text + "\n" + live);
            }
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /// Replaces the live line; in a pipe, prints a line.
    ///
    /// @param text the new text, cut to the width of the terminal
    public void live(String text) {
        if (!terminal.live()) {
            line(text);
            return;
        }
        lock.lock();
        try {
            live = cut(text);
            out.print("\r" + live + ERASE_TO_END);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /// Takes the live line away.
    public void endLive() {
        lock.lock();
        try {
            if (!live.isEmpty()) {
                live = "";
                out.print("\r" + ERASE_TO_END);
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Returns the text in a style, or as it is where there are no colours.
    ///
    /// @param style how it should look
    /// @param text what to show
    /// @return the text to print
    public String paint(Style style, String text) {
        return terminal.colours() ? style.apply(text) : text;
    }

    /// A line that reaches the last column would wrap on some terminals, so one column stays free.
    private String cut(String text) {
        int room = terminal.columns() - 1;
        return text.length() <= room ? text : text.substring(0, room);
    }
}
