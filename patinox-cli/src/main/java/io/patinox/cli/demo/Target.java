package io.patinox.cli.demo;

/// Something the demo claims, and whether it held.
///
/// @param name what is claimed
/// @param figure what was measured
/// @param verdict whether it held
record Target(String name, String figure, Verdict verdict) {

    /// How a target ended.
    enum Verdict {
        MET,
        MISSED,
        NOT_REACHED
    }

    static Target of(String name, String figure, boolean met) {
        return new Target(name, figure, met ? Verdict.MET : Verdict.MISSED);
    }

    static Target notReached(String name) {
        return new Target(name, "not reached", Verdict.NOT_REACHED);
    }
}
