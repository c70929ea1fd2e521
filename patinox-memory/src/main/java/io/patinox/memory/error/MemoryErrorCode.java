package io.patinox.memory.error;

import io.patinox.memory.error.RecoveryStrategy.CircuitBreak;
import io.patinox.memory.error.RecoveryStrategy.Fail;
import io.patinox.memory.error.RecoveryStrategy.Retry;
import java.time.Duration;

/// Every failure the library itself reports. The same as a table: `docs/errors.md`.
public enum MemoryErrorCode implements ErrorCode {
    /// An option is out of range, missing, or contradicts another one.
    OPTION_INVALID(
            "OPTION-INVALID",
            "an option is out of range, missing, or contradicts another one",
            "correct the option that the message names",
            new Fail("the same options fail again")),

    /// A guard was used after it was closed or detached.
    RESOURCE_CLOSED(
            "RESOURCE-CLOSED",
            "a resource was used after its guard was closed or detached",
            "use a resource only while its guard is open, best inside use(...)",
            new Fail("a closed resource stays closed")),

    /// The supplier of a resource failed.
    RESOURCE_ACQUIRE_FAILED(
            "RESOURCE-ACQUIRE-FAILED",
            "the supplier of a resource failed, so nothing was registered",
            "look at the cause, which comes from the supplier"),

    /// The cleanup of a resource failed for good.
    RESOURCE_CLEANUP_FAILED(
            "RESOURCE-CLEANUP-FAILED",
            "the cleanup of a resource failed for good, so the resource may still be held",
            "look at the cause, which comes from the cleanup"),

    /// A cleanup did not end before its deadline.
    RESOURCE_CLEANUP_TIMEOUT(
            "RESOURCE-CLEANUP-TIMEOUT",
            "a cleanup did not end before its deadline and was abandoned",
            "find out what the cleanup waits for, or give it a longer deadline",
            new Fail("the abandoned cleanup may still be running")),

    /// A registry was used after it was closed.
    RESOURCE_REGISTRY_CLOSED(
            "RESOURCE-REGISTRY-CLOSED",
            "a resource was requested from a registry that is closing or closed",
            "close the registry after everything that acquires from it",
            new Fail("a closed registry stays closed")),

    /// A thread was interrupted while it waited for a resource.
    RESOURCE_INTERRUPTED(
            "RESOURCE-INTERRUPTED",
            "the thread was interrupted while it waited for a resource",
            "end the task: the interrupt flag is set again",
            new Fail("the thread was asked to stop")),

    /// A limit on the resources of a type is reached.
    RESOURCE_LIMIT_REACHED(
            "RESOURCE-LIMIT-REACHED",
            "a limit on the resources of a type is reached, and no room came free",
            "close resources sooner, raise the limit of the type, or wait longer for room",
            new Retry(Duration.ofMillis(100), 3, false)),

    /// Resources would depend on each other in a cycle.
    RESOURCE_CYCLE(
            "RESOURCE-CYCLE",
            "a dependency was refused because resources would depend on each other in a cycle",
            "leave one of the dependencies out that the message names",
            new Fail("the same dependencies make the same cycle")),

    /// Nothing came free in time.
    POOL_ACQUIRE_TIMEOUT(
            "POOL-ACQUIRE-TIMEOUT",
            "no pooled connection came free within the acquire timeout",
            "hold connections for less time, raise maxSize, or raise acquireTimeout",
            new Retry(Duration.ofMillis(100), 3, false)),

    /// The pool was used after it was closed.
    POOL_CLOSED(
            "POOL-CLOSED",
            "a connection was requested from a pool that is closing or closed",
            "close the pool after everything that acquires from it",
            new Fail("a closed pool stays closed")),

    /// A thread was interrupted while it waited for a pooled connection.
    POOL_INTERRUPTED(
            "POOL-INTERRUPTED",
            "the thread was interrupted while it waited for a pooled connection",
            "end the task: the interrupt flag is set again",
            new Fail("the thread was asked to stop")),

    /// As many wait for a pooled connection as may.
    POOL_QUEUE_FULL(
            "POOL-QUEUE-FULL",
            "as many callers wait for a pooled connection as may wait",
            "send less load, hold connections for less time, or raise maxSize or maxWaiting",
            new Retry(Duration.ofSeconds(1), 3, false)),

