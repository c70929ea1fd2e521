package io.patinox.memory.resource.internal;

import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceSupplier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A registry without its outside: acquires, ends and accounts for resources.
public final class RegistryCore {
    private final RegistrySettings settings;
    private final IsolatedMonitor monitor;
    private final LiveResources live;
    private final CleanupEngine engine;
    private final LeakReaper reaper;
    private final SiteSampler sampler;
    private final RegistryReports reports;
    private final AtomicReference<@Nullable RegistryCloser> closer = new AtomicReference<>();
    private @Nullable MetricsSource registered;

    /// Creates the core; its threads come with the first resource and the first cleanup.
    ///
    /// @param settings the options
    public RegistryCore(RegistrySettings settings) {
        this.settings = settings;
        this.monitor = IsolatedMonitor.of(settings.monitor());
        this.live = new LiveResources(Runtime.getRuntime().availableProcessors());
        this.engine = new CleanupEngine(this, settings.name(), settings.cleanupConcurrency());
        this.sampler = new SiteSampler(settings.siteSampling());
        this.reports = new RegistryReports(this, settings, monitor);
        this.reaper =
                new LeakReaper(
                        settings.name(),
                        this::lost,
                        thrown -> reports.internalFailure("leak reaper", thrown));
    }

    /// Announces the registry to its monitor.
    ///
    /// @param source the registry
    public void register(MetricsSource source) {
        registered = source;
        monitor.register(source);
    }

    /// {@return the options}
    public RegistrySettings settings() {
        return settings;
    }

    /// {@return what the registry says about itself}
    public RegistryReports reports() {
        return reports;
    }

    LiveResources live() {
        return live;
    }

    CleanupEngine engine() {
        return engine;
    }

    /// {@return what became of everything acquired}
    public ResourceBalance balance() {
        return live.balance();
    }

    /// {@return the live resources of this moment}
    public List<Tracked<?>> open() {
        return live.list();
    }

    /// {@return whether no resource is accepted any more}
    public boolean isClosing() {
        return closer.get() != null;
    }

    // acquiring

    /*
     * Acquire and register are one step: whatever can fail before the supplier has run has no
     * resource to lose, so everything that allocates (the handle, the state, a sampled site, the
     * thread that watches for leaks) comes first. After it only a clock is read and two links are
     * written; if that fails, or if the registry has closed meanwhile, the resource is cleaned up
     * here and now, on the caller, and counted.
     */

    /// Opens a resource and lists it.
    ///
    /// @param <T> its type
    /// @param handle the guard, whose loss will be noticed
    /// @param spec what is known of the resource
    /// @param supplier opens it
    /// @param cleanup ends it
    /// @return its state
    public <T> Tracked<T> acquire(
            Object handle,
            ResourceSpec spec,
            ResourceSupplier<? extends T> supplier,
            Cleanup<? super T> cleanup) {
        if (isClosing()) {
            throw new RegistryClosedException(settings.name());
        }
        reaper.ensureStarted();
        Tracked<T> tracked =
                new Tracked<>(
                        handle,
                        reaper.queue(),
                        sampler.sample(spec),
                        cleanup,
                        Thread.currentThread().getName());
        tracked.hold(supply(spec, supplier));
        boolean listed = false;
        try {
            tracked.acquiredAt(settings.ticker().nanos());
            listed = live.link(tracked);
        } catch (Throwable t) {
            cleanUnlisted(tracked, t);
            throw t;
        }
        if (!listed) {
            RegistryClosedException refusal = new RegistryClosedException(settings.name());
            cleanUnlisted(tracked, refusal);
            throw refusal;
        }
        return tracked;
    }

    private static <T> T supply(ResourceSpec spec, ResourceSupplier<? extends T> supplier) {
        T supplied;
        try {
            supplied = supplier.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceInterruptedException(spec.label(), "acquire", e);
        } catch (Exception e) {
            throw new ResourceAcquireException(spec.type(), e);
        }
        if (supplied == null) {
            throw new ResourceAcquireException(
                    spec.type(), new NullPointerException("the supplier returned null"));
        }
        return supplied;
    }

