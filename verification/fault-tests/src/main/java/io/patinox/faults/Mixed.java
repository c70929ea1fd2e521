package io.patinox.faults;

/// A record of what is narrower than a register.
///
/// @param small a number
/// @param letter a character
/// @param number a number
/// @param tier one of some
/// @param flag yes or no
/// @param wide so that there are enough bytes
public record Mixed(byte small, char letter, short number, Tier tier, boolean flag, double wide) {
    static Mixed of(long key) {
        Tier[] tiers = Tier.values();
        return new Mixed(
                (byte) key,
                (char) key,
                (short) -key,
                tiers[(int) (key % tiers.length)],
                key % 2 == 0,
                key);
    }
}
