package io.patinox.memory.config;

import io.patinox.memory.config.internal.Explanation;
import io.patinox.memory.error.ConfigClosedException;
import io.patinox.memory.error.ConfigRejectedException;
import io.patinox.memory.error.ConfigVersionException;
import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.share.Subscription;
import io.patinox.memory.share.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Settings that change while the program runs, as an immutable value that is swapped as a whole.
///
/// {@snippet file="io/patinox/memory/examples/ConfigExamples.java" region="start"}
///
/// **What is current** has been read completely, parsed, brought to the present schema, bound,
/// validated, and agreed to by every participant; otherwise the last good version stays current and
/// [#status()] says what is wrong and where. [#current()] costs one volatile read and allocates
/// nothing. Two calls may see two versions; what must fit together takes one value, or [#pinned()].
///
/// **Changes** come from the sources, which are looked at all the time, and from the program:
/// [#propose], [#override], [#rollback], [#rollout]. They are made one after the other by one
/// thread. A content of a file becomes current at most one second after it was written if it stays
/// untouched, with the default options; contents in between may be left out.
///
/// **Threads.** Safe for use by any threads. Each configuration has one daemon thread,
/// `patinox-config-<name>`; what it asks of user code runs on another one, with the time limit
/// [LiveConfigBuilder#callTimeout(Duration)]. Subscribers and bound parts have virtual threads.
///
/// **Lifecycle.** Built with a first version, or not at all. [#close()] ends the thread; then every
/// call but those about the past fails with `CONFIG-CLOSED`, and snapshots stay usable. One that is
/// never closed is never collected.
///
/// **Failures** are typed: `CONFIG-CLOSED`, `CONFIG-REJECTED`, `CONFIG-TIMEOUT`,
/// `CONFIG-INTERRUPTED`, `CONFIG-REENTRANT`, `CONFIG-VERSION`, `CONFIG-ROLLOUT`. A bad file is not
/// a failure of a call but a [ReloadResult].
///
/// **Memory effects.** What happens before a version becomes current happens-before the actions of
/// whoever reads that version.
///
/// @param <T> the type of the configuration, a record of immutable parts
public final class LiveConfig<T extends Record> implements MetricsSource, AutoCloseable {
    static final String COMPONENT = "config";

    // what everybody reads; null before the first version and after the end
    private volatile @Nullable T front;
    private final ConfigSettings<T> settings;
    private final Overrides overrides;
    private final Board board;
    private final Loader<T> loader;
    private final Answers answers;
    private final ScopedValue<ConfigSnapshot<T>> pin = ScopedValue.newInstance();
    private final Object shown = new Object();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final List<Runnable> closers = new CopyOnWriteArrayList<>();
    private volatile @Nullable AsyncResourceGuard<LiveConfig<T>> guard;

    LiveConfig(ConfigSettings<T> settings, Overrides overrides) {
        this.settings = settings;
        this.overrides = overrides;
        this.board = new Board(settings.name(), settings.monitor());
        this.loader = new Loader<>(settings, board, this::show);
        this.answers = new Answers(settings.name(), loader.calls(), settings.times().timeout());
    }

    /// Begins to build a configuration.
    ///
    /// @param type the record that holds it
    /// @param <T> the type of the configuration
    /// @return a builder with every option at its default
    public static <T extends Record> LiveConfigBuilder<T> builder(Class<T> type) {
        return new LiveConfigBuilder<>(type);
    }

    /// Loads the first version.
    LiveConfig<T> open() {
        boolean opened = false;
        try {
            loader.watchSources();
            CompletableFuture<ReloadResult> first = loader.start();
            if (settings.surroundings().driven()) {
                loader.step();
            }
            if (answers.await(first, "build") instanceof ReloadResult.Rejected bad) {
                throw new ConfigRejectedException(
                        name(),
                        bad.stage().name(),
                        bad.problems().stream().map(ConfigProblem::toString).toList());
            }
            ResourceRegistry registry = settings.registry();
            if (registry != null) {
                guard =
                        registry.request("config", () -> this, LiveConfig::close)
                                .name(name())
                                .acquire();
            }
            board.monitor().register(this);
            opened = true;
            return this;
        } finally {
            if (!opened) {
                close(Duration.ZERO);
            }
        }
    }

