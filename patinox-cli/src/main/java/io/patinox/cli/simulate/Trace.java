package io.patinox.cli.simulate;

/// A sequence of requests. The array is shared by those who replay it, and nobody changes it.
final class Trace {

    private final String name;
    private final int[] keys;
    private final int distinct;

    /// @param name what to call it
    /// @param keys the keys, numbered from 0 in the order in which they first come
    /// @param distinct how many different keys there are
    Trace(String name, int[] keys, int distinct) {
        this.name = name;
        this.keys = keys;
        this.distinct = distinct;
    }

    String name() {
        return name;
    }

    int[] keys() {
        return keys;
    }

    int distinct() {
        return distinct;
    }
}