    /// A thread would wait for a pooled connection while it holds another one.
    POOL_NESTED_ACQUIRE(
            "POOL-NESTED-ACQUIRE",
            "a thread that holds a pooled connection would wait for another one of the same pool",
            "acquire all of them at once with acquireAll, or close the first before the second",
            new Fail("threads that wait for each other end in a timeout")),

    /// The manager could not create a connection.
    POOL_CREATE_FAILED(
            "POOL-CREATE-FAILED",
            "the manager of a pool could not create a connection",
            "look at the cause, which comes from the manager"),

    /// The manager did not create a connection in time.
    POOL_CREATE_TIMEOUT(
            "POOL-CREATE-TIMEOUT",
            "the manager of a pool did not create a connection within the create timeout",
            "check that the other side answers, or raise createTimeout",
            new CircuitBreak(Duration.ofSeconds(5))),

    /// The pool has nothing to lend, and creating fails again and again.
    POOL_UNAVAILABLE(
            "POOL-UNAVAILABLE",
            "a pool that is set to fail fast has nothing to lend, and creating a connection has"
                    + " failed again and again",
            "look at the cause, which comes from the manager; the pool goes on trying by itself",
            new CircuitBreak(Duration.ofSeconds(1))),

    /// A lease was used after its release.
    POOL_LEASE_RELEASED(
            "POOL-LEASE-RELEASED",
            "a pooled connection was used after its lease was released",
            "keep the connection inside the try block that holds the lease",
            new Fail("the connection may belong to somebody else by now")),

    /// Shared data or a counted handle was used after it was closed.
    SHARE_CLOSED(
            "SHARE-CLOSED",
            "shared data, or a counted handle of it, was used after it was closed",
            "close it after everything that reads and writes it",
            new Fail("what is closed stays closed")),

    /// A function of shared data called back into the same data.
    SHARE_REENTRANT(
            "SHARE-REENTRANT",
            "a function that was given to shared data called back into the same data where that"
                    + " would wait for itself or lose a change",
            "do it before or after the function, or within the one function",
            new Fail("the same call is refused again")),

    /// Shared data stayed locked for too long.
    SHARE_TIMEOUT(
            "SHARE-TIMEOUT",
            "shared data stayed locked by others for longer than the timeout",
            "keep read and write functions short, or raise lockTimeout",
            new Retry(Duration.ofMillis(100), 3, false)),

    /// A thread was interrupted while it waited for shared data.
    SHARE_INTERRUPTED(
            "SHARE-INTERRUPTED",
            "the thread was interrupted while it waited for shared data",
            "end the task: the interrupt flag is set again",
            new Fail("the thread was asked to stop")),

    /// Data without a copier was to be changed in place.
    SHARE_IMMUTABLE(
            "SHARE-IMMUTABLE",
            "a payload that was given as immutable was to be changed in place",
            "return a new value from the function, or give a copier when creating the data",
            new Fail("the payload stays immutable"));

    private final String id;
    private final String summary;
    private final String remedy;

    @SuppressWarnings("ImmutableEnumChecker") // all four strategies are immutable records
    private final RecoveryStrategy strategy;

    private final boolean wrapper;

    MemoryErrorCode(String id, String summary, String remedy, RecoveryStrategy strategy) {
        this(id, summary, remedy, strategy, false);
    }

    // a wrapper: its cause decides, and when nothing is known about that, nothing says that trying
    // again is safe
    MemoryErrorCode(String id, String summary, String remedy) {
        this(id, summary, remedy, new Fail("the cause is unknown"), true);
    }

    MemoryErrorCode(
            String id, String summary, String remedy, RecoveryStrategy strategy, boolean wrapper) {
        this.id = id;
        this.summary = summary;
        this.remedy = remedy;
        this.strategy = strategy;
        this.wrapper = wrapper;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    @Override
    public RecoveryStrategy strategy() {
        return strategy;
    }

    @Override
    public boolean wrapper() {
        return wrapper;
    }

    @Override
    public String toString() {
        return id;
    }
}
