package io.patinox.memory.share;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs a piece of work after every signal, one run at a time: signals during a run are answered by
/// one further run, which begins after the last of them.
final class SingleFlight implements Runnable {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int AGAIN = 2;

    private final AtomicInteger state = new AtomicInteger();
    private final Runnable work;
    private final Executor threads;
    private final @Nullable Executor via;
    private final Consumer<Throwable> failures;

    /// Nothing that the work or an executor throws gets out of here: it goes to `failures`, which
    /// must not throw.
    ///
    /// @param threads starts a thread for each run, without blocking
    /// @param via where such a thread passes the run on, or null to run it by itself: this one may
    ///   block, throw or run it at once
    SingleFlight(
            Runnable work, Executor threads, @Nullable Executor via, Consumer<Throwable> failures) {
        this.work = work;
        this.threads = threads;
        this.via = via;
        this.failures = failures;
    }

    /// Asks for a run that begins after this call. Never waits for it.
    void signal() {
        while (true) {
            int now = state.get();
            if (now == AGAIN || (now == RUNNING && state.compareAndSet(RUNNING, AGAIN))) {
                return;
            }
            if (now == IDLE && state.compareAndSet(IDLE, RUNNING)) {
                start();
                return;
            }
        }
    }

    private void start() {
        Executor other = via;
        hand(threads, other == null ? this : () -> hand(other, this));
    }

    private void hand(Executor executor, Runnable run) {
        try {
            executor.execute(run);
        } catch (Throwable refused) {
            // the next signal tries again
            state.set(IDLE);
            failures.accept(refused);
        }
    }

    @Override
    public void run() {
        try {
            work.run();
        } catch (Throwable failure) {
            failures.accept(failure);
        } finally {
            if (!state.compareAndSet(RUNNING, IDLE)) {
                state.set(RUNNING);
                start();
            }
        }
    }
}
