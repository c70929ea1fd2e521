package io.patinox.cli.terminal;

/// A progress bar of a fixed width.
public final class Bar {

    private Bar() {}

    /// Draws a bar.
    ///
    /// @param terminal what may be drawn with
    /// @param fraction how much is done, 0 to 1; what lies outside counts as the nearer end
    /// @param width how many columns
    /// @return the bar
    public static String of(Terminal terminal, double fraction, int width) {
        int done = (int) Math.round(Math.clamp(fraction, 0, 1) * width);
        String full = terminal.unicode() ? "█" : "#";
        String empty = terminal.unicode() ? "░" : ".";
        return full.repeat(done) + empty.repeat(width - done);
    }
}
