package io.patinox.benchmarks.share;

/// What is shared in every measurement: an immutable value of the size of a few settings.
///
/// @param number something to read
/// @param text something else
record Payload(int number, String text) {
    static Payload some() {
        return new Payload(42, "text");
    }
}
