package io.patinox.contract.config;

/// What the tests configure: a file is complete if the first and the last value agree.
public record Settings(int first, String filling, int last) {

    static String text(int number) {
        return "first = "
                + number
                + "\nfilling = "
                + "x".repeat(3_000)
                + "\nlast = "
                + number
                + "\n";
    }

    boolean isWhole() {
        return first == last && filling.length() == 3_000;
    }
}
