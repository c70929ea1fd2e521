package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.resource.internal.GuardCalls;
import io.patinox.memory.resource.internal.RegistryCore;
import io.patinox.memory.resource.internal.ResourceSpec;
import io.patinox.memory.resource.internal.ScopeCore;
import io.patinox.memory.resource.internal.Tracked;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The owner of one resource: gives access while it is open, and sees to it that its cleanup runs
/// exactly once.
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="use"}
///
/// **Threads.** Safe for use by many threads. Of all that close at the same time one runs the
/// cleanup, the others wait for it, and all are told the same outcome.
///
/// **Lifecycle.** A guard comes from [ResourceRegistry#acquire] or [ResourceRequest#acquire], is
/// open until the first of [#close()], [#close(Duration)], [#cleanup()], [#detach()] or the closing
/// of its registry, and cannot be opened again.
///
/// | call | runs the cleanup | waits | deadline |
/// |---|---|---|---|
/// | [#close()] | on the caller | for its end | none |
/// | [#close(Duration)] | on a virtual thread, at once | for its end or the deadline | the given |
/// | [#cleanup()] | on a virtual thread, in order of priority | no | the resource's |
/// | [#detach()] | never | no | |
///
/// **Failures.** What a cleanup throws is reported to the registry's monitor, counted, and thrown
/// by `close()`. An `Error` is thrown as it is.
///
/// **Leaks.** A guard that becomes unreachable while it is open is found by the garbage collector,
/// some time later or never, reported, and by default cleaned up. The resource must not be used
/// when its guard is lost: [#use] holds on to the guard for as long as the function runs, and is
/// the way to prefer; who calls [#get()] must keep the guard himself.
///
/// **Memory effects.** What a thread did before it closed happens before the cleanup, and the
/// cleanup happens before the return of every `close` and before the completion of the futures.
///
/// @param <T> the type of the resource
public final class AsyncResourceGuard<T> implements AutoCloseable {
    static final Duration DEADLINE_MIN = Duration.ofMillis(1);
    static final Duration DEADLINE_MAX = Duration.ofDays(1);

    private final Tracked<T> tracked;

    /// Acquires the resource: see RegistryCore.acquire for why this is done from in here.
    AsyncResourceGuard(
            RegistryCore core,
            ResourceSpec spec,
            ResourceSupplier<? extends T> supplier,
            Cleanup<? super T> cleanup) {
        this.tracked = core.acquire(this, spec, supplier, cleanup);
    }

    Tracked<T> tracked() {
        return tracked;
    }

    /// Puts a fresh guard where it belongs, or closes it if that is not possible any more.
    void enter(@Nullable ResourceScope scope, Collection<AsyncResourceGuard<?>> dependencies) {
        try {
            for (AsyncResourceGuard<?> on : dependencies) {
                dependsOn(on);
            }
            if (scope != null) {
                scope.core().enter(tracked, this);
            }
        } catch (Throwable refused) {
            try {
                close();
            } catch (Throwable failure) {
                refused.addSuppressed(failure);
            }
            throw refused;
        }
    }

