package io.patinox.memory.resource.internal;

import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceBalance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a registry says about itself: events, metrics, health. Nothing here blocks, and nothing
/// here can fail a cleanup.
public final class RegistryReports {
    /// How long a failure is remembered in the health.
    static final long FAILURE_MEMORY_NANOS = Duration.ofMinutes(1).toNanos();

    private static final int GAUGE_MAX = 100;

    private final RegistryCore core;
    private final String name;
    private final IsolatedMonitor monitor;
    private final Ticker ticker;
    private final LeakLog leaks;
    private final Histogram cleanup = Histogram.nanos();
    private final StripedCounter failedAttempts = new StripedCounter();
    private final StripedCounter overdue = new StripedCounter();
    private final StripedCounter held = new StripedCounter();
    private final StripedCounter limited = new StripedCounter();
    private final StripedCounter internalFailures = new StripedCounter();
    private final StripedCounter late = new StripedCounter();
    private final AtomicReference<Health> announced = new AtomicReference<>(Health.up());
    private volatile @Nullable Failure lastFailure;

    RegistryReports(RegistryCore core, IsolatedMonitor monitor) {
        this.core = core;
        this.name = core.settings().name();
        this.ticker = core.settings().ticker();
        this.monitor = monitor;
        this.leaks = new LeakLog(core, monitor);
    }

    /// {@return what it knows of leaks}
    public LeakLog leaks() {
        return leaks;
    }

    /// {@return the time for ages and latencies; a ticker that throws is no reason to lose a
    /// cleanup}
    long now() {
        try {
            return ticker.nanos();
        } catch (Throwable e) {
            internalFailure("ticker", e);
            return System.nanoTime();
        }
    }

    /// {@return the registry's time, precisely; 0 if the ticker throws}
    long micros() {
        try {
            return core.clock().micros();
        } catch (Throwable e) {
            internalFailure("ticker", e);
            return 0;
        }
    }

    /// {@return the registry's time, at most a tick old; 0 if the ticker throws}
    long coarseMicros() {
        try {
            return core.clock().coarseMicros();
        } catch (Throwable e) {
            internalFailure("ticker", e);
            return 0;
        }
    }

    /// A resource has been held for longer than the threshold.
    void held(Tracked<?> tracked) {
        held.increment();
        if (monitor.enabled(EventKind.RESOURCE_OVERDUE)) {
            monitor.publish(
                    new MonitorEvent.ResourceOverdue(
                            name,
                            Instant.now(),
                            tracked.name(),
                            tracked.type(),
                            core.age(tracked),
                            tracked.ownerThread(),
                            tracked.spec().site()));
        }
    }

    /// One that was reported as held too long has met its end.
    void returned(Tracked<?> tracked) {
        if (monitor.enabled(EventKind.RESOURCE_RETURNED)) {
            monitor.publish(
                    new MonitorEvent.ResourceReturned(
                            name,
                            Instant.now(),
                            tracked.name(),
                            tracked.type(),
                            core.age(tracked)));
        }
    }

    /// Somebody must wait for room under a limit.
    void limitReached() {
        limited.increment();
    }

    /// An attempt to clean up has failed.
    void attemptFailed() {
        failedAttempts.increment();
    }

    void took(long nanos) {
        cleanup.record(Math.max(0, nanos));
    }

    /// Remembers a failure for the health. Before the outcome can be seen, so that who has seen it
    /// finds the health changed.
    void failing(Tracked<?> tracked, Throwable thrown) {
        try {
            remember(tracked, Describe.failure(thrown));
        } catch (Throwable undescribable) {
            internalFailure("health", undescribable);
        }
    }

    void failed(Tracked<?> tracked, Throwable thrown, int attempts) {
        if (monitor.enabled(EventKind.CLEANUP_FAILED)) {
            monitor.publish(
                    new MonitorEvent.CleanupFailed(
                            name, Instant.now(), tracked.name(), attempts, thrown));
        }
        health();
    }

    /// A cleanup has reached its deadline and is interrupted.
    void overdue() {
        overdue.increment();
        health();
    }

    void abandoned(Tracked<?> tracked, Duration deadline, List<StackTraceElement> stack) {
        remember(tracked, "abandoned after " + Describe.duration(deadline));
        if (monitor.enabled(EventKind.CLEANUP_ABANDONED)) {
            monitor.publish(
                    new MonitorEvent.CleanupAbandoned(
                            name, Instant.now(), tracked.name(), deadline, stack));
        }
        health();
    }

