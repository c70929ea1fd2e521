package io.patinox.memory.resource.internal;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.LeakPolicy;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A registry core and resources in it, made without guards.
final class Fixtures {
    static final long MICRO = 1_000;

    /// Close to the overflow, as a monotonic clock may be.
    final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 2 * MICRO);

    final RegistryCore core;
    final Kind kind = new Kind("type", 0, Kind.SAMPLING_DEFAULT, null);

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
                                4,
                                0,
                                Duration.ofSeconds(30).toNanos(),
                                List.of()));
    }

    ResourceSpec spec(
            String name, CleanupPriority priority, long deadlineNanos, @Nullable Tracked<?> owner) {
        Extras extras = owner == null ? null : new Extras(Set.of(), owner, false, false, -1);
        return new ResourceSpec(core, kind, null, name, priority, deadlineNanos, null, extras);
    }

    /// A resource that is not listed anywhere; each is acquired a microsecond after the last.
    Tracked<Object> unlisted(String name, CleanupPriority priority, @Nullable Tracked<?> owner) {
        return unlisted(spec(name, priority, Duration.ofSeconds(30).toNanos(), owner), 0);
    }

    Tracked<Object> unlisted(ResourceSpec spec, int stripe) {
        Tracked<Object> tracked =
                new Tracked.WithCleanup<>(
                        new Object(), new ReferenceQueue<>(), spec, "acquirer", r -> {});
        long micros = core.clock().micros();
        clock.addAndGet(MICRO);
        tracked.open(new Object(), Word.open(stripe, micros, false));
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
