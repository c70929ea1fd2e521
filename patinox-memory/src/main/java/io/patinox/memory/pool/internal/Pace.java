package io.patinox.memory.pool.internal;

/// How fast the queue moves, and so whether a platform thread that queues now is served sooner than
/// it could fall asleep and wake up again. Guarded by the engine's lock, but for [#tookLong].
final class Pace {
    /*
     * To park a platform thread and to wake it takes some ten microseconds of processor time, and
     * where objects are hardly held at all that is most of what there is to do. Who expects its
     * turn within a small multiple of that gives its processor away by yielding, again and again,
     * for twice the time that it expects to wait, and then parks. It is awake when its turn comes,
     * and nobody has to wake it.
     *
     * The expectation is the number of those before it times the mean time between two services of
     * late. With objects held for long it is long, and everybody parks at once. Not on one
     * processor, and never a virtual thread: to park one costs little, and its carrier is needed.
     *
     * Where other work wants the processors too, yielding is bad: the system gives whole time
     * slices of milliseconds to the others, and the head of a strict queue holds up everybody while
     * it is away. A thread that is woken is treated better. So whoever finds that it was away for
     * long after a yield says so, and nobody yields for a while; for a longer one each time that it
     * happens again.
     */
    private static final long SHORT_NANOS = 150_000;

    /// What one turn can tell at most, so that a pause is forgotten soon.
    private static final long TURN_NANOS_MAX = 400_000;

    private static final int SMOOTHING = 8;

    /// Longer than all threads of the pool together need for a round of yields.
    private static final long LONG_NANOS = 500_000;

    private static final long PAUSE_NANOS_MIN = 50_000_000;
    private static final long PAUSE_NANOS_MAX = 5_000_000_000L;

    private final boolean manyProcessors;
    private long servedAtNanos;
    private long turnNanos = TURN_NANOS_MAX;

    /// How long the newest pause is, 0 if there was none, and when it ends.
    private volatile long pauseNanos;

    private volatile long pauseEndsNanos;

    Pace() {
        this(Runtime.getRuntime().availableProcessors() > 1);
    }

    Pace(boolean manyProcessors) {
        this.manyProcessors = manyProcessors;
    }

    /// Somebody was served.
    void served(long now) {
        long turn = Math.clamp(now - servedAtNanos, 0, TURN_NANOS_MAX);
        servedAtNanos = now;
        turnNanos += (turn - turnNanos) / SMOOTHING;
    }

    /// {@return for how long somebody may yield, before it parks, who has so many before it}
    long yieldNanos(int ahead, long now) {
        long expected = (ahead + 1) * turnNanos;
        boolean soon = manyProcessors && expected <= SHORT_NANOS;
        return soon && (pauseNanos == 0 || pauseEndsNanos - now <= 0) ? 2 * expected : 0;
    }

    /// Notes that a thread is back from a yield, and when it went. Races of several do no harm.
    ///
    /// @return whether it was away for long
    boolean tookLong(long yieldedAt, long now) {
        if (now - yieldedAt < LONG_NANOS) {
            return false;
        }
        long pause = pauseNanos;
        long sinceLast = now - pauseEndsNanos;
        if (pause == 0 || sinceLast >= 0) {
            boolean again = pause > 0 && sinceLast < PAUSE_NANOS_MAX;
            long longer = again ? Math.min(2 * pause, PAUSE_NANOS_MAX) : PAUSE_NANOS_MIN;
            pauseEndsNanos = now + longer;
            pauseNanos = longer;
        }
        return true;
    }
}
