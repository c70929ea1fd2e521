package io.patinox.memory.share;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ShareImmutableException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One piece of data that many read and few change, and in which everybody sees every change.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="mutable"}
///
/// For handles that diverge when one of them is changed there is [SharedData].
///
/// | created by | payload | a write | a read | a write that fails |
/// |---|---|---|---|---|
/// | [#of] | immutable, by contract | replaces it | takes no lock | changes nothing |
/// | [#copyOnWrite] | mutable | changes and publishes a copy | takes no lock | changes nothing |
/// | [#inPlace] | mutable | changes it in place | takes a read lock | may leave half a change |
///
/// After a write in place that failed, health is DEGRADED until the next one succeeds.
///
/// **Order.** Writes happen one after the other, first come, first served; the function of each
/// runs exactly once. In place, readers that come after a waiting writer wait for it, so that a
/// writer waits for the readers before it and no others.
///
/// **Within a function** of the same data, on the same thread:
///
/// | | within a read | within a write |
/// |---|---|---|
/// | read, snapshots and copy-on-write | sees the newest version | sees the old version |
/// | read, in place | sees the same payload | sees the payload as it is at the moment |
/// | snapshot, in place | a copy | `SHARE-REENTRANT` |
/// | write, snapshots and copy-on-write | is done | `SHARE-REENTRANT` |
/// | write, in place | `SHARE-REENTRANT` | `SHARE-REENTRANT` |
///
/// Functions that write two pieces of data crosswise wait for each other until `SHARE-TIMEOUT`.
///
/// **Threads.** Safe for use by any threads, platform or virtual; what waits is parked. Virtual
/// threads exist only while subscribers of a [Watch] are called.
///
/// **Lifecycle.** It needs no closing unless it has a monitor or subscribers. [#close()] waits for
/// nobody: functions that run end, a snapshot that is not published yet is refused, those who wait
/// for a change and every later call get `SHARE-CLOSED`.
///
/// **Memory effects.** Actions before a write happen-before the actions of whoever sees its
/// version.
///
/// **Metrics**, all under `share.`: counters `writes`, `write.failed`, `copies`, `timeouts`,
/// `notifications`, `conflated` (versions that a subscriber skipped), `callback.failed`, and
/// `reads` if they are counted; gauges `version`, `subscribers`, `waiting`.
///
/// @param <T> the type of the payload
public final class MutableSharedData<T> implements MetricsSource, AutoCloseable {
    static final String COMPONENT = "share";

    // what reads get without a lock; null: ask the store
    private volatile @Nullable T front;
    private final Store<T> store;
    private final Hub<T> hub;
    private final Watch<T> watch;
    private final Reports reports;

    MutableSharedData(String name, MutableSharedDataBuilder<T> options) {
        boolean quick = !options.countsReads();
        reports = new Reports(name, options.monitor(), options.countsReads());
        store = options.store(name, reports, value -> front = quick ? value : null);
        hub = new Hub<>(name, store::newest, store::version, reports);
        watch = new Watch<>(name, hub);
    }

    void register() {
        reports.monitor().register(this);
    }

    /// Creates data with an immutable value and every option at its default.
    ///
    /// @param <T> the type of the value
    /// @param value the value; whoever changes it later breaks the contract
    /// @return the data at version 1
    public static <T> MutableSharedData<T> of(T value) {
        return builder(value).build();
    }

    /// Creates data with a mutable payload that is copied by every write.
    ///
    /// @param <T> the type of the payload
    /// @param payload the payload, which belongs to the data from now on
    /// @param copier copies it
    /// @return the data at version 1
    public static <T> MutableSharedData<T> copyOnWrite(T payload, Copier<T> copier) {
        return builder(payload).copyOnWrite(copier).build();
    }

    /// Creates data with a mutable payload that writes change in place.
    ///
    /// @param <T> the type of the payload
    /// @param payload the payload, which belongs to the data from now on
    /// @param copier copies it, for snapshots
    /// @return the data at version 1
    public static <T> MutableSharedData<T> inPlace(T payload, Copier<T> copier) {
        return builder(payload).inPlace(copier).build();
    }

    /// Begins to build data.
    ///
    /// @param <T> the type of the payload
    /// @param payload the first value
    /// @return a builder with every option at its default
    public static <T> MutableSharedDataBuilder<T> builder(T payload) {
        return new MutableSharedDataBuilder<>(payload);
    }

    /// Applies a function to the newest value, or to a read-only view of a mutable payload.
    ///
    /// @param <R> the type of the result
    /// @param function reads; must keep no reference to a payload that is changed in place
    /// @return what the function returned
    /// @throws io.patinox.memory.error.ShareTimeoutException in place only: if the data stayed
    ///   locked for [MutableSharedDataBuilder#lockTimeout(Duration)]
    /// @throws io.patinox.memory.error.ShareInterruptedException in place only: if the thread was
    ///   interrupted while it waited; the flag is set
    /// @throws io.patinox.memory.error.ShareClosedException if the data is closed
    public <R extends @Nullable Object> R read(Function<? super T, ? extends R> function) {
        T known = front;
        if (known != null && function != null) {
            return function.apply(known);
        }
        return readSlowly(function);
    }

    private <R extends @Nullable Object> R readSlowly(Function<? super T, ? extends R> function) {
        Options.required("function", function);
        return store.<R>read("read", (value, version) -> function.apply(value));
    }

