package io.patinox.memory.resource.internal;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.LeakPolicy;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A registry core and resources in it, made without guards.
final class Fixtures {
    final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 2);
    final RegistryCore core;

    Fixtures() {
        this(64);
    }

    Fixtures(int concurrency) {
        core =
                new RegistryCore(
                        new RegistrySettings(
                                "fixture",
                                Monitor.noop(),
                                clock::get,
                                LeakPolicy.REPORT_AND_CLEAN,
                                0,
                                Duration.ofSeconds(30).toNanos(),
                                concurrency,
                                Duration.ofSeconds(30).toNanos()));
    }

    ResourceSpec spec(
            String name, CleanupPriority priority, long deadlineNanos, @Nullable Tracked<?> owner) {
        return new ResourceSpec(core, "type", name, priority, deadlineNanos, owner, null);
    }

    /// A resource that is not listed anywhere; each is acquired a nanosecond after the last.
    Tracked<Object> unlisted(String name, CleanupPriority priority, @Nullable Tracked<?> owner) {
        Tracked<Object> tracked =
                new Tracked<>(
                        new Object(),
                        new ReferenceQueue<>(),
                        spec(name, priority, Duration.ofSeconds(30).toNanos(), owner),
                        r -> {},
                        "");
        tracked.hold(new Object());
        tracked.acquiredAt(clock.getAndIncrement());
        return tracked;
    }

    Tracked<Object> unlisted(String name) {
        return unlisted(name, CleanupPriority.NORMAL, null);
    }

    /// A resource that is listed in the core.
    Tracked<Object> listed(Duration deadline, Cleanup<Object> cleanup) {
        return core.acquire(
                this,
                spec("listed", CleanupPriority.NORMAL, deadline.toNanos(), null),
                Object::new,
                cleanup);
    }
}