    private void show(@Nullable T value) {
        // a version that is published at the very end is shown no more
        synchronized (shown) {
            front = closing.get() ? null : value;
        }
    }

    /// Returns the current value.
    ///
    /// @return the value; never depends on pins or rollouts
    /// @throws ConfigClosedException if the configuration is closed
    public T current() {
        T known = front;
        if (known == null) {
            throw new ConfigClosedException(name());
        }
        return known;
    }

    /// Returns the value for a subject, such as a user or a tenant: the candidate of a running
    /// [rollout][ConfigRollout] if that includes the subject, otherwise the current value.
    ///
    /// @param subject the subject
    /// @return the value
    /// @throws ConfigClosedException if the configuration is closed
    public T current(String subject) {
        Options.required("subject", subject);
        ConfigRollout<T> rollout = loader.rollouts().running();
        T candidate = rollout != null && rollout.includes(subject) ? rollout.candidate() : null;
        // read afterwards: a rollout that was promoted meanwhile had published before it ended
        T known = current();
        return candidate == null ? known : candidate;
    }

    /// Returns the version that a request works with: the one of the scope, if this is called
    /// within [#runPinned] or [#callPinned], otherwise the current one.
    ///
    /// @return value and version; usable as long as one likes
    /// @throws ConfigClosedException if the configuration is closed, outside of a scope
    public ConfigSnapshot<T> pinned() {
        return pin.isBound() ? pin.get() : newest();
    }

    ConfigSnapshot<T> newest() {
        current();
        Versions<T> versions = loader.changes().known();
        // in this order: see there
        ConfigSnapshot<T> read = versions.newest();
        return versions.paired(front, read);
    }

    /// Runs a piece of work in which [#pinned()] is one and the same version, on this thread and in
    /// the subtasks of a structured task scope that it opens. A scope within a scope keeps the
    /// version of the outer one.
    ///
    /// @param work the work
    public void runPinned(Runnable work) {
        ScopedValue.where(pin, pinned()).run(Options.required("work", work));
    }

    /// Does what [#runPinned] does, with a result.
    ///
    /// @param work the work
    /// @param <R> the type of the result
    /// @param <X> what the work may throw
    /// @return what the work returned
    /// @throws X what the work threw
    public <R extends @Nullable Object, X extends Throwable> R callPinned(
            ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(pin, pinned()).call(Options.required("work", work));
    }

    /// Selects a part.
    ///
    /// @param part a function of the value, such as `AppConfig::pool`; never returns null
    /// @param <S> the type of the part
    /// @return the selection
    public <S> ConfigSelection<T, S> select(Function<? super T, ? extends S> part) {
        return new ConfigSelection<>(this, part);
    }

    /// Returns what tells of changes: of the newest value, not of every value. Its versions are
    /// those of the configuration. After the end it answers as [Watch] says, with `SHARE-CLOSED`.
    ///
    /// @return always the same watch
    public Watch<T> watch() {
        return loader.changes().known().data().watch();
    }

    /// Adds a part of the program that must agree before the configuration changes.
    ///
    /// @param participant the participant
    /// @return ends its participation
    /// @throws ConfigClosedException if the configuration is closed
    public Subscription participate(ConfigParticipant<T> participant) {
        Options.required("participant", participant);
        current();
        return loader.changes().participants().add(participant);
    }

    /// Reads all sources anew and applies what they say, also if another version is held.
    ///
    /// @return what came of it
    /// @throws ConfigClosedException if the configuration is or gets closed
    /// @throws io.patinox.memory.error.ConfigTimeoutException if that took longer than
    ///   [LiveConfigBuilder#timeout(Duration)]; it goes on
    /// @throws io.patinox.memory.error.ConfigInterruptedException if the thread was interrupted
    ///   while it waited; the flag is set, and it goes on
    /// @throws io.patinox.memory.error.ConfigReentrantException if it is called by a validation or
    ///   a participant, which would wait for itself
    public ReloadResult reload() {
        return answers.await(asked(loader::reload), "reload");
    }

