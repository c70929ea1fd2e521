package io.patinox.memory.config;

import java.io.Serial;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs what users wrote on the loader's behalf, one call after the other, each with a time limit.
///
/// They are platform threads: virtual threads that keep every carrier busy would let a call begin
/// too late, and a change would be rejected for that. One thread serves call after call, and ends a
/// second after the last; a call that is given up keeps its thread, and the next gets another.
///
/// A call that takes longer is interrupted and no longer waited for. Should it end all the same,
/// its result is handed to whoever can undo it.
final class Calls {
    private final ExecutorService threads;
    private final long limitNanos;
    private final AtomicLong abandoned = new AtomicLong();
    private volatile @Nullable Thread current;

    Calls(String name, long limitNanos) {
        this.limitNanos = limitNanos;
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        1,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform()
                                .daemon()
                                .name("patinox-config-" + name + "-call")
                                .inheritInheritableThreadLocals(false)
                                .factory());
    }

    /// Lets the threads end that wait for the next call.
    void close() {
        threads.shutdown();
    }

    /// A call that brought no result.
    static final class CallFailed extends Exception {
        @Serial private static final long serialVersionUID = 1L;

        private final boolean late;

        private CallFailed(@Nullable Throwable cause, boolean late) {
            super("the call failed", cause, false, false);
            this.late = late;
        }

        /// {@return whether it took too long, or the loader was told to end}
        boolean isLate() {
            return late;
        }
    }

    /// Runs a call and waits for it; no longer if this thread is interrupted.
    ///
    /// @param late gets the result of a call that was given up
    <R> R run(Callable<R> work, Consumer<? super R> late) throws CallFailed {
        return run(work, late, true);
    }

    /// Runs a call that must not be left out, and waits for it, also when this thread is
    /// interrupted.
    void runAnyhow(Callable<Boolean> work) throws CallFailed {
        run(work, _ -> {}, false);
    }

    private <R> R run(Callable<R> work, Consumer<? super R> late, boolean interruptible)
            throws CallFailed {
        Handover<R> handover = new Handover<>(late);
        FutureTask<R> task = new FutureTask<>(() -> inside(work, handover));
        try {
            threads.execute(task);
        } catch (Throwable noThread) {
            throw new CallFailed(noThread, false);
        }
        boolean interrupted = !interruptible && Thread.interrupted();
        long end = System.nanoTime() + limitNanos;
        try {
            while (true) {
                try {
                    return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (ExecutionException e) {
                    throw new CallFailed(e.getCause(), false);
                } catch (TimeoutException e) {
                    return givenUp(task, handover);
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (interruptible) {
                        return givenUp(task, handover);
                    }
                }
            }
        } finally {
            if (interrupted) {
                // the loader was told to end, and looks at why by itself
                Thread.currentThread().interrupt();
            }
        }
    }

    private <R> R inside(Callable<R> work, Handover<R> handover) throws Exception {
        current = Thread.currentThread();
        try {
            return handover.offer(work.call());
        } finally {
            // a call that was given up may end during a later one
            if (isInside()) {
                current = null;
            }
        }
    }

    private <R> R givenUp(FutureTask<R> task, Handover<R> handover) throws CallFailed {
        R result = handover.giveUp();
        if (result != null) {
            return result;
        }
        abandoned.incrementAndGet();
        task.cancel(true);
        throw new CallFailed(null, true);
    }

    /// {@return whether the calling thread is one of these calls}
    boolean isInside() {
        return Thread.currentThread().equals(current);
    }

    long abandoned() {
        return abandoned.get();
    }

    /// Decides whether the one who waits gets a result, or the one who undoes it.
    private static final class Handover<R> {
        private final Consumer<? super R> late;
        private @Nullable R result;
        private boolean givenUp;

        Handover(Consumer<? super R> late) {
            this.late = late;
        }

        R offer(R made) {
            boolean tooLate;
            synchronized (this) {
                result = made;
                tooLate = givenUp;
            }
            if (tooLate) {
                late.accept(made);
            }
            return made;
        }

        synchronized @Nullable R giveUp() {
            givenUp = true;
            return result;
        }
    }
}
