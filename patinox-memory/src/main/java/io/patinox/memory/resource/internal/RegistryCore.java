package io.patinox.memory.resource.internal;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceSupplier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
        this.reaper = new LeakReaper(this, settings.name());
        this.sampler = new SiteSampler(settings.siteSampling());
        this.reports = new RegistryReports(this, settings, monitor);
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

    /// Closes as `close()` of a guard does.
    ///
    /// @param tracked the resource
    public void closeHere(Tracked<?> tracked) {
        Thread here = Thread.currentThread();
        if (tracked.claim(here)) {
            cleanHere(tracked);
            return;
        }
        if (!tracked.isFinal()) {
            if (here.equals(tracked.runner())) {
                return;
            }
            try {
                tracked.waiting().await();
            } catch (InterruptedException e) {
                here.interrupt();
                throw new ResourceInterruptedException(tracked.name(), "close", e);
            }
        }
        rethrow(tracked);
    }

    private void cleanHere(Tracked<?> tracked) {
        // the cleanup is owed even by a caller who was interrupted before; he is told afterwards
        boolean interrupted = Thread.interrupted();
        Throwable thrown = run(tracked);
        interrupted |= thrown instanceof InterruptedException;
        try {
            settle(tracked, thrown);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new CleanupFailedException(tracked.name(), 1, thrown);
        }
    }

    private static void rethrow(Tracked<?> tracked) {
        CleanupOutcome outcome = tracked.outcome();
        if (outcome == CleanupOutcome.FAILED) {
            Throwable failure = tracked.failure();
            throw new CleanupFailedException(
                    tracked.name(), 1, failure != null ? failure : new IllegalStateException());
        }
        if (outcome == CleanupOutcome.ABANDONED) {
            throw new CleanupTimeoutException(
                    tracked.name(), Duration.ofMillis(tracked.abandonedAfterMillis()));
        }
    }

    /// Closes as `close(Duration)` of a guard does.
    ///
    /// @param tracked the resource
    /// @param deadline how long the cleanup may take
    /// @return how it ended
    public CleanupOutcome closeWithin(Tracked<?> tracked, Duration deadline) {
        long nanos = deadline.toNanos();
        Thread here = Thread.currentThread();
        boolean mine = engine.runNow(tracked, nanos);
        if (!mine && !tracked.isFinal() && here.equals(tracked.runner())) {
            throw new ResourceClosedException(tracked.name(), "being cleaned up by this thread");
        }
        try {
            Completion waiting = tracked.waiting();
            if (mine) {
                waiting.await();
            } else {
                boolean ended = waiting.await(nanos);
                if (!ended) {
                    throw new CleanupTimeoutException(tracked.name(), deadline);
                }
            }
        } catch (InterruptedException e) {
            here.interrupt();
            throw new ResourceInterruptedException(tracked.name(), "close", e);
        }
        CleanupOutcome outcome = tracked.outcome();
        if (outcome == null) {
            throw new IllegalStateException("woken without an outcome: " + tracked.name());
        }
        return outcome;
    }

    /// Asks the engine for the cleanup.
    ///
    /// @param tracked the resource
    /// @return how it will have ended
    public CompletableFuture<CleanupOutcome> cleanup(Tracked<?> tracked) {
        engine.submit(tracked);
        return tracked.future();
    }

    /// Lets go of a resource without a cleanup.
    ///
    /// @param <T> its type
    /// @param tracked the resource
    /// @return the resource
    public <T> T detach(Tracked<T> tracked) {
        T resource = tracked.openResource();
        if (resource == null || !live.settle(tracked, Tracked.DETACHED)) {
            throw closed(tracked);
        }
        ended(tracked);
        return resource;
    }

    /// {@return the error of one who uses what is closed}
    ///
    /// @param tracked the resource
    public ResourceClosedException closed(Tracked<?> tracked) {
        CleanupOutcome outcome = tracked.outcome();
        String state =
                outcome == null
                        ? "being closed"
                        : outcome == CleanupOutcome.DETACHED ? "detached" : "closed";
        return new ResourceClosedException(tracked.name(), state);
    }

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

    /// Ends a cleanup that came back.
    ///
    /// @return false if it was abandoned before
    boolean settle(Tracked<?> tracked, @Nullable Throwable thrown) {
        if (thrown != null) {
            tracked.failedBy(thrown);
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
    ///
    /// @return false if it has come back at the last moment
    boolean abandon(CleanupRun run, List<StackTraceElement> stack) {
        run.tracked.abandonedAfter(run.deadlineNanos());
        if (!live.settle(run.tracked, Tracked.ABANDONED)) {
            return false;
        }
        try {
            reports.abandoned(run.tracked, Duration.ofNanos(run.deadlineNanos()), stack);
        } finally {
            ended(run.tracked);
        }
        return true;
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
        boolean[] inside = {engine.runs(here)};
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