    /// Does what [#reload()] does, without waiting.
    ///
    /// @return the result; callbacks run on a virtual thread. Cancelling it changes nothing
    public CompletableFuture<ReloadResult> reloadAsync() {
        Executor threads = Thread::startVirtualThread;
        return asked(loader::reload).thenApplyAsync(Function.identity(), threads);
    }

    /// Makes a value current that doesn't come from the sources. It is validated, participants must
    /// agree, and then it is held until the sources change or [#reload()] is called.
    ///
    /// @param value the value
    /// @return what came of it
    /// @throws io.patinox.memory.error.ConfigException as for [#reload()]
    public ReloadResult propose(T value) {
        Options.required("value", value);
        return ask(
                "propose",
                () -> {
                    List<ConfigProblem> problems = loader.changes().validate(value);
                    ReloadResult result =
                            problems.isEmpty()
                                    ? loader.changes().hold(value, ConfigCause.PROPOSAL)
                                    : new ReloadResult.Rejected(ConfigStage.VALIDATE, problems);
                    board.tell(result, ConfigCause.PROPOSAL);
                    return result;
                });
    }

    /// Replaces the values of the highest layer, and loads. Unlike [#propose] they stay when the
    /// sources below change.
    ///
    /// @param values the values by dotted path, such as `pool.maxSize`; empty for none
    /// @return what came of it; if it is not good, the values before stay
    /// @throws io.patinox.memory.error.ConfigException as for [#reload()]
    public ReloadResult override(Map<String, ?> values) {
        ConfigNode.Table next = FlatSource.table(Overrides.NAME, values);
        return ask(
                "override",
                () -> {
                    ConfigNode.Table before = overrides.replace(next);
                    ReloadResult result = loader.loaded(true);
                    if (!result.isGood()) {
                        overrides.replace(before);
                        // so that the status is about what is there
                        loader.loaded(false);
                    }
                    return result;
                });
    }

    /// Goes back to a version that is kept, as a new version. Participants must agree. It is held
    /// until the sources change or [#reload()] is called.
    ///
    /// @param version the version
    /// @return what came of it
    /// @throws ConfigVersionException if the version is not kept
    /// @throws io.patinox.memory.error.ConfigException as for [#reload()]
    public ReloadResult rollback(long version) {
        Options.inRange("version", version, 1, Long.MAX_VALUE);
        return ask(
                "rollback",
                () -> {
                    ConfigSnapshot<T> old =
                            loader.changes()
                                    .known()
                                    .find(version)
                                    .orElseThrow(() -> unknown(version));
                    ReloadResult result = loader.changes().hold(old.value(), ConfigCause.ROLLBACK);
                    board.rollbacks.increment();
                    board.tell(result, ConfigCause.ROLLBACK);
                    return result;
                });
    }

    private ConfigVersionException unknown(long version) {
        List<ConfigSnapshot<T>> kept = loader.changes().known().history();
        return new ConfigVersionException(
                name(), version, kept.getLast().version(), kept.getFirst().version());
    }

    /// Begins to build a staged rollout of a value.
    ///
    /// @param candidate the value
    /// @return a builder
    public ConfigRolloutBuilder<T> rollout(T candidate) {
        return new ConfigRolloutBuilder<>(this, candidate);
    }

    /// {@return the rollout that is running, if one is}
    public Optional<ConfigRollout<T>> rollout() {
        return Optional.ofNullable(loader.rollouts().running());
    }

    ConfigRollout<T> start(ConfigRolloutBuilder<T> options) {
        return ask(
                "rollout",
                () ->
                        loader.rollouts()
                                .start(name(), options, settings.surroundings().ticker().nanos()));
    }

    ReloadResult promote(ConfigRollout<T> rollout) {
        return ask("promote", () -> loader.rollouts().promote(rollout));
    }

    private <R> R ask(String call, java.util.function.Supplier<R> work) {
        return answers.await(asked(() -> loader.ask(work)), call);
    }

