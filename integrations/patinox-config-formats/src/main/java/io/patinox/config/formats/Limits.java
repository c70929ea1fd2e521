package io.patinox.config.formats;

import io.patinox.memory.config.Origin;
import io.patinox.memory.error.ConfigSyntaxException;

/// What no configuration needs more of. Beyond it is a mistake or an attack.
final class Limits {

    /// Levels of tables and sequences: few enough for every recursion.
    static final int DEPTH = 64;

    /// Digits of a number.
    static final int DIGITS = 1_000;

    /// Nodes that come from aliases, each counted where it is used.
    static final int ALIASED = 100_000;

    private Limits() {}

    static void depth(int depth, Origin origin) {
        if (depth > DEPTH) {
            throw failure(origin, "is nested deeper than " + DEPTH + " levels");
        }
    }

    static void digits(String number, Origin origin) {
        if (number.length() > DIGITS) {
            throw failure(origin, "is a number of more than " + DIGITS + " digits");
        }
    }

    static ConfigSyntaxException failure(Origin origin, String detail) {
        return new ConfigSyntaxException(origin.source(), origin.line(), origin.column(), detail);
    }

    static ConfigSyntaxException twice(String key, Origin first, Origin second) {
        return failure(second, "the key '" + key + "' was given before, at " + first);
    }
}
