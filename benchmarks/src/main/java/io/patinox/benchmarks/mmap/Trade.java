package io.patinox.benchmarks.mmap;

/// What stands in the files: 24 bytes.
///
/// @param id eight bytes
/// @param quantity four
/// @param flags four
/// @param price eight
public record Trade(long id, int quantity, int flags, double price) {
    static final int BYTES = 24;
    static final int QUANTITY_AT = 8;
    static final int FLAGS_AT = 12;
    static final int PRICE_AT = 16;

    /// What is written to an element: all of it depends on where and in which round, and all sums
    /// of it are exact.
    static long id(long index, int round) {
        return index + round;
    }

    static int quantity(long index) {
        return (int) index & 1023;
    }

    static int flags(int round) {
        return round & 7;
    }

    static double price(long index) {
        return index * 0.5;
    }

    static Trade of(long index, int round) {
        return new Trade(id(index, round), quantity(index), flags(round), price(index));
    }
}
