package io.patinox.memory.resource.internal;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.resource.CleanupOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the users of a guard ask for: the ends of one resource, as seen from the caller's thread.
public final class GuardCalls {
    private GuardCalls() {}

    /// Closes as `close()` of a guard does.
    ///
    /// @param tracked the resource
    public static void closeHere(Tracked<?> tracked) {
        if (tracked.claimHere()) {
            HereCleanup.run(tracked);
        } else {
            awaitOther(tracked);
        }
    }

    /// Closes as `close()` does, and tells the cleanup of a failure.
    ///
    /// @param tracked the resource
    /// @param failure what failed
    public static void closeAfter(Tracked<?> tracked, Throwable failure) {
        if (tracked.isOpen()) {
            tracked.progress().exitFailure(failure);
        }
        closeHere(tracked);
    }

    /// Waits for a cleanup that runs elsewhere, and ends as it did.
    static void awaitOther(Tracked<?> tracked) {
        if (!tracked.isFinal()) {
            try {
                if (!Waits.await(tracked)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ResourceInterruptedException(tracked.name(), "close", e);
            }
        }
        Throwable failure = failureOf(tracked);
        if (failure instanceof CleanupFailedException failed) {
            throw failed;
        } else if (failure instanceof CleanupTimeoutException abandoned) {
            throw abandoned;
        }
    }

    /// {@return what a caller is to be told of how it ended, or null if it ended well}
    static @Nullable Throwable failureOf(Tracked<?> tracked) {
        CleanupOutcome outcome = tracked.outcome();
        if (outcome == CleanupOutcome.FAILED) {
            Throwable failure = tracked.failure();
            return new CleanupFailedException(
                    tracked.name(),
                    Math.max(1, tracked.attempts()),
                    failure != null ? failure : new IllegalStateException());
        }
        if (outcome == CleanupOutcome.ABANDONED) {
            Progress progress = tracked.progressIfAny();
            return new CleanupTimeoutException(
                    tracked.name(),
                    Duration.ofMillis(progress == null ? 0 : progress.abandonedAfterMillis()));
        }
        return null;
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
            Progress waiting = tracked.waiting();
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
        tracked.core().engine().submit(tracked, Word.EXIT_CLOSED);
        return tracked.future();
    }

    /// Asks the engine for the cleanup of what nobody wants any more.
    ///
    /// @param tracked the resource
    public static void cancel(Tracked<?> tracked) {
        tracked.core().engine().submit(tracked, Word.EXIT_CANCELLED);
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
