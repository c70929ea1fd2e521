package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.internal.AsyncAcquisition;
import io.patinox.memory.resource.internal.GuardCalls;
import io.patinox.memory.resource.internal.RegistryCloser;
import io.patinox.memory.resource.internal.RegistryCore;
import io.patinox.memory.resource.internal.RegistrySettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Knows every live resource, cleans up what its users do not, and accounts for all of it.
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="acquire"}
///
/// **Threads.** Safe for use by many threads, which do not meet in it: the list of resources is
/// striped. It starts its own threads when they are first needed, all named `patinox-<name>-…`:
/// daemon platform threads that learn of lost guards (`-leaks`), that watch deadlines
/// (`-cleanup-watchdog`) and that close it (`-close`), and a virtual thread for each cleanup.
///
/// **Lifecycle.** Open from [ResourceRegistryBuilder#build()] until [#close()]. A registry must be
/// closed, or its threads stay. It installs no shutdown hook unless it is [told
/// to][ResourceRegistryBuilder#shutdownHook].
///
/// **Cleanups** run the most urgent first, and first come, first served within a priority; a
/// priority that was passed over 16 times gets a turn. A cleanup whose failure says that it may be
/// [retried][io.patinox.memory.error.RecoveryStrategy.Retry] is, after a pause with jitter. One
/// that misses its deadline is interrupted; after as long again, at most one second, it is
/// abandoned and reported with its stack. A thread cannot be killed in Java: it is left to itself,
/// and counts as stuck in [#health()] for as long as it lives.
///
/// **Metrics**, all under `resource.`: counters `acquired`, `cleaned`, `failed`, `abandoned`,
/// `detached`, `leaked`, `held` (longer than the threshold), `limited` (had to wait for room),
/// `cleanup.attempts`, `cleanup.attempts.failed`, `cleanup.overdue`, `cleanup.late`,
/// `internal.failures`; gauges `open`, `open.<type>`, `bytes`, `limit.waiting`, `cleanup.queued`,
/// `cleanup.running`, `cleanup.stuck`; histogram `cleanup` (nanoseconds an attempt): all that run
/// on the registry's threads, and of those on callers' threads one in 64 as long as the registry is
/// busy, else all.
public final class ResourceRegistry implements MetricsSource, AutoCloseable {
    private static final long JOIN_NANOS = 2_000_000_000L;
    private static final Duration CLOSE_MIN = Duration.ofMillis(1);
    private static final Duration CLOSE_MAX = Duration.ofDays(1);

    private final RegistryCore core;

    ResourceRegistry(RegistrySettings settings) {
        this.core = new RegistryCore(settings);
    }

    RegistryCore core() {
        return core;
    }

    /// Begins a registry.
    ///
    /// @param name names it in events, errors and threads: 1 to 100 letters, digits, `.`, `_`, `-`,
    ///   `:`
    /// @return a builder
    public static ResourceRegistryBuilder builder(String name) {
        return new ResourceRegistryBuilder(Options.name("name", name));
    }

    /// Opens a resource and registers it, in one step: nothing can get lost in between.
    ///
    /// @param <T> the type of the resource
    /// @param type what sort of thing it is, for reports and metrics: few different ones, 1 to 100
    ///   letters, digits, `.`, `_`, `-`, `:`
    /// @param supplier opens it, on this thread
    /// @param cleanup ends it; must not refer to the guard
    /// @return its guard
    /// @throws io.patinox.memory.error.ResourceAcquireException if the supplier threw an exception
    ///   or returned null; an `Error` is thrown as it is
    /// @throws io.patinox.memory.error.ResourceInterruptedException if the supplier was
    ///   interrupted; the flag is set
    /// @throws io.patinox.memory.error.RegistryClosedException if the registry is closed, or was
    ///   closed while the supplier ran; what it opened has been cleaned up
    /// @throws io.patinox.memory.error.ResourceLimitException if the limit of the type is reached
    public <T> AsyncResourceGuard<T> acquire(
            String type, ResourceSupplier<? extends T> supplier, Cleanup<? super T> cleanup) {
        Options.required("supplier", supplier);
        Options.required("cleanup", cleanup);
        return new AsyncResourceGuard<>(core, core.types().of(type, cleanup), supplier, cleanup);
    }

