package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.internal.RegistryCloser;
import io.patinox.memory.resource.internal.RegistryCore;
import io.patinox.memory.resource.internal.RegistrySettings;
import io.patinox.memory.resource.internal.ResourceSpec;
import io.patinox.memory.resource.internal.Tracked;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Knows every live resource, cleans up what its users do not, and accounts for all of it.
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="acquire"}
///
/// **Threads.** Safe for use by many threads, which do not meet in it: the list of resources is
/// striped. It starts its own threads when they are first needed, all named `patinox-<name>-…`:
/// daemon platform threads that learn of lost guards (`-leaks`), that watch deadlines
/// (`-cleanup-watchdog`) and that close it (`-close`), and a virtual thread for each cleanup.
///
/// **Lifecycle.** Open from [Builder#build()] until [#close()]. A registry must be closed, or its
/// threads stay. It installs no shutdown hook.
///
/// **Cleanups** run the most urgent first, and first come, first served within a priority. One that
/// misses its deadline is interrupted; after as long again, at most one second, it is abandoned and
/// reported with its stack. A thread cannot be killed in Java: it is left to itself, and counts as
/// stuck in [#health()] for as long as it lives.
///
/// **Metrics**, all under `resource.`: counters `acquired`, `cleaned`, `failed`, `abandoned`,
/// `detached`, `leaked`, `cleanup.overdue`, `cleanup.late`, `internal.failures`; gauges `open`,
/// `open.<type>`, `cleanup.queued`, `cleanup.running`, `cleanup.stuck`; histogram `cleanup`
/// (nanoseconds).
public final class ResourceRegistry implements MetricsSource, AutoCloseable {
    /// So many types share a description each; more than that are a mistake, but a harmless one.
    private static final int TYPES_MAX = 1_024;

    private static final long JOIN_NANOS = 2_000_000_000L;
    private static final Duration CLOSE_MIN = Duration.ofMillis(1);
    private static final Duration CLOSE_MAX = Duration.ofDays(1);

    private final RegistryCore core;
    private final ConcurrentHashMap<String, ResourceSpec> specs = new ConcurrentHashMap<>();

    private ResourceRegistry(RegistrySettings settings) {
        this.core = new RegistryCore(settings);
    }

