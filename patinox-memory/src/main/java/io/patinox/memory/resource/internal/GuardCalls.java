package io.patinox.memory.resource.internal;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.resource.CleanupOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// What the users of a guard ask for: the ends of one resource, as seen from the caller's thread.
public final class GuardCalls {
    private GuardCalls() {}

    /// Closes as `close()` of a guard does.
    ///
    /// @param tracked the resource
    public static void closeHere(Tracked<?> tracked) {
        Thread here = Thread.currentThread();
        if (tracked.claim(here)) {
            cleanHere(tracked);
            return;
        }
        if (!tracked.isFinal()) {
            if (here.equals(tracked.runner())) {
                return;
            }
            try {
                tracked.waiting().await();
            } catch (InterruptedException e) {
                here.interrupt();
                throw new ResourceInterruptedException(tracked.name(), "close", e);
            }
        }
        rethrow(tracked);
    }

    private static void cleanHere(Tracked<?> tracked) {
        // the cleanup is owed even by a caller who was interrupted before; he is told afterwards
        boolean interrupted = Thread.interrupted();
        RegistryCore core = tracked.core();
        Throwable thrown = core.run(tracked);
        interrupted |= thrown instanceof InterruptedException;
        try {
            core.settle(tracked, thrown);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new CleanupFailedException(tracked.name(), 1, thrown);
        }
    }

    private static void rethrow(Tracked<?> tracked) {
        CleanupOutcome outcome = tracked.outcome();
        if (outcome == CleanupOutcome.FAILED) {
            Throwable failure = tracked.failure();
            throw new CleanupFailedException(
                    tracked.name(), 1, failure != null ? failure : new IllegalStateException());
        }
        if (outcome == CleanupOutcome.ABANDONED) {
            throw new CleanupTimeoutException(
                    tracked.name(), Duration.ofMillis(tracked.abandonedAfterMillis()));
        }
    }

    /// Closes as `close(Duration)` of a guard does.
    ///
    /// @param tracked the resource
    /// @param deadline how long the cleanup may take
    /// @return how it ended
    public static CleanupOutcome closeWithin(Tracked<?> tracked, Duration deadline) {
        long nanos = deadline.toNanos();
        Thread here = Thread.currentThread();
        boolean mine = tracked.core().engine().runNow(tracked, nanos);
        if (!mine && !tracked.isFinal() && here.equals(tracked.runner())) {
            throw new ResourceClosedException(tracked.name(), "being cleaned up by this thread");
        }
        try {
            Completion waiting = tracked.waiting();
            if (mine) {
                waiting.await();
            } else {
                boolean ended = waiting.await(nanos);
                if (!ended) {
                    throw new CleanupTimeoutException(tracked.name(), deadline);
                }
            }
        } catch (InterruptedException e) {
            here.interrupt();
            throw new ResourceInterruptedException(tracked.name(), "close", e);
        }
        CleanupOutcome outcome = tracked.outcome();
        if (outcome == null) {
            throw new IllegalStateException("woken without an outcome: " + tracked.name());
        }
        return outcome;
    }

    /// Asks the engine for the cleanup.
    ///
    /// @param tracked the resource
    /// @return how it will have ended
    public static CompletableFuture<CleanupOutcome> cleanup(Tracked<?> tracked) {
        tracked.core().engine().submit(tracked);
        return tracked.future();
    }

    /// Lets go of a resource without a cleanup.
    ///
    /// @param <T> its type
    /// @param tracked the resource
    /// @return the resource
    public static <T> T detach(Tracked<T> tracked) {
        T resource = tracked.openResource();
        if (resource == null || !tracked.core().detach(tracked)) {
            throw closed(tracked);
        }
        return resource;
    }

    /// {@return the error of one who uses what is closed}
    ///
    /// @param tracked the resource
    public static ResourceClosedException closed(Tracked<?> tracked) {
        CleanupOutcome outcome = tracked.outcome();
        String state =
                outcome == null
                        ? "being closed"
                        : outcome == CleanupOutcome.DETACHED ? "detached" : "closed";
        return new ResourceClosedException(tracked.name(), state);
    }
}
