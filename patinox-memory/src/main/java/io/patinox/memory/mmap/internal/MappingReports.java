package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MappingAbandoned;
import io.patinox.memory.monitor.MappingFaulted;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one mapped file tells of itself when something is wrong.
///
/// *Threads.* All methods may be called from any thread; none waits or calls code of the user.
final class MappingReports {
    private static final long SECOND_NANOS = 1_000_000_000L;

    final AtomicLong faults = new AtomicLong();
    final AtomicLong remaps = new AtomicLong();
    final AtomicLong appended = new AtomicLong();
    final AtomicLong forced = new AtomicLong();

    private final String name;
    private final String file;
    private final IsolatedMonitor monitor;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - SECOND_NANOS);
    private volatile Health.@Nullable Reason fault;
    private volatile Health.@Nullable Reason stale;
    private volatile Health told = Health.up();
    private volatile boolean closed;

    MappingReports(MappingSettings settings) {
        this.name = settings.name();
        this.file = settings.path().toString();
        this.monitor = IsolatedMonitor.of(settings.monitor());
    }

    IsolatedMonitor monitor() {
        return monitor;
    }

    void faulted(long mappedBytes, long fileBytes) {
        faults.incrementAndGet();
        untold.incrementAndGet();
        long now = System.nanoTime();
        long last = toldNanos.get();
        if (monitor.enabled(EventKind.MAPPING_FAULTED)
                && now - last >= SECOND_NANOS
                && toldNanos.compareAndSet(last, now)) {
            long count = Math.max(1, untold.getAndSet(0));
            monitor.publish(
                    new MappingFaulted(name, Instant.now(), file, mappedBytes, fileBytes, count));
        }
        fault =
                new Health.Reason(
                        MemoryErrorCode.MAPPING_FAULT.id(),
                        "a body faulted, and no check has found the file good since");
        healthMayHaveChanged();
    }

    void stale(String what) {
        stale =
                new Health.Reason(
                        MemoryErrorCode.MAPPING_STALE.id(), "the file " + what + " while mapped");
        healthMayHaveChanged();
    }

    void good() {
        if (fault != null || stale != null) {
            fault = null;
            stale = null;
            healthMayHaveChanged();
        }
    }

    void abandoned(long bodies, Duration waited) {
        if (monitor.enabled(EventKind.MAPPING_ABANDONED)) {
            monitor.publish(new MappingAbandoned(name, Instant.now(), file, bodies, waited));
        }
    }

    /// Notes what failed where nobody could be told by an exception.
    void failed(String what, Throwable failure) {
        if (monitor.enabled(EventKind.CALLBACK_FAILED)) {
            monitor.publish(new MonitorEvent.CallbackFailed(name, Instant.now(), what, failure));
        }
    }

    void closed() {
        closed = true;
    }

    Health health() {
        if (closed) {
            return Health.down(
                    new Health.Reason(
                            MemoryErrorCode.MAPPING_CLOSED.id(), "the mapped file is closed"));
        }
        Health.Reason first = fault;
        Health.Reason second = stale;
        if (first == null) {
            return second == null ? Health.up() : Health.degraded(second);
        }
        return second == null ? Health.degraded(first) : Health.degraded(first, second);
    }

    private synchronized void healthMayHaveChanged() {
        Health now = health();
        Health before = told;
        if (now.equals(before)) {
            return;
        }
        told = now;
        if (monitor.enabled(EventKind.HEALTH_CHANGED)) {
            monitor.publish(new MonitorEvent.HealthChanged(name, Instant.now(), before, now));
        }
    }
}
