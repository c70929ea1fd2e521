package io.patinox.benchmarks.door;

/// What a run says about a bar.
public enum Verdict {
    /// Every fork pair is on the right side of the bound.
    MET("met"),
    /// Every fork pair is on the wrong side, or a guarantee was broken once.
    MISSED("missed"),
    /// The bound lies between the fork pairs, or too few were measured to tell.
    UNDECIDED("undecided");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /// Returns the word that the tables print.
    ///
    /// @return the word
    public String word() {
        return word;
    }
}
