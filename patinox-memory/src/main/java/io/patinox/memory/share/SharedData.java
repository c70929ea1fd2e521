package io.patinox.memory.share;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ShareReentrantException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A handle of a value that many read and few change. Handles are cheap to [share][#share()], and
/// diverge when one of them is changed: the others keep what they had.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="immutable"}
///
/// For data in which everybody sees every change there is [MutableSharedData].
///
/// | created by | payload | an update | reads |
/// |---|---|---|---|
/// | [#of] | immutable, by contract | replaces it | one volatile read |
/// | [#copyOnWrite] | mutable | changes it if exclusive, else a copy | the same, once handed out |
/// | [#counted] | mutable and very large | the same; closed handles don't count | take a lock |
///
/// **Exclusive** is a version that was never [shared][#share()]; for a mutable payload also one
/// that was never handed out by [#get()], [#snapshot()]. It is never said falsely; but once shared
/// is shared for ever, also when the other handle is gone: the next update then copies once
/// needlessly. [#read] hands nothing out, so it leaves a mutable payload exclusive.
///
/// **Updates** of one handle run one after the other, first come, first served; the function runs
/// exactly once. If it fails, the old value stays, except where it was changing an exclusive
/// mutable payload in place: what it did to that remains, as a version of its own. Whoever needs to
/// get back has a handle from [#share()] before.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="rollback"}
///
/// **Functions** run under the handle's lock, so they should be short. Within an update of a handle
/// the same handle can be read if its payload is immutable, and then shows the old value;
/// everything else that would see half a change, or wait for itself, is refused with
/// `SHARE-REENTRANT`. Functions that update two handles crosswise wait for each other until
/// `SHARE-TIMEOUT`, after 30 seconds.
///
/// **Threads.** Safe for use by any threads, platform or virtual; what waits is parked. No thread
/// is started. Uncounted handles need not be closed: forgetting one frees it.
///
/// **Memory effects.** Actions before an update happen-before the actions of whoever sees its
/// version, by any method of any handle.
///
/// @param <T> the type of the payload
public sealed class SharedData<T> permits CountedSharedData {

    /*
     * The handle points to a cell, which holds one version of the payload, and holds once more what
     * get() returns: `value`. It saves get() the way through the cell, so that a read costs what a
     * volatile read costs, and it is null as long as a mutable payload is hidden, that is, has not
     * left the handle. The state of a cell is the sticky bit of one-bit reference counting:
     *
     *   UNSHARED --share--> SHARED            for ever; a shared payload is never changed again
     *   UNSHARED --claim--> CLAIMED           by an update in place, or by tryUpdate
     *   CLAIMED  --unclaim--> UNSHARED        if nothing was changed; else the cell is replaced
     *
     * Invariants:
     * 1. An update writes `cell` and `value` together, under the monitor of the gate (`publish`);
     *    handing out writes `value` alone. Both have the gate. Otherwise `value` is null or the
     *    cell's view. A reader
     *    that sees them differ waits for the end of that write, which runs no code of the user.
     * 2. If a payload is mutable, its cell is shared or claimed under the gate only; and `value` is
     *    not null only if the cell is shared. So whoever changes a payload in place has the gate,
     *    the cell was unshared, nobody got its view out of get(), and read() waits for the gate.
     * 3. If a payload is immutable, share() claims no lock. tryUpdate claims the cell, so that a
     *    share either comes before it, and is seen, or waits for the new version.
     * 4. A cell that was claimed and replaced stays claimed; who holds it goes back to `cell`.
     *
     * Racy publication of a handle is safe: its fields are set by plain stores (a volatile store
     * would cost more than all the rest of share()), followed by a release fence.
     */

    static final String NAME = "shared-data";

    private static final long REFUSED = 0;
    private static final VarHandle VALUE = handle("value", Object.class);
    private static final VarHandle CELL = handle("cell", Cell.class);
    private static final VarHandle GATE = handle("gate", Gate.class);

    private volatile @Nullable T value;
    private volatile Cell<T> cell;
    private volatile @Nullable Gate gate;

    @SuppressWarnings("NullAway.Init") // by plain stores, see above
    SharedData(Cell<T> cell, @Nullable T value) {
        VALUE.set(this, value);
        CELL.set(this, cell);
        VarHandle.releaseFence();
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(SharedData.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// Creates a handle of an immutable value.
    ///
    /// @param <T> the type of the value
    /// @param value the value; whoever changes it later breaks the contract
    /// @return an exclusive handle at version 1
    public static <T> SharedData<T> of(T value) {
        Options.required("value", value);
        return new SharedData<>(new Cell<>(new Lineage<>(null), value, value, 1), value);
    }

    /// Creates a handle of a mutable payload that is copied when it has to be.
    ///
    /// @param <T> the type of the payload
    /// @param payload the payload, which belongs to the handle from now on: the caller must not
    ///   keep it
    /// @param copier copies it
    /// @return an exclusive handle at version 1
    public static <T> SharedData<T> copyOnWrite(T payload, Copier<T> copier) {
        return new SharedData<>(first(payload, copier), null);
    }

    /// Creates a counted handle of a mutable payload: one that is exclusive again as soon as the
    /// others are closed.
    ///
    /// @param <T> the type of the payload
    /// @param payload the payload, which belongs to the handle from now on
    /// @param copier copies it
    /// @return the only handle, at version 1
    public static <T> CountedSharedData<T> counted(T payload, Copier<T> copier) {
        return new CountedSharedData<>(first(payload, copier));
    }

    private static <T> Cell<T> first(T payload, Copier<T> copier) {
        Options.required("payload", payload);
        Lineage<T> lineage = new Lineage<>(Options.required("copier", copier));
        return new Cell<>(lineage, payload, lineage.view(payload), 1);
    }

    /// Returns the value, or a read-only view of a mutable payload. What was returned never
    /// changes: handing out a mutable payload makes its version shared.
    ///
    /// @return the value
    public final T get() {
        T known = value;
        return known != null ? known : handOut("get").view();
    }

    /// Returns the value and its version, read together. Hands out as [#get()] does.
    ///
    /// @return both
    public final Snapshot<T> snapshot() {
        Cell<T> now = settled("snapshot");
        if (now.lineage().isMutable() && !now.isShared()) {
            now = handOut("snapshot");
        }
        return new Snapshot<>(now.view(), now.version());
    }

    /// Applies a function to the value, or to a read-only view of a mutable payload, without
    /// handing it out: an exclusive payload stays exclusive, and is read by one thread at a time.
    ///
    /// @param <R> the type of the result
    /// @param function reads; must keep no reference to a mutable payload, nor return one
    /// @return what the function returned
    public final <R extends @Nullable Object> R read(Function<? super T, ? extends R> function) {
        T known = value;
        if (known != null && function != null) {
            return function.apply(known);
        }
        Options.required("function", function);
        return inside("read", now -> function.apply(now.view()));
    }

    /// Creates another handle of the same version. From then on the version is shared.
    ///
    /// @return a handle of its own, which changes nothing for this one
    public SharedData<T> share() {
        Cell<T> now = cell;
        T known = value;
        if (known != null && Identity.same(known, now.view()) && now.isShared()) {
            return new SharedData<>(now, known);
        }
        return shareFirst();
    }

    private SharedData<T> shareFirst() {
        while (true) {
            Cell<T> now = settled("share");
            if (now.lineage().isMutable()) {
                now = handOut("share");
                return new SharedData<>(now, now.view());
            }
            if (now.share()) {
                return new SharedData<>(now, now.view());
            }
            // claimed by a tryUpdate: what it makes of it is what is shared
            Gate own = gate();
            own.enter("share");
            own.unlock();
        }
    }

    /// Replaces the value by what a function makes of it. A mutable payload comes to the function
    /// itself if the version is exclusive, else as a copy; the function changes and returns it.
    ///
    /// @param function makes the new value; not null. Returning an immutable value itself changes
    ///   nothing
    /// @return the version of the handle after it
    /// @throws ShareReentrantException from within a function of the same handle
    /// @throws io.patinox.memory.error.ShareTimeoutException if other functions kept the handle
    ///   locked for 30 seconds
    /// @throws io.patinox.memory.error.ShareInterruptedException if the thread was interrupted
    ///   while it waited; the flag is set
    public final long update(UnaryOperator<T> function) {
        return change("update", function, 0, false);
    }

    /// Does what [#update] does, but only if the version is exclusive: it never copies.
    ///
    /// @param function as for [#update]
    /// @return true if the version was exclusive and the function ran; false if it is shared, and
    ///   nothing was done
    public final boolean tryUpdate(UnaryOperator<T> function) {
        return change("tryUpdate", function, 0, true) != REFUSED;
    }

    /// Does what [#update] does, but only if the handle is at an expected version.
    ///
    /// @param expectedVersion the version, 1 or more, for example of a [#snapshot()]
    /// @param function as for [#update]
    /// @return false if the version is another one, and nothing was done
    public final boolean compareAndUpdate(long expectedVersion, UnaryOperator<T> function) {
        Options.inRange("expectedVersion", expectedVersion, 1, Long.MAX_VALUE);
        return change("compareAndUpdate", function, expectedVersion, false) != REFUSED;
    }

    /// Changes a mutable payload: in place if the version is exclusive, else in a copy.
    ///
    /// @param change changes it
    /// @return the version of the handle after it
    /// @throws io.patinox.memory.error.ShareImmutableException if there is no copier
    public final long mutate(Consumer<? super T> change) {
        Options.required("change", change);
        cell.lineage().requireMutable("mutate");
        return change(
                "mutate",
                payload -> {
                    change.accept(payload);
                    return payload;
                },
                0,
                false);
    }

    private long change(String call, UnaryOperator<T> function, long expected, boolean mineOnly) {
        Options.required("function", function);
        Gate own = gate();
        own.enterUpdate(call);
        try {
            Cell<T> now = openCell(call);
            if (expected != 0 && expected != now.version()) {
                return REFUSED;
            }
            boolean mutable = now.lineage().isMutable();
            boolean mine = (mutable || mineOnly) && now.claim();
            if (mineOnly && !mine) {
                return REFUSED;
            }
            if (!mutable) {
                return replace(own, now, function);
            }
            return mine ? changeInPlace(own, now, function) : changeCopy(own, now, function);
        } finally {
            own.leaveUpdate();
        }
    }

    private long replace(Gate own, Cell<T> now, UnaryOperator<T> function) {
        T next = null;
        try {
            next = result(function, now.payload());
        } finally {
            if (next == null || Identity.same(next, now.payload())) {
                now.unclaim();
            }
            if (next == null) {
                now.lineage().failures.incrementAndGet();
            }
        }
        return Identity.same(next, now.payload())
                ? now.version()
                : publish(own, now, next, next, next);
    }

    private long changeInPlace(Gate own, Cell<T> now, UnaryOperator<T> function) {
        Lineage<T> lineage = now.lineage();
        T next = now.payload();
        T view = now.view();
        boolean done = false;
        try {
            T made = result(function, next);
            if (!Identity.same(made, next)) {
                view = lineage.view(made);
                next = made;
            }
            lineage.copiesAvoided.incrementAndGet();
            done = true;
        } finally {
            // also after a failure: the payload may have been changed
            publish(own, now, next, view, null);
            if (!done) {
                lineage.failures.incrementAndGet();
            }
        }
        return now.version() + 1;
    }

    private long changeCopy(Gate own, Cell<T> now, UnaryOperator<T> function) {
        Lineage<T> lineage = now.lineage();
        boolean done = false;
        try {
            T next = result(function, lineage.copy(now.payload()));
            T view = lineage.view(next);
            done = true;
            long version = publish(own, now, next, view, null);
            moved(now);
            return version;
        } finally {
            if (!done) {
                lineage.failures.incrementAndGet();
            }
        }
    }

    private static <T> T result(UnaryOperator<T> function, T payload) {
        return Options.required("result of the function", function.apply(payload));
    }

    private long publish(Gate own, Cell<T> now, T payload, T view, @Nullable T handedOut) {
        Cell<T> next = new Cell<>(now.lineage(), payload, view, now.version() + 1);
        synchronized (own) {
            cell = next;
            value = handedOut;
        }
        now.lineage().updates.incrementAndGet();
        return next.version();
    }

    /// Returns the version: 1 at first, one more after every change of this handle. A shared handle
    /// goes on from the version it was made of.
    ///
    /// @return the version
    public final long version() {
        return settled("version").version();
    }

    /// Tells whether the version is exclusive, so that an update would not copy.
    ///
    /// @return whether; never true falsely, but another thread may share it at any time
    public final boolean isExclusive() {
        return settled("isExclusive").isExclusive();
    }

    /// Makes a view that is computed from the value, at most once a version.
    ///
    /// @param <R> the type of what is computed
    /// @param function computes it, as [#read] does; not null
    /// @return the view, which follows this handle
    public final <R> DerivedData<R> map(Function<? super T, ? extends R> function) {
        Options.required("function", function);
        return new DerivedData<>(
                NAME,
                this::version,
                new DerivedData.Source<T>() {
                    @Override
                    public <X> X read(VersionedFunction<? super T, ? extends X> inside) {
                        return readVersioned(inside);
                    }
                },
                function);
    }

    private <X> X readVersioned(VersionedFunction<? super T, ? extends X> function) {
        Cell<T> now = settled("map");
        return now.lineage().isMutable()
                ? inside("map", hidden -> function.apply(hidden.view(), hidden.version()))
                : function.apply(now.view(), now.version());
    }

    /// Returns what became of all handles that stem from the same first one.
    ///
    /// @return figures of now
    public final ShareStatistics statistics() {
        return new ShareStatistics(cell.lineage());
    }

    /// Returns the cell that goes with what get() returns.
    private Cell<T> settled(String call) {
        Cell<T> now = openCell(call);
        T known = value;
        if (known == null || Identity.same(known, now.view())) {
            return now;
        }
        Gate writing = gate();
        synchronized (writing) {
            return cell;
        }
    }

    private Cell<T> handOut(String call) {
        return inside(
                call,
                now -> {
                    now.share();
                    value = handedOut(now);
                    return now;
                });
    }

    private <R extends @Nullable Object> R inside(String call, Function<Cell<T>, R> function) {
        Gate own = gate();
        own.enter(call);
        try {
            return function.apply(openCell(call));
        } finally {
            own.unlock();
        }
    }

    final Gate gate() {
        Gate known = gate;
        if (known == null) {
            GATE.compareAndSet(this, null, new Gate());
            known = Objects.requireNonNull(gate);
        }
        return known;
    }

    /// Returns the cell, unless the handle is closed.
    Cell<T> openCell(String call) {
        return cell;
    }

    /// Returns what `value` becomes when a mutable payload is handed out.
    @Nullable T handedOut(Cell<T> now) {
        return now.view();
    }

    /// Takes note that the handle has left a cell.
    void moved(Cell<T> from) {}

    @Override
    public String toString() {
        return "SharedData[version=" + cell.version() + "]";
    }
}
