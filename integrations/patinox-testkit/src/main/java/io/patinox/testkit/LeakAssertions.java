package io.patinox.testkit;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.LeakReport;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;

/// Assertions on what can be lost.
public final class LeakAssertions {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE_MIN = Duration.ofMillis(1);
    private static final Duration PATIENCE_MAX = Duration.ofMinutes(10);

    private LeakAssertions() {}

    /// As [#assertCollectable(Callable, Duration)], for 2 s.
    ///
    /// @param acquisition acquires a guard, or makes some other object, and keeps no reference
    /// @throws Exception what the acquisition threw
    public static void assertCollectable(Callable<?> acquisition) throws Exception {
        assertCollectable(acquisition, PATIENCE);
    }

    /// Asserts that a guard becomes unreachable when whoever acquired it drops it: that its
    /// cleanup, its supplier or its resource does not refer to it. One that stays reachable can
    /// never be found as a leak, however it is lost.
    ///
    /// {@snippet file="io/patinox/testkit/examples/TestkitExamples.java" region="collectable"}
    ///
    /// It acquires a guard and drops it, which is a leak on purpose: the registry reports it, and
    /// cleans it up if that is its policy; [LeakExtension] lets it pass. A guard that turns out to
    /// be reachable is closed before this fails, and so is another object that is an
    /// [AutoCloseable].
    ///
    /// @param acquisition acquires a guard, or makes some other object, and keeps no reference
    /// @param patience how long to try, 1 ms to 10 minutes; one collection is made at least
    /// @throws Exception what the acquisition threw
    /// @throws AssertionError if the object is still reachable; what closing it threw is suppressed
    public static void assertCollectable(Callable<?> acquisition, Duration patience)
            throws Exception {
        Options.required("acquisition", acquisition);
        Options.inRange("patience", patience, PATIENCE_MIN, PATIENCE_MAX);
        WeakReference<?> dropped = acquireAndDrop(acquisition);
        if (!Collector.clears(dropped, patience)) {
            Object kept = dropped.get();
            if (kept != null) {
                throw failure(kept, patience);
            }
        }
    }

    /// In a frame of its own, so that none refers to the object afterwards.
    private static WeakReference<?> acquireAndDrop(Callable<?> acquisition) throws Exception {
        return new WeakReference<>(Options.required("acquisition's result", acquisition.call()));
    }

    private static AssertionError failure(Object kept, Duration patience) {
        String what =
                kept instanceof AsyncResourceGuard<?> guard
                        ? "the guard of '" + guard.name() + "' of type '" + guard.type() + "'"
                        : "an object of " + kept.getClass();
        AssertionError failure =
                new AssertionError(
                        what
                                + " is still reachable "
                                + patience.toMillis()
                                + " ms after it was dropped, so it could not be found if it leaked."
                                + " Something refers to it: see whether its cleanup, its supplier"
                                + " or its resource does, often by a lambda that captures a field"
                                + " or 'this', or whether a static or a thread keeps it");
        if (kept instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    /// {@return whether a leak is of the making of [#assertCollectable]}
    static boolean isExpected(LeakReport report) {
        String here = LeakAssertions.class.getName();
        return report.site().stream()
                .flatMap(site -> Arrays.stream(site.getStackTrace()))
                .anyMatch(frame -> frame.getClassName().equals(here));
    }
}
