package io.patinox.memory.resource;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A scope that ends with a stage.
final class AsyncWithin {
    private AsyncWithin() {}

    static <R extends @Nullable Object> CompletableFuture<R> run(
            ResourceScope scope,
            Function<? super ResourceScope, ? extends CompletionStage<? extends R>> function) {
        CompletionStage<? extends R> stage;
        try {
            stage = function.apply(scope);
            if (stage == null) {
                throw new NullPointerException("the function returned null");
            }
        } catch (Throwable failure) {
            stage = CompletableFuture.failedFuture(failure);
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        var _ =
                stage.whenComplete((value, failure) ->
                        onThreadOfItsOwn(() -> end(scope, value, failure, result)));
        return result;
    }

    private static void onThreadOfItsOwn(Runnable task) {
        try {
            var _ = Thread.ofVirtual().name("patinox-scope").start(task);
        } catch (OutOfMemoryError noThread) {
            task.run();
        }
    }

    private static <R extends @Nullable Object> void end(
            ResourceScope scope, R value, @Nullable Throwable thrown, CompletableFuture<R> result) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        if (failure == null) {
            try {
                scope.close();
            } catch (Throwable unclean) {
                failure = unclean;
            }
        } else {
            close(scope, failure);
        }
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /// Closes a scope whose work has failed; a failure of that is suppressed by the first.
    @SuppressWarnings("ReferenceEquality") // an exception must not be suppressed by itself
    static void close(ResourceScope scope, Throwable failure) {
        scope.fail(failure);
        try {
            scope.close();
        } catch (Throwable unclean) {
            if (unclean != failure) {
                failure.addSuppressed(unclean);
            }
        }
    }
}
