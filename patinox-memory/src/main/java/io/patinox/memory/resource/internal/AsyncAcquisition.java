package io.patinox.memory.resource.internal;

import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.ResourceSupplier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Acquires what comes asynchronously.
///
/// The stage that opens the resource is never cancelled by us: a future that is cancelled drops
/// what arrives later, and that would be a leak. So whatever comes is registered; if nobody wants
/// it any more, it is cleaned up at once. What runs when the stage completes, user code among it,
/// runs on a virtual thread and not on the thread that completes the stage, which is somebody
/// else's.
///
/// @param <T> the type of the resource
/// @param <G> its guard
/// @param core the registry
/// @param type the type of the resource
/// @param cleanup ends the resource
/// @param register registers what was opened, with a supplier that gives it
/// @param cancel cleans up what nobody wants
public record AsyncAcquisition<T, G>(
        RegistryCore core,
        String type,
        Cleanup<? super T> cleanup,
        Function<ResourceSupplier<T>, G> register,
        Consumer<G> cancel) {
    /// Begins to acquire.
    ///
    /// @param supplier begins to open the resource
    /// @return its guard, once it is open
    public CompletableFuture<G> begin(Supplier<? extends CompletionStage<? extends T>> supplier) {
        if (core.isClosing()) {
            return CompletableFuture.failedFuture(
                    new RegistryClosedException(core.settings().name()));
        }
        CompletionStage<? extends T> stage;
        try {
            stage = supplier.get();
        } catch (Exception e) {
            return CompletableFuture.failedFuture(new ResourceAcquireException(type, e));
        }
        if (stage == null) {
            return CompletableFuture.failedFuture(
                    new ResourceAcquireException(
                            type, new NullPointerException("the supplier returned null")));
        }
        CompletableFuture<G> result = new CompletableFuture<>();
        var _ =
                stage.whenComplete((opened, failure) -> {
                    if (failure != null) {
                        var _ = result.completeExceptionally(failed(failure));
                    } else {
                        onThreadOfItsOwn(() -> arrived(opened, result));
                    }
                });
        return result;
    }

    private void onThreadOfItsOwn(Runnable task) {
        try {
            var _ =
                    Thread.ofVirtual()
                            .name("patinox-" + core.settings().name() + "-acquire")
                            .start(task);
        } catch (OutOfMemoryError noThread) {
            task.run();
        }
    }

    private void arrived(T opened, CompletableFuture<G> result) {
        G guard;
        boolean[] taken = new boolean[1];
        try {
            guard =
                    register.apply(() -> {
                        taken[0] = true;
                        return opened;
                    });
        } catch (Throwable refused) {
            // refused before anybody would have opened it: but it is open
            if (!taken[0] && opened != null) {
                core.refuse(core.types().of(type, cleanup), opened, cleanup, refused);
            }
            result.completeExceptionally(refused);
            return;
        }
        if (!result.complete(guard)) {
            cancel.accept(guard);
        }
    }

    private Throwable failed(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Error ? cause : new ResourceAcquireException(type, cause);
    }
}
