package io.patinox.memory.cache.internal.policy;

/// A clock that is driven by the coming of new entries: while as many come as there is room for, it
/// makes 64 steps. Ages of entries are differences of its times.
///
/// Misses are the time that counts for a policy, because only they make it choose. Not thread-safe.
final class Turnovers {

    /*
     * A time has 10 bits, so it comes round after 16 turnovers. What is older looks younger than
     * it is. That delays an eviction a little, and happens only to entries that nothing has
     * competed with for so long.
     */

    /// How many bits a time has.
    static final int BITS = 10;

    private static final int MASK = (1 << BITS) - 1;
    private static final int STEPS = 64;

    private int now;
    private long arrivals;
    private long room = STEPS;
    private long step = 1;

    /// Counts an arrival.
    void tick() {
        if (++arrivals >= step) {
            arrivals = 0;
            now = (now + 1) & MASK;
        }
    }

    /// Notes for how many entries there is room.
    void room(long entries) {
        room = Math.max(1, entries);
        step = Math.max(1, room / STEPS);
    }

    /// {@return the time}
    int now() {
        return now;
    }

    /// {@return how long ago a time was}
    int age(int time) {
        return (now - time) & MASK;
    }

    /// {@return the share of a turnover that is one step's, inverted: how many steps it has}
    int steps() {
        return (int) Math.min(MASK, room / step);
    }
}
