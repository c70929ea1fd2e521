package io.patinox.memory.mmap;

/// A small element that the tests of files use: 24 bytes.
///
/// @param id a number
/// @param quantity another
/// @param flags and another
/// @param price and one with a fraction
public record Tick(long id, int quantity, int flags, double price) {
    /// Makes an element whose components all follow from one number.
    static Tick of(long id) {
        return new Tick(id, (int) id * 3, (int) -id, id / 4.0);
    }
}
