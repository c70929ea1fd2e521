package io.patinox.memory.share;

import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one piece of mutable shared data counts and tells. Reads touch nothing here, unless they
/// are to be counted.
final class Reports {
    private static final Health.Reason DAMAGED =
            new Health.Reason(
                    "SHARE-DAMAGED",
                    "a write in place failed half-way, and none has succeeded since");

    final AtomicLong writes = new AtomicLong();
    final AtomicLong writeFailures = new AtomicLong();
    final AtomicLong copies = new AtomicLong();
    final StripedCounter timeouts = new StripedCounter();
    private final StripedCounter notifications = new StripedCounter();
    private final StripedCounter conflated = new StripedCounter();
    private final StripedCounter callbackFailures = new StripedCounter();
    private final @Nullable StripedCounter reads;
    private final String name;
    private final IsolatedMonitor monitor;
    private volatile boolean damaged;

    Reports(String name, Monitor monitor, boolean countReads) {
        this.name = name;
        this.monitor = IsolatedMonitor.of(monitor);
        this.reads = countReads ? new StripedCounter() : null;
    }

    IsolatedMonitor monitor() {
        return monitor;
    }

    void read() {
        if (reads != null) {
            reads.increment();
        }
    }

    void notified(long skipped) {
        notifications.increment();
        conflated.add(skipped);
    }

    /// Never throws: an `Error` goes to the uncaught exception handler, everything else to the
    /// monitor.
    void callbackFailed(String callback, Throwable failure) {
        callbackFailures.increment();
        if (monitor.enabled(EventKind.CALLBACK_FAILED)) {
            monitor.publish(
                    new MonitorEvent.CallbackFailed(name, Instant.now(), callback, failure));
        }
        if (failure instanceof Error) {
            Thread current = Thread.currentThread();
            try {
                current.getUncaughtExceptionHandler().uncaughtException(current, failure);
            } catch (Throwable ignored) {
                // as the JVM does with what such a handler throws
                callbackFailures.increment();
            }
        }
    }

    /// Notes whether an in-place payload may be half changed; guarded by the write lock.
    void damaged(boolean now) {
        if (damaged == now) {
            return;
        }
        Health before = health(false);
        damaged = now;
        if (monitor.enabled(EventKind.HEALTH_CHANGED)) {
            monitor.publish(
                    new MonitorEvent.HealthChanged(name, Instant.now(), before, health(false)));
        }
    }

    Health health(boolean closed) {
        if (closed) {
            return Health.down(new Health.Reason("SHARE-CLOSED", "the data is closed"));
        }
        return damaged ? Health.degraded(DAMAGED) : Health.up();
    }

    MetricsSnapshot metrics(long version, Hub<?> hub) {
        MetricsSnapshot.Builder builder =
                MetricsSnapshot.builder(MutableSharedData.COMPONENT, name)
                        .counter("share.writes", writes.get())
                        .counter("share.write.failed", writeFailures.get())
                        .counter("share.copies", copies.get())
                        .counter("share.timeouts", timeouts.sum())
                        .counter("share.notifications", notifications.sum())
                        .counter("share.conflated", conflated.sum())
                        .counter("share.callback.failed", callbackFailures.sum())
                        .gauge("share.version", version)
                        .gauge("share.subscribers", hub.subscribers())
                        .gauge("share.waiting", hub.waiting());
        if (reads != null) {
            builder.counter("share.reads", reads.sum());
        }
        return builder.build();
    }
}
