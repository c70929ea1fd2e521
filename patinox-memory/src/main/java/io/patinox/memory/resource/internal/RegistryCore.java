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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A registry without its outside: acquires, ends and accounts for resources.
public final class RegistryCore {
    /// Classes that few registries ever use, but whose absence every acquisition looks at. The JIT
    /// inlines no accessor whose type is not loaded.
    @SuppressWarnings("unused")
    private static final Class<?>[] LOADED = {Limit.class, Extras.class, Progress.class};

    private static final long SEEK_NANOS_MAX = 2_000_000_000L;
    private static final Duration LEFT_MIN = Duration.ofMillis(1);

    private final RegistrySettings settings;
    private final IsolatedMonitor monitor;
    private final TypeTable types;
    private final LiveResources live;
    private final Relations relations = new Relations();
    private final CleanupEngine engine;
    private final RegistryClock clock;
    private final LeakReaper reaper;
    private final SiteSampler sampler;
    private final RegistryReports reports;
    private final HeldSweep heldSweep;
    private final AtomicReference<@Nullable RegistryCloser> closer = new AtomicReference<>();
    private final List<Runnable> onClosed = new CopyOnWriteArrayList<>();
    private @Nullable MetricsSource registered;

    /// Creates the core; its threads come with the first resource and the first cleanup.
    ///
    /// @param settings the options
    public RegistryCore(RegistrySettings settings) {
        this.settings = settings;
        this.monitor = IsolatedMonitor.of(settings.monitor());
        this.clock = new RegistryClock(settings.ticker());
        this.types = new TypeTable(this, settings.kinds());
        this.live = new LiveResources(Runtime.getRuntime().availableProcessors());
        this.engine = new CleanupEngine(this);
        this.sampler = new SiteSampler(clock, settings.siteSampling());
        this.reports = new RegistryReports(this, monitor);
        this.heldSweep = new HeldSweep(this);
        this.reaper = new LeakReaper(this);
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

    /// {@return the types of its resources}
    public TypeTable types() {
        return types;
    }

    LiveResources live() {
        return live;
    }

    CleanupEngine engine() {
        return engine;
    }

    /// {@return which of its resources depend on which}
    public Relations relations() {
        return relations;
    }

    RegistryClock clock() {
        return clock;
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

    /// {@return how long ago a resource was acquired}
    ///
    /// @param tracked the resource
    public Duration age(Tracked<?> tracked) {
        long micros = reports.micros() - tracked.acquiredMicros();
        return Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
    }

    /// The registry's thread comes by: refreshes the clock and looks for what is held too long.
    ///
    /// @return milliseconds until it must come again
    long tick() {
        long sweep = heldSweep.sweepIfDue();
        long flush = reports.leaks().flush();
        return Math.min(clock.tick(live.activity()), Math.min(sweep, flush));
    }

    /// {@return how many wait for room under a limit}
    long waitingForRoom() {
        return settings.kinds().stream().mapToLong(Kind::waiting).sum();
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
        // what is opened already must not be lost, whatever has happened meanwhile
        if (isClosing() && !(supplier instanceof Opened)) {
            throw new RegistryClosedException(settings.name());
        }
        reaper.ensureStarted();
        Thread here = Thread.currentThread();
        int home = live.home(here);
        Stripe stripe = live.stripe(home);
        ResourceSpec sampled = sampler.sample(spec, stripe);
        Tracked<T> tracked = tracked(handle, sampled, here.getName(), cleanup);
        Limit limit = spec.kind().limit();
        boolean related = limit != null || spec.extras() != null;
        if (limit != null && !(supplier instanceof Opened)) {
            limit.admit(this, spec);
        }
        boolean listed = false;
        boolean supplied = false;
        try {
            T resource = supply(spec, supplier);
            supplied = true;
            tracked.open(resource, Word.open(home, reports.coarseMicros(), related));
            listed = stripe.link(tracked);
        } catch (Throwable t) {
            if (supplied) {
                cleanUnlisted(tracked, t);
            }
            throw t;
        } finally {
            if (!listed && limit != null) {
                limit.release(spec);
            }
        }
        if (!listed) {
            RegistryClosedException refusal = new RegistryClosedException(settings.name());
            cleanUnlisted(tracked, refusal);
            throw refusal;
        }
        if (limit != null) {
            limit.opened();
        }
        return tracked;
    }

    /// Cleans up what came too late to be registered, here and now, and counts it.
    ///
    /// @param <T> its type
    /// @param spec what is known of it
    /// @param resource what came
    /// @param cleanup ends it
    /// @param refusal why it was not registered
    public <T> void refuse(
            ResourceSpec spec, T resource, Cleanup<? super T> cleanup, Throwable refusal) {
        Thread here = Thread.currentThread();
        Tracked<T> tracked = tracked(refusal, spec, here.getName(), cleanup);
        tracked.open(resource, Word.open(live.home(here), reports.coarseMicros(), false));
        cleanUnlisted(tracked, refusal);
    }

    @SuppressWarnings("ReferenceEquality") // the very same lambda, which has no equals
    private <T> Tracked<T> tracked(
            Object handle, ResourceSpec spec, String thread, Cleanup<? super T> cleanup) {
        return spec.cleanup() == cleanup
                ? new Tracked<>(handle, reaper.queue(), spec, thread)
                : new Tracked.WithCleanup<>(handle, reaper.queue(), spec, thread, cleanup);
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
    private <T> void cleanUnlisted(Tracked<T> tracked, Throwable primary) {
        boolean _ = tracked.queueUp(Word.EXIT_SHUTDOWN);
        boolean _ = tracked.claimHere();
        // the cleanup is owed even by a caller who was interrupted before
        boolean interrupted = Thread.interrupted();
        Throwable thrown = runTimed(tracked);
        tracked.endHere(thrown == null ? Word.CLEANED : Word.FAILED);
        live.stripe(tracked).countUnlisted(thrown == null ? Word.CLEANED : Word.FAILED);
        tracked.release();
        if (thrown != null) {
            if (thrown != primary) {
                primary.addSuppressed(thrown);
            }
            reports.failing(tracked, thrown);
            reports.failed(tracked, thrown, 1);
        }
        if (interrupted || thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> @Nullable Throwable runTimed(Tracked<T> tracked) {
        return runTimed(tracked, tracked.take(Thread.currentThread()));
    }

    /// Runs a cleanup on this thread and times it.
    ///
    /// @return what it threw, or null
    <T> @Nullable Throwable runTimed(Tracked<T> tracked, T resource) {
        long began = reports.now();
        Throwable thrown = null;
        try {
            Cleanups.run(tracked, resource);
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
        if (settings.leakPolicy() != LeakPolicy.REPORT_ONLY) {
            engine.submit(tracked, Word.EXIT_LEAKED);
        }
        reports.leaks().found(tracked);
    }

    /// Makes room for another of its type: begins the cleanup of the oldest that is open.
    ///
    /// @return which, or null if none is
    @Nullable Tracked<?> evictOldest(Kind kind) {
        Oldest oldest = new Oldest();
        live.walk(tracked -> {
            if (tracked.spec().kind().equals(kind) && tracked.isOpen()) {
                oldest.offer(tracked);
            }
        });
        Tracked<?> found = oldest.found;
        if (found != null) {
            engine.submit(found, Word.EXIT_EVICTED);
        }
        return found;
    }

    /// The oldest of those offered.
    private static final class Oldest {
        private @Nullable Tracked<?> found;

        void offer(Tracked<?> tracked) {
            Tracked<?> best = found;
            // newer ones of a stripe come first, so of equal times the last is the oldest
            if (best == null || tracked.acquiredMicros() - best.acquiredMicros() <= 0) {
                found = tracked;
            }
        }
    }

    /// Lets go of a resource.
    ///
    /// @return false if it is not open
    boolean detach(Tracked<?> tracked) {
        if (!tracked.detach()) {
            return false;
        }
        ended(tracked, tracked.word(), live.stripe(tracked));
        return true;
    }

    /// Notes that another attempt to clean up has failed.
    ///
    /// @return how many have
    int attempted(Tracked<?> tracked, Throwable thrown) {
        tracked.failedBy(thrown);
        reports.attemptFailed();
        Progress progress = tracked.progressIfAny();
        if (progress == null) {
            return 1;
        }
        int attempts = progress.attempts() + 1;
        progress.attempted(attempts);
        return attempts;
    }

    /// Has a failed cleanup tried again, if its error says so.
    ///
    /// @param run where it failed, null if that was on a caller's thread
    /// @return false if it isn't
    <T> boolean retry(
            Tracked<T> tracked,
            T resource,
            Throwable thrown,
            int attempts,
            @Nullable CleanupRun run) {
        long delay =
                Retries.delayNanos(
                        thrown, attempts, tracked.spec().idempotent(), settings.cleanupRetries());
        return delay != Retries.NEVER && engine.retry(tracked, resource, run, delay);
    }

    /// Ends a cleanup of the engine that came back, but for the futures: its thread completes them
    /// itself, when it has nothing else to do.
    ///
    /// @return false if it was abandoned before
    boolean settle(Tracked<?> tracked, @Nullable Throwable thrown, int attempts) {
        if (thrown != null) {
            reports.failing(tracked, thrown);
        }
        int end = thrown == null ? Word.CLEANED : Word.FAILED;
        if (!live.stripe(tracked).endRun(tracked, end)) {
            return false;
        }
        try {
            if (thrown != null) {
                reports.failed(tracked, thrown, attempts);
            }
        } finally {
            tracked.release();
            tracked.wakeThreads();
            tellMore(tracked, tracked.word());
        }
        return true;
    }

    /// Gives up a cleanup that did not come back.
    void abandon(Tracked<?> tracked, Duration deadline, List<StackTraceElement> stack) {
        tracked.progress().abandonedAfter(deadline.toNanos());
        if (!tracked.abandon()) {
            return; // it has come back at the last moment
        }
        // the resource stays: the cleanup may be just about to take it up, and late is not never
        try {
            reports.abandoned(tracked, deadline, stack);
        } finally {
            live.stripe(tracked).unlink(tracked, Word.ABANDONED);
            tellOthers(tracked, tracked.word());
        }
    }

    /// Gives up a cleanup that nobody began.
    boolean abandonUnstarted(Tracked<?> tracked) {
        if (!tracked.abandonUnstarted()) {
            return false;
        }
        ended(tracked, tracked.word(), live.stripe(tracked));
        return true;
    }

    /// A resource has reached a final state: it is unlisted, counted, let go, and whoever waits for
    /// that is woken. By who moved it there.
    void ended(Tracked<?> tracked, long word, Stripe stripe) {
        stripe.unlink(tracked, Word.state(word));
        tracked.release();
        tellOthers(tracked, word);
    }

    private void tellOthers(Tracked<?> tracked, long word) {
        tracked.wake();
        tellMore(tracked, word);
    }

    private void tellMore(Tracked<?> tracked, long word) {
        if ((word & (Word.RELATED | Word.OVERDUE)) != 0) {
            tellRelated(tracked, word);
        }
        RegistryCloser closing = closer.get();
        if (closing != null) {
            closing.somethingEnded();
        }
    }

    private void tellRelated(Tracked<?> tracked, long word) {
        if ((word & Word.OVERDUE) != 0) {
            reports.returned(tracked);
        }
        if ((word & Word.RELATED) != 0) {
            List<Tracked<?>> dependencies = relations.ended(tracked);
            Limit limit = tracked.spec().kind().limit();
            if (limit != null) {
                limit.release(tracked.spec());
            }
            dependencies.forEach(engine::dependantEnded);
        }
    }

    // ending, all of it

    /// Looks for lost guards before the registry closes, since afterwards nobody could tell them
    /// from those that were left to it; if the policy is to fail tests, and somebody watches.
    ///
    /// @param budget how long the closing may take
    /// @return what is left of it, 1 ms at least
    public Duration seekLeaks(Duration budget) {
        if (settings.leakPolicy() != LeakPolicy.FAIL_TESTS
                || isClosing()
                || !LeakWatches.isWatched()) {
            return budget;
        }
        long began = System.nanoTime();
        try {
            LeakWatches.collect(Math.min(budget.toNanos() / 2, SEEK_NANOS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // found or not, what is open is cleaned up
        }
        Duration left = budget.minusNanos(System.nanoTime() - began);
        return left.compareTo(LEFT_MIN) < 0 ? LEFT_MIN : left;
    }

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
        settings.kinds().forEach(Kind::refuseNew);
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

    /// Has something done when the registry has closed.
    ///
    /// @param action quick, and does not throw
    public void onClosed(Runnable action) {
        onClosed.add(action);
    }

    /// Ends all threads. By the closer, after everything is settled.
    void stop() {
        onClosed.forEach(Runnable::run);
        reaper.stop();
        clock.stop();
        reports.leaks().flushAll();
        engine.stop();
        MetricsSource source = registered;
        if (source != null) {
            monitor.unregister(source);
        }
        monitor.close();
    }
}