    /// Gives the resource.
    ///
    /// @return the resource; not to be used after the guard was closed or lost
    /// @throws ResourceClosedException if the guard is not open
    public T get() {
        try {
            T resource = tracked.openResource();
            if (resource == null) {
                throw GuardCalls.closed(tracked);
            }
            return resource;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Applies a function to the resource. The guard cannot be lost meanwhile; it can be closed by
    /// others, which this does not prevent.
    ///
    /// @param <R> the type of the result
    /// @param <X> what the function may throw
    /// @param function what to do with the resource
    /// @return what the function returned
    /// @throws X what the function threw
    /// @throws ResourceClosedException if the guard is not open
    public <R extends @Nullable Object, X extends Exception> R use(
            CheckedFunction<? super T, ? extends R, X> function) throws X {
        Options.required("function", function);
        try {
            T resource = tracked.openResource();
            if (resource == null) {
                throw GuardCalls.closed(tracked);
            }
            return function.apply(resource);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Runs the cleanup on this thread, unless it has begun elsewhere; then waits for its end.
    /// Idempotent: a second call does nothing and ends as the first did. Called from inside the
    /// resource's own cleanup it returns at once, and so it does where that cleanup waits, itself
    /// or by way of others, for the one that calls; after [#detach()] it does nothing.
    ///
    /// There is no deadline to a cleanup run here. If this thread is interrupted already, the
    /// cleanup runs without the interrupt, and the flag is set again afterwards.
    ///
    /// @throws io.patinox.memory.error.CleanupFailedException if the cleanup failed
    /// @throws io.patinox.memory.error.CleanupTimeoutException if it was abandoned
    /// @throws io.patinox.memory.error.ResourceInterruptedException if this thread was interrupted
    ///   while it waited for a cleanup that runs elsewhere and goes on; the flag is set
    @Override
    public void close() {
        try {
            GuardCalls.closeHere(tracked);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Runs the cleanup on a virtual thread and waits for its end, but no longer than the deadline
    /// and the grace after it: as long again, at most one second, between the interrupt at the
    /// deadline and abandonment. It does not queue behind other cleanups.
    ///
    /// @param deadline how long the cleanup may take, 1 ms to 1 day
    /// @return how it ended
    /// @throws io.patinox.memory.error.CleanupTimeoutException if the cleanup had begun elsewhere
    ///   before and has not ended by the deadline; it goes on
    /// @throws io.patinox.memory.error.ResourceInterruptedException if this thread was interrupted;
    ///   the cleanup goes on, and the flag is set
    /// @throws ResourceClosedException if called from inside the resource's own cleanup, which
    ///   would wait for itself
    public CleanupOutcome close(Duration deadline) {
        Options.inRange("deadline", deadline, DEADLINE_MIN, DEADLINE_MAX);
        try {
            return GuardCalls.closeWithin(tracked, deadline);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Closes as [#close()] does, and tells a cleanup [that asks][Cleanup#withExit] that the work
    /// has failed.
    ///
    /// @param failure what the work threw
    /// @throws io.patinox.memory.error.CleanupFailedException if the cleanup failed
    /// @throws io.patinox.memory.error.CleanupTimeoutException if it was abandoned
    /// @throws io.patinox.memory.error.ResourceInterruptedException if this thread was interrupted
    ///   while it waited for a cleanup that runs elsewhere and goes on; the flag is set
    public void closeAfter(Throwable failure) {
        Options.required("failure", failure);
        try {
            GuardCalls.closeAfter(tracked, failure);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Asks the registry to run the cleanup soon: by priority, with the resource's deadline. From
    /// now on the guard is not open.
    ///
    /// @return how it will have ended; never completed exceptionally by the cleanup. Each caller
    ///   gets a future of its own
    public CompletableFuture<CleanupOutcome> cleanup() {
        try {
            return GuardCalls.cleanup(tracked);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Takes the resource out: its cleanup will not run, and it is the caller's.
    ///
    /// @return the resource
    /// @throws ResourceClosedException if the guard is not open
    public T detach() {
        try {
            return GuardCalls.detach(tracked);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Says that this resource cannot live without another, as a statement cannot without its
    /// connection: whenever the other is cleaned up, for whatever reason, this one is cleaned up
    /// first, by the same thread or by the registry's. As long as this one is open, the guard of
    /// the other counts as in use, so it cannot leak before this one does.
    ///
    /// @param other an open guard of the same registry
    /// @throws ResourceClosedException if one of the two is not open
    /// @throws io.patinox.memory.error.ResourceCycleException if the other already depends on this
    ///   one, or owns it, directly or not; it names the cycle
    public void dependsOn(AsyncResourceGuard<?> other) {
        Tracked<?> on = Options.required("other", other).tracked;
        ResourceRegistry.same("other", tracked.core(), on.core());
        try {
            tracked.core().relations().dependsOn(tracked, on, other);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Makes a scope the owner of this resource: it, and not the scope that owned it before, closes
    /// it from now on.
    ///
    /// @param scope an open scope of the same registry
    /// @throws ResourceClosedException if the scope or this guard is not open
    public void moveTo(ResourceScope scope) {
        ScopeCore target = Options.required("scope", scope).core();
        ResourceRegistry.same("scope", tracked.core(), target.core());
        try {
            target.enter(tracked, this);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// {@return the name given to it, or one made up from its type}
    public String name() {
        return tracked.name();
    }

    /// {@return the type it was acquired as}
    public String type() {
        return tracked.type();
    }

    /// {@return whether the resource can be used now}
    public boolean isOpen() {
        return tracked.isOpen();
    }

    @Override
    public String toString() {
        return "AsyncResourceGuard[" + name() + (isOpen() ? ", open]" : "]");
    }
}
