package io.patinox.faults;

/// A record of numbers.
///
/// @param key its index
/// @param x a number
/// @param y a number
/// @param price a number
public record Tick(long key, int x, int y, double price) {
    static Tick of(long key) {
        return new Tick(key, (int) key + 1, (int) key + 2, key + 0.5);
    }
}
