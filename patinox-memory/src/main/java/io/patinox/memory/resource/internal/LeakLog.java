package io.patinox.memory.resource.internal;

import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.LeakReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a registry knows of its leaks: how many, the last few, and which it has told of.
///
/// A million leaks in one collection are one event and a count, not a million events: those of the
/// same type and place within a second are told of together. With [LeakPolicy#FAIL_TESTS] each is
/// told of by itself.
public final class LeakLog {
    /// So many of the last leaks are kept.
    static final int KEPT = 100;

    private static final int SITES_MAX = 1_000;
    private static final int FRAMES = 8;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RegistryCore core;
    private final IsolatedMonitor monitor;
    private final StripedCounter total = new StripedCounter();
    private final ArrayDeque<LeakReport> kept = new ArrayDeque<>();
    private final Map<List<Object>, Window> windows =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<List<Object>, Window> eldest) {
                    boolean full = size() > SITES_MAX;
                    if (full) {
                        tellPending(eldest.getValue());
                    }
                    return full;
                }
            };

    LeakLog(RegistryCore core, IsolatedMonitor monitor) {
        this.core = core;
        this.monitor = monitor;
    }

    /// {@return how many leaks were found}
    public long total() {
        return total.sum();
    }

    /// {@return the last leaks, the oldest first}
    public List<LeakReport> recent() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    /// Notes a leak. By the registry's thread.
    void found(Tracked<?> tracked) {
        total.increment();
        LeakReport report = report(tracked);
        synchronized (kept) {
            if (kept.size() == KEPT) {
                kept.removeFirst();
            }
            kept.addLast(report);
        }
        if (core.settings().leakPolicy() == LeakPolicy.FAIL_TESTS) {
            LeakWatches.found(report);
            publish(report, 1);
            return;
        }
        long now = System.nanoTime();
        Window window = windows.computeIfAbsent(key(report), key -> new Window());
        window.last = report;
        window.pending++;
        if (!window.open || now - window.until >= 0) {
            window.open(now);
            publish(report, window.take());
        }
    }

    private LeakReport report(Tracked<?> tracked) {
        Throwable site = tracked.spec().site();
        Duration age = core.age(tracked);
        long acquired =
                site instanceof SiteSampler.Site sampled
                        ? sampled.nanos()
                        : System.nanoTime() - age.toNanos();
        return new LeakReport(
                core.settings().name(),
                tracked.type(),
                tracked.name(),
                age,
                acquired,
                Optional.ofNullable(site));
    }

    /// Tells of leaks that were put off. By the registry's thread.
    ///
    /// @return milliseconds until there may be something to tell
    long flush() {
        if (windows.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (Window window : new ArrayList<>(windows.values())) {
            LeakReport last = window.last;
            if (window.pending > 0 && last != null) {
                if (now - window.until >= 0) {
                    window.open(now);
                    publish(last, window.take());
                } else {
                    next = Math.min(next, window.until - now);
                }
            }
        }
        return next == Long.MAX_VALUE ? next : TimeUnit.NANOSECONDS.toMillis(next) + 1;
    }

    /// Tells of all that was put off: the registry closes.
    void flushAll() {
        windows.values().forEach(this::tellPending);
    }

    private void tellPending(Window window) {
        LeakReport last = window.last;
        if (window.pending > 0 && last != null) {
            publish(last, window.take());
        }
    }

    private static List<Object> key(LeakReport report) {
        return report.site()
                .<List<Object>>map(site ->
                        List.of(
                                report.type(),
                                Arrays.stream(site.getStackTrace()).limit(FRAMES).toList()))
                .orElseGet(() -> List.of(report.type()));
    }

    private void publish(LeakReport report, long count) {
        if (monitor.enabled(EventKind.RESOURCE_LEAKED)) {
            Duration age = report.age();
            boolean cleans = core.settings().leakPolicy() != LeakPolicy.REPORT_ONLY;
            monitor.publish(
                    new MonitorEvent.ResourceLeaked(
                            report.registry(),
                            Instant.now(),
                            report.type(),
                            age.isNegative() ? Duration.ZERO : age,
                            report.site().orElse(null),
                            cleans,
                            count));
        }
    }

    /// Leaks of one type and place that are told of together.
    private static final class Window {
        private boolean open;
        private long until;
        private long pending;
        private @Nullable LeakReport last;

        void open(long now) {
            open = true;
            until = now + WINDOW_NANOS;
        }

        long take() {
            long count = pending;
            pending = 0;
            return count;
        }
    }
}
