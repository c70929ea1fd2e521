package io.patinox.memory.pool.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Code of the connection manager that runs on a virtual thread of its own, with a time limit.
///
/// It ends once: `DONE` when the code ends in time, `OVERDUE` when the keeper finds that it didn't.
/// An overdue task is interrupted and left to itself; what it still brings is disposed of.
abstract class WatchedTask implements Runnable {
    private enum State {
        RUNNING,
        DONE,
        OVERDUE
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final long deadlineNanos;
    private volatile @Nullable Thread runner;

    WatchedTask(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /// Has the keeper watch the task, and starts it. Never throws.
    final void start(Keeper keeper, String name) {
        try {
            Thread thread = Thread.ofVirtual().name(name).unstarted(this);
            runner = thread;
            keeper.watch(this);
            thread.start();
        } catch (Throwable noThread) {
            // Most likely there is no memory for one. The task has then failed, and is not lost.
            if (finish()) {
                notStarted(noThread);
            }
        }
    }

    /// Abandons the task if its time is over.
    ///
    /// @return whether it has ended, one way or the other
    final boolean endIfOver(long now) {
        if (deadlineNanos - now <= 0) {
            abandon(false);
        }
        return hasEnded();
    }

    final boolean hasEnded() {
        return state.get() != State.RUNNING;
    }

    /// Called by the task itself when the manager's code has ended.
    ///
    /// @return false when it was too late
    final boolean finish() {
        return state.compareAndSet(State.RUNNING, State.DONE);
    }

    /// Called by the keeper when the time is over, and by the closing pool.
    final void abandon(boolean closing) {
        if (state.compareAndSet(State.RUNNING, State.OVERDUE)) {
            Thread thread = runner;
            if (thread != null) {
                thread.interrupt();
            }
            overdue(closing);
        }
    }

    /// What follows from the end of the time, or of the pool.
    abstract void overdue(boolean closing);

    /// What follows if there was no thread to run it on; runs on the thread that called `start`.
    abstract void notStarted(Throwable failure);
}
