package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.AsyncCleanup;
import io.patinox.memory.resource.Cleanup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/// Waits for an asynchronous cleanup.
///
/// @param <T> the type of the resource
/// @param cleanup begins it
public record AwaitedCleanup<T>(AsyncCleanup<T> cleanup) implements Cleanup<T> {
    @Override
    public void clean(T resource) throws Exception {
        CompletionStage<?> stage = cleanup.clean(resource);
        if (stage == null) {
            throw new NullPointerException("the asynchronous cleanup returned null");
        }
        CompletableFuture<?> future = stage.toCompletableFuture();
        try {
            future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Exception exception) {
                throw exception;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw e;
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }
}