    /// Opens a resource asynchronously and registers it the moment it is there.
    ///
    /// The stage is never cancelled, since what it opens later would be lost. Whoever has cancelled
    /// the future that this returns, or completed it himself, doesn't get the resource; it is
    /// registered and cleaned up at once, told [Exit#CANCELLED]. Registering, and what hangs on the
    /// returned future, run on a virtual thread. Room under a limit of the type is taken before the
    /// supplier is called; if that has to wait for it, it is called on a virtual thread then.
    ///
    /// @param <T> the type of the resource
    /// @param type as for [#acquire]
    /// @param supplier begins to open it, on this thread
    /// @param cleanup ends it; must not refer to the guard
    /// @return its guard, once it is open; completed exceptionally with what [#acquire] throws
    public <T> CompletableFuture<AsyncResourceGuard<T>> acquireAsync(
            String type,
            Supplier<? extends CompletionStage<? extends T>> supplier,
            Cleanup<? super T> cleanup) {
        return this.<T>asyncRequest(type, cleanup, null).begin(supplier);
    }

    <T> AsyncAcquisition<T, AsyncResourceGuard<T>> asyncRequest(
            String type, Cleanup<? super T> cleanup, @Nullable ResourceScope scope) {
        Options.required("cleanup", cleanup);
        String checked = core.types().of(type, cleanup).type();
        return new AsyncAcquisition<>(
                core,
                checked,
                cleanup,
                opened -> {
                    ResourceRequest<T> request = request(checked, opened, cleanup);
                    return (scope == null ? request : request.in(scope)).acquire();
                },
                guard -> GuardCalls.cancel(guard.tracked()));
    }

    /// Begins to acquire a resource with options of its own.
    ///
    /// @param <T> the type of the resource
    /// @param type as for [#acquire]
    /// @param supplier opens it, on the thread that acquires it
    /// @param cleanup ends it; must not refer to the guard
    /// @return a request
    public <T> ResourceRequest<T> request(
            String type, ResourceSupplier<? extends T> supplier, Cleanup<? super T> cleanup) {
        Options.required("supplier", supplier);
        Options.required("cleanup", cleanup);
        return new ResourceRequest<>(
                this, core.types().of(type, cleanup).type(), supplier, cleanup);
    }

    /// Opens a scope, which owns what is acquired in it.
    ///
    /// @param name names it in errors and views: 1 to 100 letters, digits, `.`, `_`, `-`, `:`
    /// @return the scope
    public ResourceScope scope(String name) {
        return new ResourceScope(this, name, null, false);
    }

    /// Opens a scope whose members are cleaned up side by side instead of one after the other.
    ///
    /// @param name names it in errors and views: 1 to 100 letters, digits, `.`, `_`, `-`, `:`
    /// @return the scope
    public ResourceScope parallelScope(String name) {
        return new ResourceScope(this, name, null, true);
    }

    /// Applies a function to a scope of its own and closes that afterwards. If the function throws,
    /// cleanups [that ask][Cleanup#withExit] are told so, and what fails in closing is suppressed
    /// by what the function threw.
    ///
    /// {@snippet file="io/patinox/memory/examples/ScopeExamples.java" region="within"}
    ///
    /// @param <R> the type of the result
    /// @param <X> what the function may throw
    /// @param name names the scope
    /// @param function what to do
    /// @return what the function returned
    /// @throws X what the function threw
    /// @throws io.patinox.memory.error.CleanupFailedException if only a cleanup failed
    public <R extends @Nullable Object, X extends Exception> R within(
            String name, CheckedFunction<? super ResourceScope, ? extends R, X> function) throws X {
        Options.required("function", function);
        ResourceScope scope = scope(name);
        R result;
        try {
            result = function.apply(scope);
        } catch (Throwable failure) {
            AsyncWithin.close(scope, failure);
            throw failure;
        }
        scope.close();
        return result;
    }

    /// Applies a function to a scope of its own and closes that, on a virtual thread, when the
    /// stage it returns completes.
    ///
    /// @param <R> the type of the result
    /// @param name names the scope
    /// @param function begins what is to be done; what it throws fails the future
    /// @return completes as the stage did, after the scope was closed; if only a cleanup failed,
    ///   with that
    public <R extends @Nullable Object> CompletableFuture<R> withinAsync(
            String name,
            Function<? super ResourceScope, ? extends CompletionStage<? extends R>> function) {
        Options.required("function", function);
        return AsyncWithin.run(scope(name), function);
    }

    static void same(String option, RegistryCore mine, RegistryCore other) {
        Options.consistent(
                other.equals(mine),
                option,
                "of registry '" + other.settings().name() + "'",
                "of registry '" + mine.settings().name() + "'",
                "acquire both from the same registry");
    }