    /// Begins a registry.
    ///
    /// @param name names it in events, errors and threads: 1 to 100 letters, digits, `.`, `_`, `-`,
    ///   `:`
    /// @return a builder
    public static Builder builder(String name) {
        return new Builder(Options.name("name", name));
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
    public <T> AsyncResourceGuard<T> acquire(
            String type, ResourceSupplier<? extends T> supplier, Cleanup<? super T> cleanup) {
        Options.required("supplier", supplier);
        Options.required("cleanup", cleanup);
        return new AsyncResourceGuard<>(core, spec(type), supplier, cleanup);
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
        return new ResourceRequest<>(core, spec(type).type(), supplier, cleanup);
    }

    private ResourceSpec spec(String type) {
        ResourceSpec known = specs.get(Options.required("type", type));
        if (known != null) {
            return known;
        }
        ResourceSpec fresh =
                new ResourceSpec(
                        core,
                        Options.name("type", type),
                        null,
                        CleanupPriority.NORMAL,
                        core.settings().cleanupDeadlineNanos(),
                        null,
                        null);
        if (specs.size() < TYPES_MAX) {
            specs.putIfAbsent(type, fresh);
        }
        return fresh;
    }

    /// {@return what became of everything acquired here}
    public ResourceBalance balance() {
        return core.balance();
    }

    /// Lists the live resources. Holds no lock over the walk: what comes or goes meanwhile may be
    /// in the list or not.
    ///
    /// @return a snapshot
    public List<ResourceView> open() {
        long now = core.settings().ticker().nanos();
        return core.open().stream().map(tracked -> view(tracked, now)).toList();
    }

    private static ResourceView view(Tracked<?> tracked, long now) {
        ResourceSpec spec = tracked.spec();
        return new ResourceView(
                spec.type(),
                tracked.name(),
                spec.priority(),
                Duration.ofNanos(Math.max(0, now - tracked.acquiredNanos())),
                tracked.ownerThread(),
                Optional.ofNullable(spec.site()));
    }

    /// Closes with the budget `closeTimeout`. Does not throw what cleanups threw: they are reported
    /// to the monitor, and listed by [#close(Duration)].
    ///
    /// @throws ResourceInterruptedException if this thread was interrupted while it waited; the
    ///   closing goes on, and the flag is set
    @Override
    public void close() {
        close(Duration.ofNanos(core.settings().closeTimeoutNanos()));
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
        RegistryCloser closer = core.close(budget);
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

    /// The options of a registry. Not safe for use by several threads at once.
    public static final class Builder {
        private static final int CONCURRENCY_MAX = 10_000;
        private static final int SAMPLING_MAX = 1_000_000;

        private final String name;
        private Monitor monitor = Monitor.noop();
        private Ticker ticker = Ticker.system();
        private LeakPolicy leakPolicy = LeakPolicy.REPORT_AND_CLEAN;
        private int siteSampling = 128;
        private Duration cleanupDeadline = Duration.ofSeconds(30);
        private int cleanupConcurrency = 64;
        private Duration closeTimeout = Duration.ofSeconds(30);

        private Builder(String name) {
            this.name = name;
        }

        /// Sets where events go and where the registry is announced. Default: [Monitor#noop()].
        ///
        /// @param monitor any monitor; a slow or throwing one does no harm
        /// @return this
        public Builder monitor(Monitor monitor) {
            this.monitor = Options.required("monitor", monitor);
            return this;
        }

        /// Sets the clock of ages and latencies. Deadlines and budgets always run on the system's
        /// monotonic clock, since threads wait by it. Default: [Ticker#system()].
        ///
        /// @param ticker a monotonic clock
        /// @return this
        public Builder ticker(Ticker ticker) {
            this.ticker = Options.required("ticker", ticker);
            return this;
        }

        /// Sets what to do with lost resources. Default: [LeakPolicy#REPORT_AND_CLEAN].
        ///
        /// @param leakPolicy the policy
        /// @return this
        public Builder leakPolicy(LeakPolicy leakPolicy) {
            this.leakPolicy = Options.required("leakPolicy", leakPolicy);
            return this;
        }

        /// Sets how many acquisitions remember their place: one in so many, chosen by chance. A
        /// place costs about 2 µs. Default: 128.
        ///
        /// @param oneIn 0 to 1,000,000; 1 for every one, 0 for none
        /// @return this
        public Builder siteSampling(int oneIn) {
            this.siteSampling = Options.inRange("siteSampling", oneIn, 0, SAMPLING_MAX);
            return this;
        }

        /// Sets how long a cleanup may take that has no deadline of its own and does not run on a
        /// thread that called `close()`. Default: 30 s.
        ///
        /// @param deadline 1 ms to 1 day
        /// @return this
        public Builder cleanupDeadline(Duration deadline) {
            this.cleanupDeadline =
                    Options.inRange(
                            "cleanupDeadline",
                            deadline,
                            AsyncResourceGuard.DEADLINE_MIN,
                            AsyncResourceGuard.DEADLINE_MAX);
            return this;
        }

        /// Sets how many cleanups run at once. More are let in, one at a time, while all of them
        /// are stuck. Default: 64.
        ///
        /// @param concurrency 1 to 10,000
        /// @return this
        public Builder cleanupConcurrency(int concurrency) {
            this.cleanupConcurrency =
                    Options.inRange("cleanupConcurrency", concurrency, 1, CONCURRENCY_MAX);
            return this;
        }

        /// Sets the budget of [ResourceRegistry#close()]. Default: 30 s.
        ///
        /// @param timeout 1 ms to 1 day
        /// @return this
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = Options.inRange("closeTimeout", timeout, CLOSE_MIN, CLOSE_MAX);
            return this;
        }

        /// Opens the registry.
        ///
        /// @return the registry
        public ResourceRegistry build() {
            ResourceRegistry registry =
                    new ResourceRegistry(
                            new RegistrySettings(
                                    name,
                                    monitor,
                                    ticker,
                                    leakPolicy,
                                    siteSampling,
                                    cleanupDeadline.toNanos(),
                                    cleanupConcurrency,
                                    closeTimeout.toNanos()));
            registry.core.register(registry);
            return registry;
        }
    }
}
