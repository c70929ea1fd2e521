package io.patinox.memory.config;

import io.patinox.memory.config.Assembly.Candidate;
import io.patinox.memory.config.Assembly.Reading;
import io.patinox.memory.config.Calls.CallFailed;
import io.patinox.memory.config.internal.FolderWatch;
import io.patinox.memory.config.internal.Settling;
import io.patinox.memory.config.internal.Sighting;
import io.patinox.memory.error.ConfigClosedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds changes and brings them through the pipeline, by one thread that nothing ends but closing.
///
/// @param <T> the type of the configuration
final class Loader<T extends Record> implements Runnable {
    /*
     * A step looks at every watched path, does what it was asked for, and loads if that is due.
     * Steps follow each other after the poll interval, sooner if something has not settled or the
     * bell rings; whoever rings waits for nothing. So there is one load at a time, what rings
     * during a load is answered by the next one, and a burst is one load.
     *
     * A load takes all layers together. It waits until each has settled, so that several files
     * written one after the other are loaded as one set; but a change that has settled waits no
     * longer than `maxWait` for a file that does not come to rest, and is then loaded together
     * with what was last believed of that file. A reload that somebody asked for waits as long.
     *
     * Nothing that a step throws ends the thread. User code runs in `calls`, with a time limit,
     * and decides nothing but its own result: what is current is changed by this thread only.
     */
    private static final long REST_NANOS = 5_000_000;

    private final ConfigSettings<T> settings;
    private final ConfigSettings.Times times;
    private final Ticker ticker;
    private final Board board;
    private final Calls calls;
    private final Changes<T> changes;
    private final Rollouts<T> rollouts;
    private final FolderWatch watch;
    private final Map<Layer, Settling> settlings = new LinkedHashMap<>();
    private final Map<Layer, String> loadedDigests = new HashMap<>();
    private final Doorbell bell = new Doorbell();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<ReloadResult>> reloads = new ArrayList<>();
    private final List<AutoCloseable> sourceWatches = new ArrayList<>();
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final AtomicBoolean sourceHinted = new AtomicBoolean();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile @Nullable Thread thread;
    private volatile List<String> unsettled = List.of();
    private volatile long scannedAt;
    private volatile boolean closed;
    private boolean fresh;
    private long freshSince;
    private long reloadSince;
    private long loadedAt;
    private long steppedAt;

    /// Something that the loader's thread is asked to do.
    private interface Request {
        /// {@return whether the files must be read for it}
        boolean reads();

        void run();

        void refuse();
    }

    Loader(ConfigSettings<T> settings, Board board, Consumer<@Nullable T> front) {
        this.settings = settings;
        this.times = settings.times();
        this.ticker = settings.surroundings().ticker();
        this.board = board;
        this.calls = new Calls(settings.name(), times.callNanos());
        this.changes = new Changes<>(settings, calls, board, () -> closed, front);
        this.rollouts = new Rollouts<>(calls, changes, board);
        this.watch =
                new FolderWatch(
                        "patinox-config-" + settings.name() + "-events",
                        settings.surroundings().opener(),
                        this::hint);
        for (Layer layer : settings.layers()) {
            if (layer instanceof Layer.Watched watched) {
                settlings.put(
                        layer,
                        watched.settling(
                                settings.maxFileBytes(),
                                times.settleNanos(),
                                times.goneNanos(),
                                settings.surroundings().wallMillis(),
                                ticker::nanos));
            }
        }
        scannedAt = ticker.nanos();
        loadedAt = scannedAt - times.minIntervalNanos();
    }

    Calls calls() {
        return calls;
    }

    Changes<T> changes() {
        return changes;
    }

    Rollouts<T> rollouts() {
        return rollouts;
    }

    /// Makes the loader come soon.
    void ring() {
        bell.ring();
    }

    private void hint() {
        board.hints.increment();
        hinted.set(true);
        bell.ring();
    }

    private void sourceHint() {
        sourceHinted.set(true);
        hint();
    }

    /// Begins: asks for the first load.
    CompletableFuture<ReloadResult> start() {
        CompletableFuture<ReloadResult> first = reload();
        if (!settings.surroundings().driven()) {
            Thread started =
                    Thread.ofPlatform()
                            .daemon()
                            .name("patinox-config-" + settings.name())
                            .inheritInheritableThreadLocals(false)
                            .unstarted(this);
            thread = started;
            started.start();
        }
        return first;
    }