    /// An abandoned cleanup came to its end after all.
    void endedLate() {
        late.increment();
        health();
    }

    /// Something of our own failed in the background and goes on: with lack of memory the likely
    /// reason, there may be none left to report it either.
    void internalFailure(String task, Throwable thrown) {
        internalFailures.increment();
        try {
            monitor.publish(new MonitorEvent.CallbackFailed(name, Instant.now(), task, thrown));
        } catch (OutOfMemoryError e) {
            internalFailures.increment();
        }
    }

    private void remember(Tracked<?> tracked, String what) {
        lastFailure = new Failure(tracked.name() + ": " + what, now());
    }

    /// {@return the health now; a change of status since the last look is published}
    public Health health() {
        Health now = assess();
        Health before = announced.getAndSet(now);
        if (before.status() != now.status() && monitor.enabled(EventKind.HEALTH_CHANGED)) {
            monitor.publish(new MonitorEvent.HealthChanged(name, Instant.now(), before, now));
        }
        return now;
    }

    private Health assess() {
        if (core.isClosing()) {
            return Health.down(reason(MemoryErrorCode.RESOURCE_REGISTRY_CLOSED, "closed"));
        }
        List<Health.Reason> reasons = new ArrayList<>();
        List<String> stuck = core.engine().load().stuck();
        if (!stuck.isEmpty()) {
            String text = stuck.size() + " past the deadline, among them " + stuck.getFirst();
            reasons.add(reason(MemoryErrorCode.RESOURCE_CLEANUP_TIMEOUT, text));
        }
        Failure last = lastFailure;
        if (last != null && now() - last.atNanos < FAILURE_MEMORY_NANOS) {
            reasons.add(reason(MemoryErrorCode.RESOURCE_CLEANUP_FAILED, last.text));
        }
        return reasons.isEmpty()
                ? Health.up()
                : Health.degraded(reasons.toArray(Health.Reason[]::new));
    }

    private static Health.Reason reason(MemoryErrorCode code, String text) {
        return new Health.Reason(code.id(), text);
    }

    /// {@return the names of resources whose cleanups are past their deadlines}
    public List<String> stuck() {
        return core.engine().load().stuck();
    }

    /// {@return the figures of the registry}
    public MetricsSnapshot metrics() {
        Map<String, Long> byType = new HashMap<>(); // by the names of the gauges
        long[] bytes = new long[1];
        core.live()
                .walk(tracked -> {
                    byType.merge(gauge(tracked.type()), 1L, Long::sum);
                    long sum = bytes[0] + Math.max(0, tracked.spec().sizeBytes());
                    bytes[0] = sum < 0 ? Long.MAX_VALUE : sum;
                });
        ResourceBalance balance = core.balance();
        CleanupEngine.Load load = core.engine().load();
        MetricsSnapshot.Builder metrics =
                MetricsSnapshot.builder("resource", name)
                        .counter("resource.acquired", balance.acquired())
                        .counter("resource.cleaned", balance.cleaned())
                        .counter("resource.failed", balance.failed())
                        .counter("resource.abandoned", balance.abandoned())
                        .counter("resource.detached", balance.detached())
                        .counter("resource.leaked", leaks.total())
                        .counter("resource.held", held.sum())
                        .counter("resource.limited", limited.sum())
                        .counter(
                                "resource.cleanup.attempts",
                                balance.cleaned() + failedAttempts.sum())
                        .counter("resource.cleanup.attempts.failed", failedAttempts.sum())
                        .counter("resource.cleanup.overdue", overdue.sum())
                        .counter("resource.cleanup.late", late.sum())
                        .counter("resource.internal.failures", internalFailures.sum())
                        .gauge("resource.open", balance.open())
                        .gauge("resource.bytes", bytes[0])
                        .gauge("resource.limit.waiting", core.waitingForRoom())
                        .gauge("resource.cleanup.queued", load.queued())
                        .gauge("resource.cleanup.running", load.running())
                        .gauge("resource.cleanup.stuck", load.stuck().size())
                        .histogram("resource.cleanup", cleanup.snapshot());
        byType.forEach(metrics::gauge);
        return metrics.build();
    }

    /// Types whose names are so long that those of their gauges would be too long share one.
    private static String gauge(String type) {
        String gauge = "resource.open." + type;
        return gauge.length() > GAUGE_MAX ? gauge.substring(0, GAUGE_MAX) : gauge;
    }

    /// The last failure, for the health.
    private record Failure(String text, long atNanos) {}
}
