package io.patinox.cli.simulate;

/// Something that keeps some of the keys of a trace. Stateless, and safe for use by many threads.
interface Contender {

    /// Returns what it is called in tables.
    String name();

    /// Replays a trace, beginning with an empty cache.
    ///
    /// @param trace the trace
    /// @param size how many entries there may be, at least 1
    /// @return how many requests found their key there
    long hits(Trace trace, int size);
}
