package io.patinox.memory.resource;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.Options;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.resource.internal.ScopeCore;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Owns what is acquired in it, and cleans all of it up when it is closed: the newest first, so
/// that what was opened with the help of another goes before it.
///
/// {@snippet file="io/patinox/memory/examples/ScopeExamples.java" region="scope"}
///
/// Unlike the variables of a `try` statement, a scope may be handed to other threads, live on in
/// the callbacks of a future, take in a number of resources that nobody knows beforehand, and give
/// them to another owner.
///
/// **Order.** Members are closed one after the other, the newest first, on the thread that closes;
/// of a [parallel][#parallel(String)] scope side by side, on threads of the registry. Either way
/// dependencies hold. A nested scope is closed where it stands among the members.
///
/// **Failures.** One that fails doesn't stop the rest. [#close()] throws the first failure, and the
/// others as suppressed by it, in order; an `Error` among them goes before all else. At most 100
/// are kept.
///
/// **Threads.** Safe for use by many threads. **Lifecycle.** Open until it is closed; after that
/// nothing can enter: who tries gets a [io.patinox.memory.error.ResourceClosedException], and what
/// he has just acquired is cleaned up. A member that is closed by itself is a member no more. A
/// scope that is lost while it is open is found out by the leaks of its members.
public final class ResourceScope implements AutoCloseable {
    private static final Duration BUDGET_MIN = Duration.ofMillis(1);
    private static final Duration BUDGET_MAX = Duration.ofDays(1);

    private final ResourceRegistry registry;
    private final ScopeCore core;

    ResourceScope(
            ResourceRegistry registry, String name, @Nullable ScopeCore parent, boolean parallel) {
        this.registry = registry;
        this.core = new ScopeCore(registry.core(), Options.name("name", name), parent, parallel);
    }

    ScopeCore core() {
        return core;
    }

    /// {@return its name}
    public String name() {
        return core.name();
    }

    /// {@return whether something can be acquired in it}
    public boolean isOpen() {
        return core.isOpen();
    }

    /// {@return how many members it has, resources and nested scopes}
    public int size() {
        return core.size();
    }

    /// Opens a resource as a member of this scope: see [ResourceRegistry#acquire].
    ///
    /// @param <T> the type of the resource
    /// @param type what sort of thing it is
    /// @param supplier opens it, on this thread
    /// @param cleanup ends it; must not refer to the guard
    /// @return its guard, which need not be kept: the scope does
    /// @throws io.patinox.memory.error.ResourceClosedException if the scope is closed, or was while
    ///   the supplier ran; what it opened has been cleaned up
    /// @throws io.patinox.memory.error.ResourceAcquireException if the supplier failed
    /// @throws io.patinox.memory.error.RegistryClosedException if the registry is closed
    public <T> AsyncResourceGuard<T> acquire(
            String type, ResourceSupplier<? extends T> supplier, Cleanup<? super T> cleanup) {
        return this.<T>request(type, supplier, cleanup).acquire();
    }

    /// Opens a resource asynchronously, as a member of this scope: see
    /// [ResourceRegistry#acquireAsync].
    ///
    /// @param <T> the type of the resource
    /// @param type what sort of thing it is
    /// @param supplier begins to open it, on this thread
    /// @param cleanup ends it; must not refer to the guard
    /// @return its guard, once it is open
    public <T> CompletableFuture<AsyncResourceGuard<T>> acquireAsync(
            String type,
            Supplier<? extends CompletionStage<? extends T>> supplier,
            Cleanup<? super T> cleanup) {
        return registry.<T>asyncRequest(type, cleanup, this).begin(supplier);
    }

    /// Begins to acquire a resource with options of its own, as a member of this scope.
    ///
    /// @param <T> the type of the resource
    /// @param type what sort of thing it is
    /// @param supplier opens it, on the thread that acquires it
    /// @param cleanup ends it; must not refer to the guard
    /// @return a request
    public <T> ResourceRequest<T> request(
            String type, ResourceSupplier<? extends T> supplier, Cleanup<? super T> cleanup) {
        return registry.<T>request(type, supplier, cleanup).in(this);
    }

