package io.patinox.memory.internal;

/// Chooses the stripe that a thread writes to.
public final class Stripes {

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    // 2^64 divided by the golden ratio: neighbouring thread ids land on different stripes
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private Stripes() {}

    /// Returns a power of two that is at least `perCpu` stripes a processor, within bounds.
    ///
    /// @param perCpu stripes a processor
    /// @param min the least
    /// @param max the most, if it is a power of two
    /// @return how many stripes to make
    public static int count(int perCpu, int min, int max) {
        int wanted = Math.clamp((long) CPUS * perCpu, min, max);
        int power = Integer.highestOneBit(wanted);
        return power == wanted ? power : power << 1;
    }

    /// Returns the calling thread's stripe among `count`, a power of two.
    ///
    /// It is computed from the thread's id and kept nowhere, so a million virtual threads leave
    /// nothing behind.
    static int current(int count) {
        return of(Thread.currentThread().threadId(), count);
    }

    /// Returns the stripe of a thread among `count`, a power of two.
    ///
    /// @param threadId the thread's id
    /// @param count how many stripes there are
    /// @return the stripe, from 0
    public static int of(long threadId, int count) {
        return (int) ((threadId * MIX) >>> 40) & (count - 1);
    }
}
