package io.patinox.memory.cache.internal;

import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.CacheEvictionStorm;
import io.patinox.memory.monitor.CacheLoadFailed;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// What one cache tells of itself when something is wrong: isolated failures, failed loads, storms
/// of evictions, and its health.
///
/// *Threads.* All methods may be called from any thread, and none waits or calls code of the user.
final class CacheReports {

    /// From how many failed loads in a row on the cache is degraded.
    static final int FAILURES_IN_A_ROW = 3;

    /// A storm replaces at least this many entries a second.
    static final long LEAST_STORM = 1_000;

    static final String LOADS_FAIL = MemoryErrorCode.CACHE_LOAD_FAILED.id();
    static final String STORM = "CACHE-EVICTION-STORM";

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final String name;
    private final IsolatedMonitor monitor;
    private final LongSupplier clock;
    private final AtomicLong evictions = new AtomicLong();
    private final StripedCounter callbackFailures = new StripedCounter();

    // failed loads: how many in a row, how many since the last event, and when that was
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong toldNanos;

    // guarded by this: what the last look at the evictions saw
    private long lookedNanos;
    private long evictionsThen;

    private volatile boolean storm;
    private volatile Health told = Health.up();

    /// Creates the reports of a cache that is well.
    ///
    /// @param name the name of the cache
    /// @param monitor what the user wants told
    CacheReports(String name, Monitor monitor) {
        this(name, monitor, System::nanoTime);
    }

    // not the clock of the user, which health must not depend on
    CacheReports(String name, Monitor monitor, LongSupplier clock) {
        this.name = name;
        this.monitor = IsolatedMonitor.of(monitor);
        this.clock = clock;
        long now = clock.getAsLong();
        this.toldNanos = new AtomicLong(now - SECOND_NANOS);
        this.lookedNanos = now;
    }

    String name() {
        return name;
    }

    IsolatedMonitor monitor() {
        return monitor;
    }

    long callbackFailures() {
        return callbackFailures.sum();
    }

    /// Notes what code of the user threw where nobody waited for it. An `Error` goes to the
    /// uncaught exception handler of the thread, too. Never throws.
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
            } catch (Throwable e) {
                // as the JVM does with what such a handler throws
                callbackFailures.increment();
            }
        }
    }

    /// Notes that a load failed; tells it unless another was told within the last second.
    ///
    /// @param key its key, or the collection of keys
    /// @param failure what the loader threw
    /// @param stale whether an old value is served meanwhile
    void loadFailed(Object key, Throwable failure, boolean stale) {
        long nowNanos = clock.getAsLong();
        inARow.incrementAndGet();
        untold.incrementAndGet();
        long last = toldNanos.get();
        if (monitor.enabled(EventKind.CACHE_LOAD_FAILED)
                && nowNanos - last >= SECOND_NANOS
                && toldNanos.compareAndSet(last, nowNanos)) {
            long count = Math.max(1, untold.getAndSet(0));
            monitor.publish(
                    new CacheLoadFailed(
                            name, Instant.now(), Describe.value(key), failure, stale, count));
        }
        healthMayHaveChanged();
    }

    /// Notes that a load succeeded.
    void loaded() {
        if (inARow.get() != 0) {
            inARow.set(0);
            healthMayHaveChanged();
        }
    }

    /// Notes that entries went for the size of the cache. Quick, and allowed under a lock.
    ///
    /// @param count how many more
    /// @param entries how many it holds
    void evicted(long count, long entries) {
        evictions.addAndGet(count);
        observe(entries);
    }

    /// Looks at how fast entries go for the size of the cache, if the last look was a second ago. A
    /// storm is when as many go in a second as the cache holds, and at least 1,000; it ends when
    /// fewer than half of that go.
    ///
    /// @param entries how many it holds
    synchronized void observe(long entries) {
        long nowNanos = clock.getAsLong();
        long withinNanos = nowNanos - lookedNanos;
        if (withinNanos < SECOND_NANOS) {
            return;
        }
        long seen = evictions.get();
        long gone = seen - evictionsThen;
        double aSecond = (double) gone * SECOND_NANOS / withinNanos;
        lookedNanos = nowNanos;
        evictionsThen = seen;
        double limit = Math.max(LEAST_STORM, entries);
        if (!storm && aSecond >= limit) {
            storm = true;
            if (monitor.enabled(EventKind.CACHE_EVICTION_STORM)) {
                Duration within = Duration.ofNanos(withinNanos);
                monitor.publish(new CacheEvictionStorm(name, Instant.now(), gone, within, entries));
            }
            healthMayHaveChanged();
        } else if (storm && aSecond < limit / 2) {
            storm = false;
            healthMayHaveChanged();
        }
    }

    /// Answers how the cache is.
    ///
    /// @param closed whether it is closed
    /// @return down if it is closed; degraded while loads fail, or in a storm of evictions
    Health health(boolean closed) {
        if (closed) {
            String code = MemoryErrorCode.CACHE_CLOSED.id();
            return Health.down(new Health.Reason(code, "the cache is closed"));
        }
        List<Health.Reason> reasons = new ArrayList<>();
        if (inARow.get() >= FAILURES_IN_A_ROW) {
            reasons.add(
                    new Health.Reason(LOADS_FAIL, "the last loads failed, and none has succeeded"));
        }
        if (storm) {
            String text = "in a second as many entries go for its size as it holds";
            reasons.add(new Health.Reason(STORM, text));
        }
        return reasons.isEmpty()
                ? Health.up()
                : Health.degraded(reasons.toArray(Health.Reason[]::new));
    }

    private void healthMayHaveChanged() {
        // one look without the lock, as nearly always nothing has changed
        if (health(false).equals(told)) {
            return;
        }
        synchronized (monitor) {
            Health now = health(false);
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
}
