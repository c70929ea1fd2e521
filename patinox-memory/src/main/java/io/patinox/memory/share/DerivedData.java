package io.patinox.memory.share;

import io.patinox.memory.error.ShareReentrantException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a function makes of shared data, computed when it is asked for and at most once a version.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="map"}
///
/// Nothing is computed before somebody asks. While one thread computes, others that ask wait for
/// its result; the lock is taken in turn, and the wait ends with `SHARE-TIMEOUT` after 30 seconds.
/// If the function fails, its exception reaches the caller and the next one tries again. A function
/// that asks for its own result gets `SHARE-REENTRANT`. Views can be [mapped][SharedData#map] from
/// data only; a chain is a function that calls a function.
///
/// Safe for use by any threads. The last result is kept as long as the view is.
///
/// @param <R> the type of what is computed
public final class DerivedData<R> {
    /*
     * Whoever computes is inside a read of the data before it takes the lock `computing`. In the
     * other order two threads could wait for each other: one that computes for the data, and one
     * that asks from within a read of the data for the one that computes.
     */

    private final String name;
    private final LongSupplier version;
    private final Supplier<Snapshot<R>> compute;
    private final ReentrantLock computing = new ReentrantLock(true);
    private volatile @Nullable Snapshot<R> memo;

    /// Data that can be read together with its version.
    interface Source<T> {
        <X> X read(VersionedFunction<? super T, ? extends X> inside);
    }

    <T> DerivedData(
            String name,
            LongSupplier version,
            Source<T> source,
            Function<? super T, ? extends R> function) {
        this.name = name;
        this.version = version;
        this.compute = () -> source.read((value, read) -> once(value, read, function));
    }

    /// Returns the result for the newest version of the data.
    ///
    /// @return the result
    public R get() {
        return snapshot().value();
    }

    /// Returns the result with the version of the data it was made of.
    ///
    /// @return both
    public Snapshot<R> snapshot() {
        Snapshot<R> known = memo;
        return known != null && known.version() >= version.getAsLong() ? known : compute.get();
    }

    private <T> Snapshot<R> once(T value, long read, Function<? super T, ? extends R> function) {
        if (computing.isHeldByCurrentThread()) {
            throw new ShareReentrantException(name, "get", "map");
        }
        boolean free = !computing.hasQueuedThreads();
        if (!Waits.tryLock(computing, free, Gate.TIMEOUT_NANOS, name, "get")) {
            throw Waits.timeout(name, "get", Gate.TIMEOUT_NANOS);
        }
        try {
            Snapshot<R> known = memo;
            if (known == null || known.version() < read) {
                known = new Snapshot<>(Store.given(function.apply(value)), read);
                memo = known;
            }
            return known;
        } finally {
            computing.unlock();
        }
    }

    @Override
    public String toString() {
        Snapshot<R> known = memo;
        return "DerivedData[" + (known == null ? "nothing yet" : known.version()) + "]";
    }
}