    /// Opens a scope nested in this one, which closes with it at the latest.
    ///
    /// @param name names it: 1 to 100 letters, digits, `.`, `_`, `-`, `:`
    /// @return the scope
    /// @throws io.patinox.memory.error.ResourceClosedException if this scope is closed
    public ResourceScope scope(String name) {
        return new ResourceScope(registry, name, core, false);
    }

    /// Opens a scope nested in this one whose members are cleaned up side by side.
    ///
    /// @param name names it: 1 to 100 letters, digits, `.`, `_`, `-`, `:`
    /// @return the scope
    /// @throws io.patinox.memory.error.ResourceClosedException if this scope is closed
    public ResourceScope parallel(String name) {
        return new ResourceScope(registry, name, core, true);
    }

    /// Takes in a resource that was acquired elsewhere; see [AsyncResourceGuard#moveTo].
    ///
    /// @param guard an open guard of the same registry
    /// @throws io.patinox.memory.error.ResourceClosedException if the scope or the guard is closed
    public void add(AsyncResourceGuard<?> guard) {
        Options.required("guard", guard).moveTo(this);
    }

    /// Nests this scope in another: it, and not the former owner, closes it from now on.
    ///
    /// @param target an open scope of the same registry
    /// @throws io.patinox.memory.error.ResourceClosedException if the target or this scope is
    ///   closed
    /// @throws io.patinox.memory.error.ResourceCycleException if the target is this scope or is
    ///   nested in it
    public void moveTo(ResourceScope target) {
        registry.same("target", Options.required("target", target).registry);
        core.moveTo(target.core);
    }

    /// Says that the work of this scope has failed: cleanups [that ask][Cleanup#withExit] will be
    /// told so when it is closed.
    ///
    /// @param failure what the work threw
    public void fail(Throwable failure) {
        core.fail(Options.required("failure", failure));
    }

    /// Cleans up all members. Idempotent.
    ///
    /// @throws CleanupFailedException if a cleanup failed
    /// @throws io.patinox.memory.error.CleanupTimeoutException if one was abandoned
    /// @throws ResourceInterruptedException if this thread was interrupted while it waited for a
    ///   cleanup that runs elsewhere and goes on; the flag is set, and all others are cleaned up
    @Override
    public void close() {
        Throwable thrown;
        try {
            thrown = core.close();
        } finally {
            Reference.reachabilityFence(this);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException failed) {
            throw failed;
        }
        if (thrown != null) {
            throw new CleanupFailedException(name(), 1, thrown);
        }
    }

    /// Cleans up all members on threads of the registry and waits, at most for the budget: each
    /// after the end of the one before while there is time; after that all that are left are begun
    /// and go on with the deadlines they have.
    ///
    /// @param budget how long to wait, 1 ms to 1 day
    /// @return what was achieved
    /// @throws ResourceInterruptedException if this thread was interrupted; all cleanups have been
    ///   begun and go on, and the flag is set
    public Report close(Duration budget) {
        Options.inRange("budget", budget, BUDGET_MIN, BUDGET_MAX);
        try {
            ScopeCore.Closed closed = core.close(budget);
            return new Report(closed.members(), closed.unclean(), closed.elapsed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceInterruptedException(name(), "close", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public String toString() {
        return "ResourceScope[" + name() + (isOpen() ? ", " + size() + " members]" : ", closed]");
    }

    /// What the closing of a scope within a budget has achieved.
    ///
    /// @param members how many resources it had, with those of nested scopes
    /// @param unclean each that is not cleaned up, and why
    /// @param elapsed how long it took
    public record Report(int members, List<CloseReport.Unclean> unclean, Duration elapsed) {
        /// Copies the list.
        public Report {
            unclean = List.copyOf(unclean);
        }

        /// {@return whether every resource is cleaned up}
        public boolean complete() {
            return unclean.isEmpty();
        }
    }
}