    void same(String option, RegistryCore other) {
        same(option, core, other);
    }

    void same(String option, ResourceRegistry other) {
        same(option, core, other.core);
    }

    /// Changes how many acquisitions of a type remember their place, from now on.
    ///
    /// @param type the type
    /// @param oneIn 0 to 1,000,000; 1 for every one, 0 for none
    public void siteSampling(String type, int oneIn) {
        Options.inRange("oneIn", oneIn, 0, ResourceRegistryBuilder.SAMPLING_MAX);
        core.types().of(type, null).kind().siteSampling(oneIn);
    }

    /// {@return what became of everything acquired here}
    public ResourceBalance balance() {
        return core.balance();
    }

    /// {@return the live resources of this moment; short for `select().list()`}
    public List<ResourceView> open() {
        return select().list();
    }

    /// {@return a selection of all live resources, to narrow down}
    public ResourceSelection select() {
        return new ResourceSelection(core);
    }

    /// {@return the last leaks that were found, at most 100, the oldest first}
    public List<LeakReport> leaks() {
        return core.reports().leaks().recent();
    }

    /// {@return the names of resources whose cleanups are past their deadlines, abandoned ones that
    /// still hold a thread among them}
    public List<String> stuck() {
        return core.reports().stuck();
    }

    /// Describes the registry as text for people: its balance, its health, totals by type, and
    /// every live resource, the oldest first, with the place where it was acquired if that was
    /// sampled.
    ///
    /// @return many lines; its form may change in any release
    public String dump() {
        return RegistryDump.text(this);
    }

    /// Describes the registry as a JSON object (RFC 8259) with the members `name`, `closed`,
    /// `balance`, `health`, `totals` and `resources`.
    ///
    /// @return one line; members may be added in any release
    public String dumpJson() {
        return RegistryDump.json(this);
    }

    /// Closes with the budget [closeTimeout][ResourceRegistryBuilder#closeTimeout]. Does not throw
    /// what cleanups threw: they are reported to the monitor, and listed by [#close(Duration)].
    ///
    /// @throws ResourceInterruptedException if this thread was interrupted while it waited; the
    ///   closing goes on, and the flag is set
    @Override
    public void close() {
        CloseReport _ = close(Duration.ofNanos(core.settings().closeTimeoutNanos()));
    }

    /// Refuses new resources, cleans up every live one, and ends all threads.
    ///
    /// Owners come before what they own; else priorities decide, the most urgent first; else what
    /// was acquired last comes first. Each cleanup may hold up the next for its share of the time
    /// left, so one that hangs does not keep the others from being cleaned up. When the budget is
    /// spent, what still runs is interrupted and abandoned, and what never began is given up.
    ///
    /// Idempotent: a later call waits for the first closing, whose budget counts, and reports the
    /// same. Called from inside a cleanup of this registry it begins the closing and returns at
    /// once, with a report of the moment.
    ///
    /// @param budget how long it may take, 1 ms to 1 day
    /// @return what was achieved, with each resource not cleaned up and why
    /// @throws ResourceInterruptedException if this thread was interrupted while it waited; the
    ///   closing goes on, and the flag is set
    public CloseReport close(Duration budget) {
        Options.inRange("budget", budget, CLOSE_MIN, CLOSE_MAX);
        boolean inside = core.insideCleanup();
        Duration left = inside ? budget : core.seekLeaks(budget);
        RegistryCloser closer = core.close(left);
        if (!inside) {
            try {
                closer.await(budget.toNanos() + JOIN_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ResourceInterruptedException(name(), "close", e);
            }
        }
        RegistryCloser.Result result = closer.result();
        return new CloseReport(result.balance(), result.unclean(), result.elapsed());
    }

    /// {@return whether [#close()] was called}
    public boolean isClosed() {
        return core.isClosing();
    }

    @Override
    public String name() {
        return core.settings().name();
    }

    @Override
    public String component() {
        return "resource";
    }

    @Override
    public MetricsSnapshot metrics() {
        return core.reports().metrics();
    }

    /// Tells how the registry is: DEGRADED while cleanups are past their deadlines, abandoned ones
    /// still hold their threads, or a cleanup has failed within the last minute; DOWN once it is
    /// closed. Computed from memory; a change of status is published when it is first seen, by a
    /// failing cleanup or by this call.
    @Override
    public Health health() {
        return core.reports().health();
    }

    @Override
    public String toString() {
        return "ResourceRegistry[" + name() + (isClosed() ? ", closed]" : "]");
    }
}
