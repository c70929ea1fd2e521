package io.patinox.memory.resource.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.error.ResourceLimitException;
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
        Options.required("supplier", supplier);
        if (core.isClosing()) {
            return CompletableFuture.failedFuture(
                    new RegistryClosedException(core.settings().name()));
        }
        CompletableFuture<G> result = new CompletableFuture<>();
        ResourceSpec spec = core.types().of(type, null);
        Limit limit = spec.kind().limit();
        try {
            if (limit == null || limit.admitNow(core, spec)) {
                open(supplier, result);
                return result;
            }
        } catch (ResourceLimitException | RegistryClosedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        onThreadOfItsOwn(() -> openWhenThereIsRoom(limit, spec, supplier, result));
        return result;
    }

    private void openWhenThereIsRoom(
            Limit limit,
            ResourceSpec spec,
            Supplier<? extends CompletionStage<? extends T>> supplier,
            CompletableFuture<G> result) {
        try {
            limit.admit(core, spec);
            if (result.isDone()) {
                limit.release(spec); // whoever wanted it has gone
            } else {
                open(supplier, result);
            }
        } catch (Throwable refused) {
            var _ = result.completeExceptionally(refused);
        }
    }

    /// Begins to open the resource, for which room was taken.
    private void open(
            Supplier<? extends CompletionStage<? extends T>> supplier,
            CompletableFuture<G> result) {
        CompletionStage<? extends T> stage = null;
        try {
            stage = supplier.get();
            if (stage == null) {
                throw new NullPointerException("the supplier returned null");
            }
        } catch (Exception e) {
            var _ = result.completeExceptionally(new ResourceAcquireException(type, e));
            return;
        } finally {
            if (stage == null) {
                giveRoomBack();
            }
        }
        var _ =
                stage.whenComplete((opened, failure) -> {
                    if (failure != null) {
                        giveRoomBack();
                        var _ = result.completeExceptionally(failed(failure));
                    } else {
                        onThreadOfItsOwn(() -> arrived(opened, result));
                    }
                });
    }

    private void giveRoomBack() {
        ResourceSpec spec = core.types().of(type, null);
        Limit limit = spec.kind().limit();
        if (limit != null) {
            limit.release(spec);
        }
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
        Opened<T> arrival = new Opened<>(opened);
        try {
            guard = register.apply(arrival);
        } catch (Throwable refused) {
            // refused before anybody would have opened it: but it is open
            if (!arrival.isTaken() && opened != null) {
                giveRoomBack();
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
