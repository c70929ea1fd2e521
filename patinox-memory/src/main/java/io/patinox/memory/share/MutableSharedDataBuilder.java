package io.patinox.memory.share;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Monitor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Builds [MutableSharedData]. Every option has a default; [#build()] checks them all.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="build"}
///
/// Not thread-safe, and good for one piece of data: the payload belongs to what was built.
///
/// @param <T> the type of the payload
public final class MutableSharedDataBuilder<T> {
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final T payload;
    private @Nullable Copier<T> copier;
    private boolean inPlace;
    private @Nullable String name;
    private Duration lockTimeout = Duration.ofSeconds(30);
    private boolean countReads;
    private boolean skipEqual;
    private Monitor monitor = Monitor.noop();

    MutableSharedDataBuilder(T payload) {
        this.payload = Options.required("payload", payload);
    }

    /// Says that the payload is mutable, and that a write changes a copy of it and publishes that:
    /// reads take no lock, and a write that fails leaves the old value. Default: the payload is
    /// immutable.
    ///
    /// @param copier copies it
    /// @return this builder
    public MutableSharedDataBuilder<T> copyOnWrite(Copier<T> copier) {
        this.copier = Options.required("copier", copier);
        this.inPlace = false;
        return this;
    }

    /// Says that the payload is mutable, and that a write changes it in place: nothing is copied,
    /// but reads take a read lock, and a write that fails half-way leaves half a change. Default:
    /// the payload is immutable.
    ///
    /// @param copier copies it, for snapshots only
    /// @return this builder
    public MutableSharedDataBuilder<T> inPlace(Copier<T> copier) {
        this.copier = Options.required("copier", copier);
        this.inPlace = true;
        return this;
    }

    /// Sets the name of the data, as it stands in metrics, events, errors and thread names.
    /// Default: `shared-data-N`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public MutableSharedDataBuilder<T> name(String name) {
        this.name = Options.name("name", name);
        return this;
    }

    /// Sets how long a call without a timeout of its own waits for others to unlock the data.
    /// Default: 30 seconds.
    ///
    /// @param lockTimeout from zero (fail at once unless it is free) to 365 days
    /// @return this builder
    public MutableSharedDataBuilder<T> lockTimeout(Duration lockTimeout) {
        this.lockTimeout = lockTimeout;
        return this;
    }

    /// Sets whether reads are counted, as `share.reads`. A counted read costs an atomic addition to
    /// a striped counter, several times what the read of an immutable payload costs; see the guide
    /// for figures. Default: false.
    ///
    /// @param countReads whether
    /// @return this builder
    public MutableSharedDataBuilder<T> countReads(boolean countReads) {
        this.countReads = countReads;
        return this;
    }

    /// Sets whether a write of an immutable value that equals the present one changes nothing: no
    /// new version, nobody told. Not for types whose `equals` looks at a part only, such as an id.
    /// Default: false; only the very same object changes nothing.
    ///
    /// @param skipEqual whether
    /// @return this builder
    public MutableSharedDataBuilder<T> skipEqual(boolean skipEqual) {
        this.skipEqual = skipEqual;
        return this;
    }

    /// Sets where metrics and events go. Default: nowhere.
    ///
    /// @param monitor the monitor
    /// @return this builder
    public MutableSharedDataBuilder<T> monitor(Monitor monitor) {
        this.monitor = Options.required("monitor", monitor);
        return this;
    }

    /// Creates the data.
    ///
    /// @return the data at version 1
    /// @throws io.patinox.memory.error.InvalidOptionException if an option is out of range, or
    ///   `skipEqual` is set for a mutable payload
    public MutableSharedData<T> build() {
        Options.inRange("lockTimeout", lockTimeout, Duration.ZERO, Waits.LONGEST);
        Options.consistent(
                !skipEqual || copier == null,
                "skipEqual",
                true,
                "false for a payload that is changed",
                "leave it out, or give an immutable payload");
        String given = name;
        MutableSharedData<T> data =
                new MutableSharedData<>(
                        given == null ? "shared-data-" + UNNAMED.incrementAndGet() : given, this);
        data.register();
        return data;
    }

    Monitor monitor() {
        return monitor;
    }

    boolean countsReads() {
        return countReads;
    }

    Store<T> store(String chosen, Reports reports, Consumer<@Nullable T> front) {
        Copier<T> known = copier;
        long nanos = lockTimeout.toNanos();
        return inPlace && known != null
                ? new InPlaceStore<>(chosen, reports, nanos, payload, known)
                : new SnapshotStore<>(chosen, reports, nanos, payload, known, skipEqual, front);
    }
}