    private <R> CompletableFuture<R> asked(
            java.util.function.Supplier<CompletableFuture<R>> request) {
        answers.refuseInside();
        current();
        CompletableFuture<R> result = request.get();
        if (settings.surroundings().driven()) {
            loader.step();
        }
        return result;
    }

    /// Returns the versions that are kept, the newest first.
    ///
    /// @return at most [LiveConfigBuilder#history(int)] versions, also after the end
    public List<ConfigSnapshot<T>> history() {
        return loader.changes().known().history();
    }

    /// Tells what is current, and what is wrong and where. Also after the end.
    ///
    /// @return the status of this moment
    public ConfigStatus status() {
        return new ConfigStatus(
                loader.changes().known().newest(),
                board.facts(),
                loader.unsettled(),
                Optional.ofNullable(loader.eventsRefused()),
                loader.lastScanAge());
    }

    /// Returns what the sources say, a line a value, with origins and without secrets. A version
    /// that is [held][ConfigStatus#isHeld()] differs from it.
    ///
    /// @return lines such as `pool.maxSize = 20 (file app.yaml:3:5)`
    public String explain() {
        Explanation known = loader.changes().explanation();
        return known == null ? "" : known.text();
    }

    Board board() {
        return board;
    }

    Rollouts<T> rollouts() {
        return loader.rollouts();
    }

    Loader<T> loader() {
        return loader;
    }

    /// Has the loader look at the health soon.
    void judge() {
        loader.ring();
    }

    void onClose(Runnable closer) {
        closers.add(closer);
        if (closing.get()) {
            closer.run();
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String component() {
        return COMPONENT;
    }

    /// Returns figures, all under `config.`: counters `loads`, `applied`, `unchanged`, `rejected`,
    /// `rollbacks`, `scans`, `hints`, `notifications`, `callback.failed`, `calls.abandoned`; gauges
    /// `version`, `subscribers`, `participants`, `kept`, `held`, `events` (1 if there are events
    /// everywhere), `rollout.buckets` (of 100,000).
    @Override
    public MetricsSnapshot metrics() {
        return ConfigMetrics.of(name(), board, loader);
    }

    /// Tells how the configuration is: DEGRADED while the sources are rejected, take a restart, or
    /// have not been looked at for long, or while a bound part failed; DOWN once it is closed.
    @Override
    public Health health() {
        return closing.get()
                ? Health.down(new Health.Reason("CONFIG-CLOSED", "the configuration is closed"))
                : loader.health();
    }

    /// {@return whether it was closed}
    public boolean isClosed() {
        return closing.get();
    }

    /// Closes it as [#close(Duration)] does, with [LiveConfigBuilder#closeTimeout(Duration)].
    @Override
    public void close() {
        close(settings.times().close());
    }

    /// Closes it: no change begins any more, one that is being prepared is rolled back, those who
    /// wait get a "closed" error, and the thread ends. Idempotent: a later call waits for the
    /// first, within its own time.
    ///
    /// @param timeout how long to wait for the thread, from zero to 365 days
    /// @return what it came to
    public ConfigCloseReport close(Duration timeout) {
        Options.inRange("timeout", timeout, Duration.ZERO, Duration.ofDays(365));
        boolean mine = closing.compareAndSet(false, true);
        CompletableFuture<Void> end = loader.close();
        if (mine) {
            show(null);
            Versions<T> versions = loader.changes().versions();
            if (versions != null) {
                versions.data().close();
            }
            closers.forEach(Runnable::run);
        }
        boolean ended = answers.ended(end, timeout);
        if (mine) {
            board.monitor().unregister(this);
            board.monitor().close();
            AsyncResourceGuard<LiveConfig<T>> known = guard;
            if (known != null) {
                known.close();
            }
        }
        return new ConfigCloseReport(ended, loader.calls().abandoned());
    }

    @Override
    public String toString() {
        Versions<T> versions = loader.changes().versions();
        long version = versions == null ? 0 : versions.newest().version();
        return "LiveConfig[" + name() + ", version=" + version + "]";
    }
}
