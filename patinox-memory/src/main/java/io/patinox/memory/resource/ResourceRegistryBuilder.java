package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.internal.RegistrySettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The options of a registry. Not safe for use by several threads at once.
public final class ResourceRegistryBuilder {
    private static final int CONCURRENCY_MAX = 10_000;
    private static final int RETRIES_MAX = 100;
    private static final Duration CLOSE_MIN = Duration.ofMillis(1);
    private static final Duration CLOSE_MAX = Duration.ofDays(1);
    static final int SAMPLING_MAX = 1_000_000;

    private final String name;
    private Monitor monitor = Monitor.noop();
    private Ticker ticker = Ticker.system();
    private LeakPolicy leakPolicy = LeakPolicy.REPORT_AND_CLEAN;
    private int siteSampling = 128;
    private Duration cleanupDeadline = Duration.ofSeconds(30);
    private int cleanupConcurrency = 64;
    private int cleanupRetries = 4;
    private Duration heldThreshold = Duration.ZERO;
    private Duration closeTimeout = Duration.ofSeconds(30);
    private boolean shutdownHook;
    private boolean jmx;
    private final Map<String, ResourceType> types = new LinkedHashMap<>();

    ResourceRegistryBuilder(String name) {
        this.name = name;
    }

    /// Sets where events go and where the registry is announced. Default: [Monitor#noop()].
    ///
    /// @param monitor any monitor; a slow or throwing one does no harm
    /// @return this
    public ResourceRegistryBuilder monitor(Monitor monitor) {
        this.monitor = Options.required("monitor", monitor);
        return this;
    }

    /// Sets the clock of ages and latencies. Deadlines and budgets always run on the system's
    /// monotonic clock, since threads wait by it. Default: [Ticker#system()].
    ///
    /// @param ticker a monotonic clock
    /// @return this
    public ResourceRegistryBuilder ticker(Ticker ticker) {
        this.ticker = Options.required("ticker", ticker);
        return this;
    }

    /// Sets what to do with lost resources. Default: [LeakPolicy#REPORT_AND_CLEAN].
    ///
    /// @param leakPolicy the policy
    /// @return this
    public ResourceRegistryBuilder leakPolicy(LeakPolicy leakPolicy) {
        this.leakPolicy = Options.required("leakPolicy", leakPolicy);
        return this;
    }

    /// Sets how many acquisitions remember their place: one in so many, chosen by chance. A place
    /// costs about 2 µs. Default: 128.
    ///
    /// @param oneIn 0 to 1,000,000; 1 for every one, 0 for none
    /// @return this
    public ResourceRegistryBuilder siteSampling(int oneIn) {
        this.siteSampling = Options.inRange("siteSampling", oneIn, 0, SAMPLING_MAX);
        return this;
    }

    /// Sets how long a cleanup may take that has no deadline of its own and does not run on a
    /// thread that called `close()`. Default: 30 s.
    ///
    /// @param deadline 1 ms to 1 day
    /// @return this
    public ResourceRegistryBuilder cleanupDeadline(Duration deadline) {
        this.cleanupDeadline =
                Options.inRange(
                        "cleanupDeadline",
                        deadline,
                        AsyncResourceGuard.DEADLINE_MIN,
                        AsyncResourceGuard.DEADLINE_MAX);
        return this;
    }

    /// Sets how many cleanups run at once. More are let in, one at a time, while all of them are
    /// stuck. Default: 64.
    ///
    /// @param concurrency 1 to 10,000
    /// @return this
    public ResourceRegistryBuilder cleanupConcurrency(int concurrency) {
        this.cleanupConcurrency =
                Options.inRange("cleanupConcurrency", concurrency, 1, CONCURRENCY_MAX);
        return this;
    }

    /// Sets how often a failed cleanup is tried again at most, if its failure [says
    /// so][io.patinox.memory.error.RecoveryStrategy.Retry] or the cleanup is
    /// [idempotent][ResourceRequest#idempotent()]. The first pause is as long as the failure says,
    /// else 10 ms; it doubles with each attempt, to 10 s at most, and half of it is left to chance.
    /// Default: 4.
    ///
    /// @param retries 0 to 100
    /// @return this
    public ResourceRegistryBuilder cleanupRetries(int retries) {
        this.cleanupRetries = Options.inRange("cleanupRetries", retries, 0, RETRIES_MAX);
        return this;
    }

    /// Sets after what time an open resource is reported as held too long, once, by a
    /// [io.patinox.memory.monitor.MonitorEvent.ResourceOverdue]; when it is closed after all, a
    /// [io.patinox.memory.monitor.MonitorEvent.ResourceReturned] tells that. It is noticed within a
    /// quarter of the threshold. Default: zero, which is never.
    ///
    /// @param threshold zero, or 1 ms to 365 days
    /// @return this
    public ResourceRegistryBuilder heldThreshold(Duration threshold) {
        this.heldThreshold =
                Options.required("heldThreshold", threshold).isZero()
                        ? threshold
                        : Options.inRange(
                                "heldThreshold",
                                threshold,
                                Duration.ofMillis(1),
                                Duration.ofDays(365));
        return this;
    }

    /// Sets options for all resources of a type. Once for each type.
    ///
    /// @param type the options
    /// @return this
    public ResourceRegistryBuilder type(ResourceType type) {
        Options.required("type", type);
        Options.consistent(
                types.putIfAbsent(type.name(), type) == null,
                "type",
                type.name(),
                "given once for each type",
                "put all options of the type into one ResourceType");
        return this;
    }

    /// Has the registry closed, with its [#closeTimeout], when the JVM ends by `System.exit`, by
    /// the end of its last thread that is no daemon, or by a signal such as SIGTERM. Nothing is
    /// cleaned up after `Runtime.halt`, SIGKILL or a crash. Default: off, since a container has an
    /// order of its own in which it closes things.
    ///
    /// @param shutdownHook whether
    /// @return this
    public ResourceRegistryBuilder shutdownHook(boolean shutdownHook) {
        this.shutdownHook = shutdownHook;
        return this;
    }

    /// Shows the registry to JMX as a [ResourceRegistryMXBean], as long as it is open. Needs the
    /// module `java.management`. Default: off.
    ///
    /// @param jmx whether
    /// @return this
    public ResourceRegistryBuilder jmx(boolean jmx) {
        this.jmx = jmx;
        return this;
    }

    /// Sets the budget of [ResourceRegistry#close()]. Default: 30 s.
    ///
    /// @param timeout 1 ms to 1 day
    /// @return this
    public ResourceRegistryBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = Options.inRange("closeTimeout", timeout, CLOSE_MIN, CLOSE_MAX);
        return this;
    }

    /// Opens the registry.
    ///
    /// @return the registry
    /// @throws io.patinox.memory.error.InvalidOptionException if [#jmx] is on, and there is no JMX
    ///   in this JVM or a registry of this name in it already
    public ResourceRegistry build() {
        boolean failTests = leakPolicy == LeakPolicy.FAIL_TESTS;
        ResourceRegistry registry =
                new ResourceRegistry(
                        new RegistrySettings(
                                name,
                                monitor,
                                ticker,
                                leakPolicy,
                                failTests ? 1 : siteSampling,
                                cleanupDeadline.toNanos(),
                                cleanupConcurrency,
                                cleanupRetries,
                                heldThreshold.toNanos(),
                                closeTimeout.toNanos(),
                                types.values().stream().map(ResourceType::kind).toList()));
        if (jmx) {
            JmxView.show(registry);
        }
        registry.core().register(registry);
        if (shutdownHook) {
            ExitHook.install(registry);
        }
        return registry;
    }
}