    /// Does what [#read] does, but waits no longer than a given time.
    ///
    /// @param <R> the type of the result
    /// @param timeout how long to wait, from zero to 365 days
    /// @param function reads; must not return null
    /// @return what the function returned, or empty if the data stayed locked and it did not run
    public <R> Optional<R> tryRead(Duration timeout, Function<? super T, ? extends R> function) {
        Options.required("function", function);
        Store.Outcome<R> outcome =
                store.tryRead(
                        "tryRead",
                        Waits.nanos(timeout),
                        (value, version) -> Store.given(function.apply(value)));
        return outcome == null ? Optional.empty() : Optional.of(outcome.result());
    }

    /// Returns the newest value: of a payload that is changed in place a copy, made once a version.
    /// What was returned never changes.
    ///
    /// @return the value
    public T get() {
        T known = front;
        return known != null ? known : snapshot().value();
    }

    /// Returns the newest value and its version, read together; of a payload that is changed in
    /// place a copy, made once a version.
    ///
    /// @return both
    public Snapshot<T> snapshot() {
        store.ensureOpen();
        reports.read();
        return store.newest(store.lockTimeoutNanos);
    }

    /// Returns the version: 1 at first, one more after every change.
    ///
    /// @return the version
    public long version() {
        store.ensureOpen();
        return store.version();
    }

    /// Replaces the value by what a function makes of it. A mutable payload comes to the function
    /// itself, in place or as a copy; the function changes and returns it.
    ///
    /// @param function makes the new value; not null. Returning an immutable value itself changes
    ///   nothing
    /// @return the version after it
    /// @throws io.patinox.memory.error.ShareTimeoutException if the data stayed locked for
    ///   [MutableSharedDataBuilder#lockTimeout(Duration)]; the function did not run
    /// @throws io.patinox.memory.error.ShareInterruptedException if the thread was interrupted
    ///   while it waited; the flag is set and the function did not run
    /// @throws io.patinox.memory.error.ShareReentrantException from within a function of the same
    ///   data, see the table above
    /// @throws io.patinox.memory.error.ShareClosedException if the data is closed, or was closed
    ///   before the new value was published
    public long write(UnaryOperator<T> function) {
        return done("write", change("write", store.lockTimeoutNanos, 0, function));
    }

    /// Changes a mutable payload, in place or in a copy.
    ///
    /// @param change changes it
    /// @return the version after it
    /// @throws ShareImmutableException if the payload was given as immutable
    public long mutate(Consumer<? super T> change) {
        Options.required("change", change);
        if (!store.isMutable()) {
            throw new ShareImmutableException(name(), "mutate");
        }
        UnaryOperator<T> function =
                payload -> {
                    change.accept(payload);
                    return payload;
                };
        return done("mutate", change("mutate", store.lockTimeoutNanos, 0, function));
    }

    /// Does what [#write] does, but waits no longer than a given time.
    ///
    /// @param timeout how long to wait, from zero to 365 days
    /// @param function as for [#write]
    /// @return false if the data stayed locked and the function did not run
    public boolean tryWrite(Duration timeout, UnaryOperator<T> function) {
        return change("tryWrite", Waits.nanos(timeout), 0, function) > 0;
    }

    /// Does what [#write] does, but only if the data is at an expected version.
    ///
    /// @param expectedVersion the version, 1 or more, for example of a [#snapshot()]
    /// @param function as for [#write]
    /// @return false if the version is another one and the function did not run
    public boolean compareAndWrite(long expectedVersion, UnaryOperator<T> function) {
        Options.inRange("expectedVersion", expectedVersion, 1, Long.MAX_VALUE);
        String call = "compareAndWrite";
        long result = change(call, store.lockTimeoutNanos, expectedVersion, function);
        return result != Store.OTHER_VERSION && done(call, result) > 0;
    }

    private long change(String call, long nanos, long expected, UnaryOperator<T> function) {
        Options.required("function", function);
        try {
            return store.write(call, nanos, expected, function);
        } finally {
            // also after a failure, which may have changed a payload in place
            hub.changed();
        }
    }

    private long done(String call, long result) {
        if (result == Store.TIMED_OUT) {
            throw Waits.timeout(name(), call, store.lockTimeoutNanos);
        }
        return result;
    }

    /// Returns what tells of changes.
    ///
    /// @return always the same watch
    public Watch<T> watch() {
        return watch;
    }

    /// Makes a view that is computed from the value, at most once a version.
    ///
    /// @param <R> the type of what is computed
    /// @param function computes it, as [#read] does; must not return null
    /// @return the view, which follows this data
    public <R> DerivedData<R> map(Function<? super T, ? extends R> function) {
        Options.required("function", function);
        return new DerivedData<>(
                name(),
                this::version,
                new DerivedData.Source<T>() {
                    @Override
                    public <X> X read(VersionedFunction<? super T, ? extends X> inside) {
                        store.ensureSettled("map");
                        return store.<X>read("map", inside);
                    }
                },
                function);
    }

    /// Ends it: see the class comment. Idempotent, and never waits.
    @Override
    public void close() {
        if (store.close()) {
            hub.close();
            reports.monitor().unregister(this);
            reports.monitor().close();
        }
    }

    /// {@return whether it was closed}
    public boolean isClosed() {
        return store.isClosed();
    }

    @Override
    public String name() {
        return store.name;
    }

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public MetricsSnapshot metrics() {
        return reports.metrics(store.version(), hub);
    }

    /// Tells how the data is: DEGRADED after a write in place failed, until one succeeds; DOWN once
    /// it is closed.
    @Override
    public Health health() {
        return reports.health(isClosed());
    }

    @Override
    public String toString() {
        return "MutableSharedData[" + name() + ", version=" + store.version() + "]";
    }
}
