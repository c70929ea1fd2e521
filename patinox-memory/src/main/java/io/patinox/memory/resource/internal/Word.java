package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.Exit;

/// The control word of a resource: its state, and what is small and known when it is acquired.
///
/// | bits | what |
/// |---|---|
/// | 0 to 3 | the state |
/// | 4 and 5 | flags |
/// | 6 to 9 | why it is cleaned up, once it is queued |
/// | 10 to 15 | its stripe |
/// | 16 to 63 | when it was acquired |
///
/// The time is in microseconds of the registry's clock, and wraps after 8.9 years.
final class Word {
    static final int OPEN = 0;
    static final int QUEUED = 1;
    static final int CLAIMED = 2;
    static final int RUNNING = 3;
    static final int HERE = 4;
    static final int CLEANED = 5;
    static final int FAILED = 6;
    static final int ABANDONED = 7;
    static final int DETACHED = 8;

    /// Something must be told of its end: a scope, a limit, what it depends on.
    static final long RELATED = 1L << 4;

    /// It was reported as held for too long.
    static final long OVERDUE = 1L << 5;

    static final int EXIT_CLOSED = 0;
    static final int EXIT_CANCELLED = 1;
    static final int EXIT_LEAKED = 2;
    static final int EXIT_SHUTDOWN = 3;
    static final int EXIT_EVICTED = 4;

    private static final long STATE_MASK = 0xF;
    private static final int EXIT_SHIFT = 6;
    private static final long EXIT_MASK = 0xFL << EXIT_SHIFT;
    private static final int STRIPE_SHIFT = 10;
    private static final long STRIPE_MASK = 0x3FL << STRIPE_SHIFT;
    private static final int MICROS_SHIFT = 16;

    private Word() {}

    static long open(int stripe, long micros, boolean related) {
        return (micros << MICROS_SHIFT)
                | ((long) stripe << STRIPE_SHIFT)
                | (related ? RELATED : 0)
                | OPEN;
    }

    static int state(long word) {
        return (int) (word & STATE_MASK);
    }

    static boolean isFinal(long word) {
        return state(word) >= CLEANED;
    }

    static long with(long word, int state) {
        return (word & ~STATE_MASK) | state;
    }

    static long withExit(long word, int exit) {
        return (word & ~EXIT_MASK) | ((long) exit << EXIT_SHIFT);
    }

    static int stripe(long word) {
        return (int) ((word & STRIPE_MASK) >>> STRIPE_SHIFT);
    }

    static long micros(long word) {
        return word >> MICROS_SHIFT;
    }

    static Exit exit(long word) {
        return switch ((int) ((word & EXIT_MASK) >>> EXIT_SHIFT)) {
            case EXIT_CANCELLED -> Exit.CANCELLED;
            case EXIT_LEAKED -> Exit.LEAKED;
            case EXIT_SHUTDOWN -> Exit.SHUTDOWN;
            case EXIT_EVICTED -> Exit.EVICTED;
            default -> Exit.CLOSED;
        };
    }
}
