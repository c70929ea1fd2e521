package io.patinox.memory.cache.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A list of a [TimerWheel]: a ring of what is timed, closed by this object itself, so that a
/// member can be taken out without knowing in which list it is.
@SuppressWarnings("ReferenceEquality") // members are identities
final class TimerList implements Timed {

    private Timed before = this;
    private Timed after = this;

    boolean isEmpty() {
        return after == this;
    }

    /// Returns the first member, or null.
    @Nullable Timed first() {
        return after == this ? null : after;
    }

    void addLast(Timed member) {
        Timed last = before;
        member.timerBefore(last);
        member.timerAfter(this);
        last.timerAfter(member);
        before = member;
    }

    /// Takes a member out of the list it is in, whichever that is.
    static void unlink(Timed member) {
        Timed before = Objects.requireNonNull(member.timerBefore());
        Timed after = Objects.requireNonNull(member.timerAfter());
        before.timerAfter(after);
        after.timerBefore(before);
        member.timerBefore(null);
        member.timerAfter(null);
    }

    /// Moves all members to the end of another list, in constant time.
    void moveAllTo(TimerList other) {
        if (isEmpty()) {
            return;
        }
        Timed theirLast = other.before;
        theirLast.timerAfter(after);
        after.timerBefore(theirLast);
        before.timerAfter(other);
        other.before = before;
        before = this;
        after = this;
    }

    @Override
    public long deadlineNanos() {
        throw new AssertionError("the ring itself is never due");
    }

    @Override
    public Timed timerBefore() {
        return before;
    }

    @Override
    public void timerBefore(@Nullable Timed before) {
        this.before = Objects.requireNonNull(before);
    }

    @Override
    public Timed timerAfter() {
        return after;
    }

    @Override
    public void timerAfter(@Nullable Timed after) {
        this.after = Objects.requireNonNull(after);
    }
}