    CompletableFuture<ReloadResult> reload() {
        CompletableFuture<ReloadResult> result = new CompletableFuture<>();
        submit(
                () -> {
                    if (reloads.isEmpty()) {
                        reloadSince = ticker.nanos();
                    }
                    reloads.add(result);
                },
                result,
                true);
        return result;
    }

    /// Runs something on the loader's thread.
    <R> CompletableFuture<R> ask(Supplier<R> work) {
        CompletableFuture<R> result = new CompletableFuture<>();
        submit(
                () -> {
                    try {
                        result.complete(work.get());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                result,
                false);
        return result;
    }

    private void submit(Runnable run, CompletableFuture<?> result, boolean reads) {
        requests.add(
                new Request() {
                    @Override
                    public boolean reads() {
                        return reads;
                    }

                    @Override
                    public void run() {
                        run.run();
                    }

                    @Override
                    public void refuse() {
                        result.completeExceptionally(new ConfigClosedException(settings.name()));
                    }
                });
        bell.ring();
        if (end.isDone()) {
            refuseAll();
        }
    }

    private void refuseAll() {
        for (Request next = requests.poll(); next != null; next = requests.poll()) {
            next.refuse();
        }
    }

    @Override
    public void run() {
        while (!closed) {
            long due = times.pollNanos();
            try {
                due = step();
            } catch (Throwable failure) {
                board.callbackFailed("loader", failure);
            }
            steppedAt = System.nanoTime();
            if (!closed) {
                bell.await(due);
                rest();
                // only closing interrupts, and that is looked at above
                boolean _ = Thread.interrupted();
            }
        }
        finish();
    }

    /// Lets a storm of events be one step every few milliseconds, unless somebody asked for
    /// something.
    private void rest() {
        long left = REST_NANOS - (System.nanoTime() - steppedAt);
        while (left > 0 && requests.isEmpty() && !closed) {
            LockSupport.parkNanos(this, left);
            left = REST_NANOS - (System.nanoTime() - steppedAt);
        }
    }

    /// Does what is due now, and returns when to come again.
    long step() {
        long now = ticker.nanos();
        boolean doubt = hinted.getAndSet(false);
        List<Request> taken = new ArrayList<>();
        for (Request next = requests.poll(); next != null; next = requests.poll()) {
            taken.add(next);
        }
        look(now, doubt || taken.stream().anyMatch(Request::reads));
        taken.forEach(Request::run);
        loadIfDue(now);
        rollouts.step(ticker.nanos());
        board.tellHealth(health());
        return dueNanos(ticker.nanos());
    }

    private void look(long now, boolean doubt) {
        Set<Path> folders = new LinkedHashSet<>();
        List<String> moving = new ArrayList<>();
        settlings.forEach((layer, settling) -> {
            try {
                settling.look(now, doubt);
                folders.addAll(settling.folders());
            } catch (RuntimeException e) {
                // a file system's own failure; it is looked at again
                board.callbackFailed("look", e);
            }
            if (settling.isPending()) {
                moving.add(layer.source());
            }
        });
        watch.arm(folders, now);
        board.scans.increment();
        unsettled = List.copyOf(moving);
        scannedAt = now;
    }

    private void loadIfDue(long now) {
        boolean changed = sourceHinted.get();
        for (Map.Entry<Layer, Settling> entry : settlings.entrySet()) {
            Sighting settled = entry.getValue().settled();
            if (settled == null) {
                // there is nothing to believe yet, so there is nothing to load
                return;
            }
            changed |= !settled.digest().equals(loadedDigests.get(entry.getKey()));
        }
        if (changed && !fresh) {
            freshSince = now;
        }
        fresh = changed;
        boolean asked = !reloads.isEmpty();
        boolean first = changes.versions() == null;
        if ((fresh || asked) && (first || loadDelayNanos(now) == 0)) {
            load(now, asked);
        }
    }

    /// Returns how long a load that is wanted must wait.
    private long loadDelayNanos(long now) {
        boolean asked = !reloads.isEmpty();
        long delay = asked ? 0 : times.minIntervalNanos() - (now - loadedAt);
        if (!unsettled.isEmpty()) {
            long since = fresh ? freshSince : reloadSince;
            long wait = fresh ? times.maxWaitNanos() : times.settleNanos() + times.maxWaitNanos();
            delay = Math.max(delay, wait - (now - since));
        }
        return Math.max(0, delay);
    }

    private void load(long now, boolean asked) {
        sourceHinted.set(false);
        fresh = false;
        loadedAt = now;
        List<CompletableFuture<ReloadResult>> waiting = List.copyOf(reloads);
        reloads.clear();
        ReloadResult result = loaded(asked);
        if (result instanceof ReloadResult.Unchanged && asked && !unsettled.isEmpty()) {
            result = new ReloadResult.Unsettled(unsettled);
        }
        ReloadResult told = result;
        waiting.forEach(future -> future.complete(told));
    }

    /// Loads what may be believed now. Never throws.
    ReloadResult loaded(boolean insist) {
        List<Reading> readings = new ArrayList<>();
        for (Layer layer : settings.layers()) {
            Settling settling = settlings.get(layer);
            Sighting settled = settling == null ? null : settling.settled();
            readings.add(new Reading(layer, settled));
            if (settled != null) {
                loadedDigests.put(layer, settled.digest());
            }
        }
        boolean first = changes.versions() == null;
        ReloadResult result;
        List<ConfigProblem> warnings = List.of();
        try {
            Candidate<T> candidate =
                    calls.run(() -> settings.assembly().assemble(readings), _ -> {});
            warnings = candidate.warnings();
            result = changes.load(candidate, insist);
        } catch (CallFailed e) {
            result =
                    new ReloadResult.Rejected(
                            ConfigStage.VALIDATE, List.of(Changes.failed("the load", e, board)));
        } catch (Throwable failure) {
            board.callbackFailed("load", failure);
            result =
                    new ReloadResult.Rejected(
                            ConfigStage.PREPARE,
                            List.of(
                                    Assembly.problem(
                                            settings.name(),
                                            "the load failed with "
                                                    + failure.getClass().getSimpleName())));
        }
        board.loaded(result, warnings);
        board.tell(result, first ? ConfigCause.START : ConfigCause.RELOAD);
        return result;
    }

    private long dueNanos(long now) {
        long due = Math.min(times.pollNanos(), rollouts.dueNanos(now));
        for (Settling settling : settlings.values()) {
            due = Math.min(due, settling.dueNanos(now));
        }
        if (changes.versions() != null && (fresh || !reloads.isEmpty())) {
            due = Math.min(due, Math.max(1_000_000, loadDelayNanos(now)));
        }
        return due;
    }

    /// Watches the sources that tell of changes; called before the first load.
    void watchSources() {
        for (Layer layer : settings.layers()) {
            if (layer instanceof Layer.OfSource other) {
                sourceWatches.add(other.from().onChange(this::sourceHint));
            }
        }
    }

    Health health() {
        long age = ticker.nanos() - scannedAt;
        boolean stale = age > Math.max(10 * times.pollNanos(), 2 * times.callNanos());
        return board.health(stale);
    }

    List<String> unsettled() {
        return unsettled;
    }

    @Nullable String eventsRefused() {
        return watch.failure();
    }

    Duration lastScanAge() {
        return Duration.ofNanos(Math.max(0, ticker.nanos() - scannedAt));
    }

    /// Begins the end. What is being prepared is rolled back.
    CompletableFuture<Void> close() {
        closed = true;
        Thread running = thread;
        if (running == null) {
            if (!end.isDone()) {
                finish();
            }
        } else {
            running.interrupt();
            bell.ring();
        }
        return end;
    }

    private void finish() {
        boolean _ = Thread.interrupted();
        rollouts.close();
        watch.close();
        for (AutoCloseable sourceWatch : sourceWatches) {
            try {
                calls.runAnyhow(() -> {
                    sourceWatch.close();
                    return Boolean.TRUE;
                });
            } catch (CallFailed e) {
                Throwable cause = e.getCause();
                board.callbackFailed(
                        "close", cause == null ? new IllegalStateException("late") : cause);
            }
        }
        calls.close();
        ConfigClosedException why = new ConfigClosedException(settings.name());
        reloads.forEach(future -> future.completeExceptionally(why));
        reloads.clear();
        end.complete(null);
        refuseAll();
    }
}
