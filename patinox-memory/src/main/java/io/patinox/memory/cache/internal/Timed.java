package io.patinox.memory.cache.internal;

import org.jspecify.annotations.Nullable;

/// What a [TimerWheel] waits for: it has a deadline, and the links of the list it stands in.
///
/// The links belong to the wheel and are null outside of it. *Threads.* For use under the lock that
/// guards the wheel; the deadline may be moved later at any time.
interface Timed {

    /// Returns when it is due, by the clock that the wheel is advanced with.
    ///
    /// @return nanoseconds
    long deadlineNanos();

    /// Returns its neighbour towards the front of the list.
    ///
    /// @return the neighbour, or null if it is in no wheel
    @Nullable Timed timerBefore();

    /// Sets its neighbour towards the front.
    ///
    /// @param before the neighbour, or null
    void timerBefore(@Nullable Timed before);

    /// Returns its neighbour towards the end of the list.
    ///
    /// @return the neighbour, or null if it is in no wheel
    @Nullable Timed timerAfter();

    /// Sets its neighbour towards the end.
    ///
    /// @param after the neighbour, or null
    void timerAfter(@Nullable Timed after);
}
