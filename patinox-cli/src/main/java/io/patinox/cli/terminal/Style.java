package io.patinox.cli.terminal;

/// How a piece of text looks on a terminal that has colours.
public enum Style {
    /// A heading.
    BOLD("1"),
    /// Of less importance.
    FAINT("2"),
    /// Good.
    GREEN("32"),
    /// Bad.
    RED("31"),
    /// Something is going on.
    YELLOW("33");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String apply(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
