package io.patinox.memory.config;

import io.patinox.memory.error.ConfigInterruptedException;
import io.patinox.memory.error.ConfigReentrantException;
import io.patinox.memory.error.ConfigTimeoutException;
import io.patinox.memory.error.PatinoxException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How callers wait for the loader: bounded, interruptible, and never from within.
final class Answers {
    private final String name;
    private final Calls calls;
    private final Duration timeout;

    Answers(String name, Calls calls, Duration timeout) {
        this.name = name;
        this.calls = calls;
        this.timeout = timeout;
    }

    /// Refuses a call by user code that the loader itself waits for.
    void refuseInside() {
        if (calls.isInside()) {
            throw new ConfigReentrantException(name);
        }
    }

    <R> R await(CompletableFuture<R> answer, String call) {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigInterruptedException(name, call, e);
        } catch (TimeoutException e) {
            throw new ConfigTimeoutException(name, call, timeout);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            switch (cause) {
                case PatinoxException known -> throw known;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("the loader failed", cause);
            }
        }
    }

    /// Waits for the end, unless it is the end's own work that waits.
    boolean ended(CompletableFuture<Void> end, Duration within) {
        if (calls.isInside()) {
            return end.isDone();
        }
        try {
            end.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end.isDone();
        } catch (TimeoutException | ExecutionException e) {
            return end.isDone();
        }
    }
}
