package io.patinox.memory.share;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ShareClosedException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/// Tells of changes to data: to those who wait, to functions, and to reactive subscribers.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="watch"}
///
/// **What is told** is the newest value, not every value. A subscriber gets versions in ascending
/// order, one at a time, never an older one after a newer one, and after the last change it gets
/// that one; what changed while it was busy it does not get, and sees as a gap in the version
/// number. It begins with the value at the time it subscribes, so nothing is missed in between.
///
/// **Nobody is hurt.** Each call of a subscriber has a virtual thread of its own, named
/// `patinox-share-<name>`, unless it brings an executor. A writer runs no subscriber and waits for
/// none. One that blocks keeps itself from further calls and nobody else. One that throws is
/// counted, reported as `CALLBACK_FAILED`, and called again at the next change; an `Error` also
/// goes to the uncaught exception handler.
///
/// **Reactive.** The watch is a publisher: a subscriber gets as many snapshots as it requests, each
/// the newest there is then. When the data is closed it gets what it has not seen, as far as it
/// requests it, and then `onComplete`. One whose methods throw is cancelled, as the specification
/// demands.
///
/// **Lifecycle.** Subscriptions last until they or the data are closed, and hold their subscribers
/// until then. There is no thread while nothing changes. A function has seen the last version when
/// its subscription ends with the data.
///
/// **Memory effects.** Actions before a change happen-before what a subscriber does with that
/// version or a later one, and each call of a subscriber happens-before its next one.
///
/// Safe for use by any threads. All watches of the same data are the same.
///
/// @param <T> the type of the value
public final class Watch<T> implements Flow.Publisher<Snapshot<T>> {
    private final String name;
    private final Hub<T> hub;

    Watch(String name, Hub<T> hub) {
        this.name = name;
        this.hub = hub;
    }

    /// Waits until the data is newer than a version.
    ///
    /// @param seenVersion the version that is known already; 0 for none
    /// @param timeout how long to wait, from zero to 365 days
    /// @return the newest value, or empty if after the time there is none that is newer, or its
    ///   in-place payload is still locked
    /// @throws ShareClosedException if the data is or gets closed
    /// @throws io.patinox.memory.error.ShareInterruptedException if the thread is interrupted while
    ///   it waits; the flag is set
    public Optional<Snapshot<T>> await(long seenVersion, Duration timeout) {
        return hub.await(version("seenVersion", seenVersion), Waits.nanos(timeout));
    }

    /// Calls a function with the value of now, and with the newest one after changes.
    ///
    /// @param subscriber the function, called from one virtual thread at a time
    /// @return the subscription
    /// @throws ShareClosedException if the data is closed
    public Subscription subscribe(Consumer<? super Snapshot<T>> subscriber) {
        return add(
                new Delivery.ToConsumer<>(
                        hub, 0, null, Options.required("subscriber", subscriber)));
    }

    /// Calls a function with the newest value whenever that is newer than a version.
    ///
    /// @param seenVersion the version that is known already; 0 for none
    /// @param executor runs the function; one that refuses is asked again at the next change. It
    ///   may block, but must not drop work silently
    /// @param subscriber the function
    /// @return the subscription
    /// @throws ShareClosedException if the data is closed
    public Subscription subscribe(
            long seenVersion, Executor executor, Consumer<? super Snapshot<T>> subscriber) {
        return add(
                new Delivery.ToConsumer<>(
                        hub,
                        version("seenVersion", seenVersion),
                        Options.required("executor", executor),
                        Options.required("subscriber", subscriber)));
    }

    /// Adds a reactive subscriber. If the data is closed it gets `onError` with
    /// [ShareClosedException].
    ///
    /// @param subscriber the subscriber
    @Override
    public void subscribe(Flow.Subscriber<? super Snapshot<T>> subscriber) {
        // a NullPointerException, as rule 1.9 demands
        Objects.requireNonNull(subscriber, "subscriber");
        hub.subscribe(
                new Delivery.ToSubscriber<>(
                        hub, subscriber, hub.isClosed() ? new ShareClosedException(name) : null));
    }

    private Subscription add(Delivery<T> delivery) {
        if (hub.isClosed()) {
            throw new ShareClosedException(name);
        }
        hub.subscribe(delivery);
        return delivery;
    }

    private static long version(String option, long value) {
        return Options.inRange(option, value, 0, Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return "Watch[" + name + "]";
    }
}
