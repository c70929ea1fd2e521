package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.Capacity;

/// What costs more than numbers: a text, and a record within a record. 40 bytes.
///
/// @param symbol a text
/// @param spread a record
/// @param at a number
public record Quote(@Capacity(12) String symbol, Spread spread, long at) {
    static final int BYTES = 40;
    static final int TEXT_AT = 2;
    static final int BID_AT = 16;
    static final int ASK_AT = 24;
    static final int TIME_AT = 32;

    /// A record within a record.
    ///
    /// @param bid a price
    /// @param ask a price
    public record Spread(double bid, double ask) {}

    static Quote of(long index) {
        return new Quote("SYM" + index % 1_000, new Spread(index, index + 0.5), index);
    }
}
