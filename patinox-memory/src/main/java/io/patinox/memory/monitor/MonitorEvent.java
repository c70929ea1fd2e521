package io.patinox.memory.monitor;

import static io.patinox.memory.monitor.EventTexts.check;
import static io.patinox.memory.monitor.EventTexts.labelled;
import static io.patinox.memory.monitor.EventTexts.place;

import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something rare that a component wants known. One record for each [EventKind].
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="own"}
///
/// Events are immutable and hold no reference to the object they tell of. A `site` is a throwable
/// made where the object was acquired: only its stack trace matters. It is null where acquisitions
/// are sampled and this one was not.
///
/// New kinds may appear in any release, so a `switch` needs a default branch.
public sealed interface MonitorEvent
        permits MonitorEvent.ResourceLeaked,
                MonitorEvent.ResourceOverdue,
                MonitorEvent.ResourceReturned,
                MonitorEvent.CleanupFailed,
                MonitorEvent.CleanupAbandoned,
                MonitorEvent.LeaseLeaked,
                MonitorEvent.LeaseOverdue,
                MonitorEvent.NestedAcquire,
                MonitorEvent.CreateFailed,
                MonitorEvent.PoolUnavailable,
                MonitorEvent.PoolRecovered,
                MonitorEvent.CallbackFailed,
                MonitorEvent.ConfigApplied,
                MonitorEvent.ConfigRejected,
                MonitorEvent.ConfigRolloutChanged,
                CacheLoadFailed,
                CacheEvictionStorm,
                MappingFaulted,
                MappingAbandoned,
                MonitorEvent.HealthChanged {

    /// Returns the name of the component that tells it.
    ///
    /// @return the name
    String source();

    /// Returns which kind of event it is.
    ///
    /// @return the kind
    EventKind kind();

    /// Returns when it was noticed.
    ///
    /// @return the time
    Instant at();

    /// Returns what happened, in one line.
    ///
    /// @return a text for people
    String message();

    /// Guards became unreachable without having been closed. Leaks of the same type and place that
    /// come thick and fast are told of together, at most once a second.
    ///
    /// @param source the registry
    /// @param at when it was noticed
    /// @param type the type of the resource
    /// @param age how long ago it was acquired; of several, the last that was found
    /// @param site where it was acquired, if that was sampled
    /// @param cleaned whether its cleanup is run now
    /// @param count how many such leaks this event tells of, at least 1
    record ResourceLeaked(
            String source,
            Instant at,
            String type,
            Duration age,
            @Nullable Throwable site,
            boolean cleaned,
            long count)
            implements MonitorEvent {
        /// Checks that everything is there.
        public ResourceLeaked {
            check(source, at);
            Options.required("type", type);
            Options.required("age", age);
            Options.inRange("count", count, 1, Long.MAX_VALUE);
        }

        @Override
        public EventKind kind() {
            return EventKind.RESOURCE_LEAKED;
        }

        @Override
        public String message() {
            return EventTexts.leaked(this);
        }
    }

    /// A resource has been held for longer than the registry's threshold. It is told once.
    ///
    /// @param source the registry
    /// @param at when it was noticed
    /// @param resource the name of the resource
    /// @param type its type
    /// @param held how long it has been held
    /// @param holder the name of the thread that acquired it
    /// @param site where it was acquired, if that was sampled
    record ResourceOverdue(
            String source,
            Instant at,
            String resource,
            String type,
            Duration held,
            String holder,
            @Nullable Throwable site)
            implements MonitorEvent {
        /// Checks that everything is there.
        public ResourceOverdue {
            check(source, at);
            Options.required("resource", resource);
            Options.required("type", type);
            Options.required("held", held);
            Options.required("holder", holder);
        }

        @Override
        public EventKind kind() {
            return EventKind.RESOURCE_OVERDUE;
        }

        @Override
        public String message() {
            return "registry '%s': resource '%s', acquired by thread '%s', has been held for %s%s"
                    .formatted(
                            source,
                            Describe.line(resource),
                            Describe.line(holder),
                            Describe.duration(held),
                            place(site));
        }
    }

    /// A resource that was reported as held for too long was given back after all.
    ///
    /// @param source the registry
    /// @param at when it was noticed
    /// @param resource the name of the resource
    /// @param type its type
    /// @param held how long it was held
    record ResourceReturned(String source, Instant at, String resource, String type, Duration held)
            implements MonitorEvent {
        /// Checks that everything is there.
        public ResourceReturned {
            check(source, at);
            Options.required("resource", resource);
            Options.required("type", type);
            Options.required("held", held);
        }

        @Override
        public EventKind kind() {
            return EventKind.RESOURCE_RETURNED;
        }

        @Override
        public String message() {
            return "registry '%s': resource '%s', reported as held too long, was given back after"
                    .concat(" %s")
                    .formatted(source, Describe.line(resource), Describe.duration(held));
        }
    }

    /// A cleanup failed for good.
    ///
    /// @param source the registry
    /// @param at when it was noticed
    /// @param resource the name of the resource
    /// @param attempts how often the cleanup was tried
    /// @param failure what the last attempt threw
    record CleanupFailed(
            String source, Instant at, String resource, int attempts, Throwable failure)
            implements MonitorEvent {
        /// Checks that everything is there.
        public CleanupFailed {
            check(source, at);
            Options.required("resource", resource);
            Options.required("failure", failure);
        }

        @Override
        public EventKind kind() {
            return EventKind.CLEANUP_FAILED;
        }

        @Override
        public String message() {
            return "registry '%s': the cleanup of '%s' failed in attempt %d and is given up: %s"
                    .formatted(
                            source, Describe.line(resource), attempts, Describe.failure(failure));
        }
    }

    /// A cleanup went on beyond its deadline and was left alone.
    ///
    /// @param source the registry
    /// @param at when it was noticed
    /// @param resource the name of the resource
    /// @param deadline how long it was allowed to take
    /// @param stack where its thread was at the deadline, innermost call first
    record CleanupAbandoned(
            String source,
            Instant at,
            String resource,
            Duration deadline,
            List<StackTraceElement> stack)
            implements MonitorEvent {
        /// Checks that everything is there, and copies the stack.
        public CleanupAbandoned {
            check(source, at);
            Options.required("resource", resource);
            Options.required("deadline", deadline);
            stack = List.copyOf(Options.required("stack", stack));
        }

        @Override
        public EventKind kind() {
            return EventKind.CLEANUP_ABANDONED;
        }

        @Override
        public String message() {
            return "registry '%s': the cleanup of '%s' did not end within %s and is abandoned"
                    .formatted(source, Describe.line(resource), Describe.duration(deadline));
        }
    }

    /// A lease became unreachable without having been released.
    ///
    /// @param source the pool
    /// @param at when it was noticed
    /// @param held how long it was held
    /// @param site where it was acquired, if that was sampled
    /// @param label what the borrower called it, if it did
    record LeaseLeaked(
            String source,
            Instant at,
            Duration held,
            @Nullable Throwable site,
            @Nullable String label)
            implements MonitorEvent {
        /// Checks that everything is there.
        public LeaseLeaked {
            check(source, at);
            Options.required("held", held);
        }

        /// Tells of a lease without a label.
        ///
        /// @param source the pool
        /// @param at when it was noticed
        /// @param held how long it was held
        /// @param site where it was acquired, if that was sampled
        public LeaseLeaked(String source, Instant at, Duration held, @Nullable Throwable site) {
            this(source, at, held, site, null);
        }

        @Override
        public EventKind kind() {
            return EventKind.LEASE_LEAKED;
        }

        @Override
        public String message() {
            return ("pool '%s': a lease%s leaked: it was not released and became unreachable"
                                    + " after %s")
                            .formatted(source, labelled(label), Describe.duration(held))
                    + "; its place in the pool is free again"
                    + place(site);
        }
    }

    /// A lease has been held for longer than the leak threshold.
    ///
    /// @param source the pool
    /// @param at when it was noticed
    /// @param held how long it has been held
    /// @param site where it was acquired, if that was sampled
    /// @param holder the name of the thread that acquired it
    /// @param holderStack where that thread is now, innermost call first; empty if it has ended
    /// @param label what the borrower called it, if it did
    record LeaseOverdue(
            String source,
            Instant at,
            Duration held,
            @Nullable Throwable site,
            String holder,
            List<StackTraceElement> holderStack,
            @Nullable String label)
            implements MonitorEvent {
        /// Checks that everything is there, and copies the stack.
        public LeaseOverdue {
            check(source, at);
            Options.required("held", held);
            Options.required("holder", holder);
            holderStack = List.copyOf(Options.required("holderStack", holderStack));
        }

        @Override
        public EventKind kind() {
            return EventKind.LEASE_OVERDUE;
        }

        @Override
        public String message() {
            return "pool '%s': a lease%s acquired by thread '%s' has been held for %s%s"
                    .formatted(
                            source,
                            labelled(label),
                            Describe.line(holder),
                            Describe.duration(held),
                            place(site));
        }
    }

    /// A thread waited for long for a connection of a pool while it held another one of it.
    ///
    /// @param source the pool
    /// @param at when it was noticed
    /// @param held how many leases of the pool the thread held
    /// @param waited how long it waited
    /// @param site where one of those leases was acquired, if that was sampled
    /// @param holder the name of the thread
    /// @param stack where the thread waited, innermost call first
    record NestedAcquire(
            String source,
            Instant at,
            int held,
            Duration waited,
            @Nullable Throwable site,
            String holder,
            List<StackTraceElement> stack)
            implements MonitorEvent {
        /// Checks that everything is there, and copies the stack.
        public NestedAcquire {
            check(source, at);
            Options.inRange("held", held, 1, Integer.MAX_VALUE);
            Options.required("waited", waited);
            Options.required("holder", holder);
            stack = List.copyOf(Options.required("stack", stack));
        }

        @Override
        public EventKind kind() {
            return EventKind.NESTED_ACQUIRE;
        }

        @Override
        public String message() {
            return "pool '%s': thread '%s' waited for %s while it held %s of the pool%s"
                    .formatted(
                            source,
                            Describe.line(holder),
                            Describe.duration(waited),
                            held == 1 ? "a lease" : held + " leases",
                            place(site));
        }
    }

    /// A manager could not create a connection.
    ///
    /// @param source the pool
    /// @param at when it was noticed
    /// @param attempts how many attempts in a row have failed
    /// @param failure what the last one threw
    /// @param retryIn when the next one starts
    record CreateFailed(
            String source, Instant at, int attempts, Throwable failure, Duration retryIn)
            implements MonitorEvent {
        /// Checks that everything is there.
        public CreateFailed {
            check(source, at);
            Options.required("failure", failure);
            Options.required("retryIn", retryIn);
        }

        @Override
        public EventKind kind() {
            return EventKind.CREATE_FAILED;
        }

        @Override
        public String message() {
            return "pool '%s': attempt %d to create a connection failed, the next is in %s: %s"
                    .formatted(
                            source,
                            attempts,
                            Describe.duration(retryIn),
                            Describe.failure(failure));
        }
    }

    /// A pool has nothing to lend, and creating connections fails again and again. From now on it
    /// makes one attempt at a time; those who wait fail at once if the pool is set to fail fast.
    ///
    /// @param source the pool
    /// @param at when it was noticed
    /// @param attempts how many attempts in a row have failed
    /// @param failure what the last one threw
    /// @param refused whether those who wait and those who come are refused meanwhile
    record PoolUnavailable(
            String source, Instant at, int attempts, Throwable failure, boolean refused)
            implements MonitorEvent {
        /// Checks that everything is there.
        public PoolUnavailable {
            check(source, at);
            Options.required("failure", failure);
        }

        @Override
        public EventKind kind() {
            return EventKind.POOL_UNAVAILABLE;
        }

        @Override
        public String message() {
            return "pool '%s' has nothing to lend: %d attempts in a row to create a connection"
                            .formatted(source, attempts)
                    + " failed; it goes on with one at a time, and acquires "
                    + (refused ? "fail at once" : "wait")
                    + " meanwhile: "
                    + Describe.failure(failure);
        }
    }

    /// A pool that was unavailable has a connection again.
    ///
    /// @param source the pool
    /// @param at when it was noticed
    /// @param after how long it was unavailable
    record PoolRecovered(String source, Instant at, Duration after) implements MonitorEvent {
        /// Checks that everything is there.
        public PoolRecovered {
            check(source, at);
            Options.required("after", after);
        }

        @Override
        public EventKind kind() {
            return EventKind.POOL_RECOVERED;
        }

        @Override
        public String message() {
            return EventTexts.recovered(this);
        }
    }

    /// Something a user passed in threw where nobody was waiting for it.
    ///
    /// @param source the component that called it
    /// @param at when it was noticed
    /// @param callback what was called, for example `destroy`
    /// @param failure what it threw
    record CallbackFailed(String source, Instant at, String callback, Throwable failure)
            implements MonitorEvent {
        /// Checks that everything is there.
        public CallbackFailed {
            check(source, at);
            Options.required("callback", callback);
            Options.required("failure", failure);
        }

        @Override
        public EventKind kind() {
            return EventKind.CALLBACK_FAILED;
        }

        @Override
        public String message() {
            return "'%s': the callback '%s' failed: %s"
                    .formatted(source, Describe.line(callback), Describe.failure(failure));
        }
    }

    /// A configuration has a new version.
    ///
    /// @param source the configuration
    /// @param at when it was applied
    /// @param version the version
    /// @param cause why, for example `RELOAD`
    record ConfigApplied(String source, Instant at, long version, String cause)
            implements MonitorEvent {
        /// Checks that everything is there.
        public ConfigApplied {
            check(source, at);
            Options.inRange("version", version, 1, Long.MAX_VALUE);
            Options.required("cause", cause);
        }

        @Override
        public EventKind kind() {
            return EventKind.CONFIG_APPLIED;
        }

        @Override
        public String message() {
            return "config '%s': version %d is current (%s)"
                    .formatted(source, version, Describe.line(cause));
        }
    }

    /// A change of a configuration was rejected, and the last good version stays.
    ///
    /// @param source the configuration
    /// @param at when it was rejected
    /// @param stage how far it came, for example `BIND`
    /// @param problems everything that is wrong, a line each, without secrets
    record ConfigRejected(String source, Instant at, String stage, List<String> problems)
            implements MonitorEvent {
        /// Checks that everything is there, and copies the list.
        public ConfigRejected {
            check(source, at);
            Options.required("stage", stage);
            problems = List.copyOf(Options.required("problems", problems));
        }

        @Override
        public EventKind kind() {
            return EventKind.CONFIG_REJECTED;
        }

        @Override
        public String message() {
            return "config '%s': a change was rejected (%s), the last good version stays: %s"
                    .formatted(
                            source,
                            Describe.line(stage),
                            Describe.line(String.join("; ", problems)));
        }
    }

    /// A staged rollout of a configuration began, moved or ended.
    ///
    /// @param source the configuration
    /// @param at when it did
    /// @param salt the salt of the rollout
    /// @param percentage how much of all subjects get the candidate
    /// @param state how far it is, and why it ended
    record ConfigRolloutChanged(
            String source, Instant at, String salt, double percentage, String state)
            implements MonitorEvent {
        /// Checks that everything is there.
        public ConfigRolloutChanged {
            check(source, at);
            Options.required("salt", salt);
            Options.required("state", state);
        }

        @Override
        public EventKind kind() {
            return EventKind.CONFIG_ROLLOUT_CHANGED;
        }

        @Override
        public String message() {
            return "config '%s': rollout '%s' at %s %% is %s"
                    .formatted(source, Describe.line(salt), percentage, Describe.line(state));
        }
    }

    /// The health of a component changed.
    ///
    /// @param source the component
    /// @param at when it was noticed
    /// @param from what it was
    /// @param to what it is
    record HealthChanged(String source, Instant at, Health from, Health to)
            implements MonitorEvent {
        /// Checks that everything is there.
        public HealthChanged {
            check(source, at);
            Options.required("from", from);
            Options.required("to", to);
        }

        @Override
        public EventKind kind() {
            return EventKind.HEALTH_CHANGED;
        }

        @Override
        public String message() {
            return "'%s' is %s, it was %s".formatted(source, to, from.status());
        }
    }
}