    @SuppressWarnings("ReferenceEquality") // an exception must not be suppressed by itself
    private void cleanUnlisted(Tracked<?> tracked, Throwable primary) {
        Throwable thrown = run(tracked);
        live.countUnlisted(thrown == null ? Tracked.CLEANED : Tracked.FAILED);
        if (thrown != null) {
            if (thrown != primary) {
                primary.addSuppressed(thrown);
            }
            reports.failing(tracked, thrown);
            reports.failed(tracked, thrown);
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Runs a cleanup on this thread and times it.
    ///
    /// @return what it threw, or null
    @Nullable Throwable run(Tracked<?> tracked) {
        long began = reports.now();
        Throwable thrown = null;
        try {
            tracked.clean();
        } catch (Throwable t) {
            thrown = t;
        }
        reports.took(reports.now() - began);
        return thrown;
    }

    // ending, one resource

    /// A guard was lost. Called by the reaper until it returns, so it may be called again.
    void lost(Tracked<?> tracked) {
        if (!tracked.isOpen()) {
            return;
        }
        if (settings.leakPolicy() == LeakPolicy.REPORT_AND_CLEAN) {
            engine.submit(tracked);
        }
        reports.leaked(tracked, settings.leakPolicy());
    }

    /// Lets go of a resource.
    ///
    /// @return false if it is not open
    boolean detach(Tracked<?> tracked) {
        if (!live.settle(tracked, Tracked.DETACHED)) {
            return false;
        }
        ended(tracked);
        return true;
    }

    /// Ends a cleanup that came back.
    ///
    /// @return false if it was abandoned before
    boolean settle(Tracked<?> tracked, @Nullable Throwable thrown) {
        if (thrown != null) {
            tracked.failedBy(thrown);
            reports.failing(tracked, thrown);
        }
        if (!live.settle(tracked, thrown == null ? Tracked.CLEANED : Tracked.FAILED)) {
            return false;
        }
        try {
            if (thrown != null) {
                reports.failed(tracked, thrown);
            }
        } finally {
            ended(tracked);
        }
        return true;
    }

    /// Gives up a cleanup that did not come back.
    void abandon(Tracked<?> tracked, Duration deadline, List<StackTraceElement> stack) {
        tracked.abandonedAfter(deadline.toNanos());
        if (!live.settle(tracked, Tracked.ABANDONED)) {
            return; // it has come back at the last moment
        }
        // the resource stays: the cleanup may be just about to take it up, and late is not never
        try {
            reports.abandoned(tracked, deadline, stack);
        } finally {
            tellWaiters(tracked);
        }
    }

    /// Gives up a cleanup that nobody began.
    boolean abandonUnstarted(Tracked<?> tracked) {
        if (!live.abandonUnstarted(tracked)) {
            return false;
        }
        ended(tracked);
        return true;
    }

    private void ended(Tracked<?> tracked) {
        tracked.release();
        tellWaiters(tracked);
    }

    private void tellWaiters(Tracked<?> tracked) {
        tracked.wake();
        RegistryCloser closing = closer.get();
        if (closing != null) {
            closing.somethingEnded();
        }
    }

    // ending, all of it

    /// Begins to close the registry, or joins the closing that has begun.
    ///
    /// @param budget how long it may take
    /// @return the closing
    public RegistryCloser close(Duration budget) {
        RegistryCloser mine = new RegistryCloser(this, budget.toNanos());
        RegistryCloser winner = closer.compareAndExchange(null, mine);
        if (winner != null) {
            return winner;
        }
        mine.start();
        return mine;
    }

    /// {@return whether the calling thread is inside a cleanup of this registry}
    public boolean insideCleanup() {
        Thread here = Thread.currentThread();
        boolean[] inside = new boolean[1];
        live.walk(tracked -> inside[0] |= here.equals(tracked.runner()));
        return inside[0];
    }

    /// Ends all threads. By the closer, after everything is settled.
    void stop() {
        reaper.stop();
        engine.stop();
        MetricsSource source = registered;
        if (source != null) {
            monitor.unregister(source);
        }
        monitor.close();
    }
}
