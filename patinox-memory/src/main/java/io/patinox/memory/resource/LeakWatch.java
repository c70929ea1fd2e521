package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.internal.LeakWatches;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Sees the leaks of every registry in this process whose policy is [LeakPolicy#FAIL_TESTS], from
/// the time it is opened until it is closed. For tests; the JUnit extension of `patinox-testkit` is
/// built on it.
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="watch"}
///
/// Safe for use by many threads.
public final class LeakWatch implements AutoCloseable {
    private static final Duration PATIENCE_MIN = Duration.ofMillis(1);
    private static final Duration PATIENCE_MAX = Duration.ofMinutes(10);

    private final List<LeakReport> found = new CopyOnWriteArrayList<>();
    private final Consumer<LeakReport> listener = found::add;

    private LeakWatch() {}

    /// Begins to watch.
    ///
    /// @return a watch, to be closed
    public static LeakWatch open() {
        LeakWatch watch = new LeakWatch();
        LeakWatches.add(watch.listener);
        return watch;
    }

    /// {@return the leaks seen so far}
    public List<LeakReport> leaks() {
        return List.copyOf(found);
    }

    /// Has the garbage collector run, at least twice, until it has found an object that was lost
    /// after those that are of interest, and waits until the registries have told of what it found
    /// with it. Where no resource is open there is nothing to find, and nothing is collected.
    ///
    /// A collector owes nobody to find anything: a leak that is not seen now may be seen by a later
    /// call. Objects that a frame of the caller, a debugger or the interpreter still refers to are
    /// not lost.
    ///
    /// @param patience how long to try, 1 ms to 10 minutes; a collection that has begun is waited
    ///   for
    /// @return the leaks seen so far
    /// @throws InterruptedException if this thread is interrupted
    public List<LeakReport> collect(Duration patience) throws InterruptedException {
        Options.inRange("patience", patience, PATIENCE_MIN, PATIENCE_MAX);
        LeakWatches.collect(patience.toNanos());
        return leaks();
    }

    /// Ends the watch.
    @Override
    public void close() {
        LeakWatches.remove(listener);
    }
}
