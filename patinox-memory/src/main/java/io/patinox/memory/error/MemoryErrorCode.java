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
            new Fail("the payload stays immutable")),

    /// The content of a source is not of its format.
    CONFIG_SYNTAX(
            "CONFIG-SYNTAX",
            "the content of a configuration source is not of its format, or beyond a limit of it",
            "correct the file at the line that the message names",
            new Fail("the same content fails again")),

    /// The values of a configuration do not fit its type.
    CONFIG_BINDING(
            "CONFIG-BINDING",
            "the values of a configuration do not fit its type, or are not valid",
            "correct what the message lists, each with its file and line",
            new Fail("the same values fail again")),

    /// A type cannot hold a configuration.
    CONFIG_TYPE(
            "CONFIG-TYPE",
            "a type cannot hold a configuration",
            "change the type, or how it is given, as the message says",
            new Fail("the same type fails again")),

    /// A step to a newer schema failed.
    CONFIG_MIGRATION(
            "CONFIG-MIGRATION",
            "a step that brings a configuration to a newer schema failed",
            "look at the cause, which comes from the step",
            new Fail("the same step fails again")),

    /// A configuration has a schema that is not known.
    CONFIG_SCHEMA(
            "CONFIG-SCHEMA",
            "a configuration has a schema that this program does not know",
            "use the program that the file was written for, or correct schemaVersion",
            new Fail("the same file fails again")),

    /// A secret was revealed after it was destroyed.
    CONFIG_SECRET_DESTROYED(
            "CONFIG-SECRET-DESTROYED",
            "a secret was revealed after it was destroyed",
            "destroy a secret only when no snapshot that holds it is used any more",
            new Fail("a destroyed secret stays destroyed")),

    /// A configuration was used after it was closed.
    CONFIG_CLOSED(
            "CONFIG-CLOSED",
            "a configuration was used after it was closed, or closed while somebody waited for it",
            "close it after everything that reads it",
            new Fail("what is closed stays closed")),

    /// A configuration was rejected where there is nothing to keep instead.
    CONFIG_REJECTED(
            "CONFIG-REJECTED",
            "a configuration, or a candidate for one, was rejected",
            "correct what the message lists",
            new Fail("the same values are rejected again")),

    /// A configuration did not answer in time.
    CONFIG_TIMEOUT(
            "CONFIG-TIMEOUT",
            "a configuration did not answer within the timeout",
            "look at its status for what it waits for, or raise the timeout",
            new Retry(Duration.ofSeconds(1), 3, false)),

    /// A thread was interrupted while it waited for a configuration.
    CONFIG_INTERRUPTED(
            "CONFIG-INTERRUPTED",
            "the thread was interrupted while it waited for a configuration",
            "end the task: the interrupt flag is set again",
            new Fail("the thread was asked to stop")),

    /// Code that a change waits for asked for a change.
    CONFIG_REENTRANT(
            "CONFIG-REENTRANT",
            "a validation or a participant asked its configuration to change, which would wait for"
                    + " itself",
            "ask before or after, or from a subscriber",
            new Fail("the same call is refused again")),

    /// A version of a configuration is not kept.
    CONFIG_VERSION(
            "CONFIG-VERSION",
            "a version of a configuration is not kept, or never was",
            "choose one that history() lists, or keep more",
            new Fail("a version that is gone stays gone")),

    /// A staged rollout can't do what it was asked for.
    CONFIG_ROLLOUT(
            "CONFIG-ROLLOUT",
            "a staged rollout can't do what it was asked for in its present state",
            "end the rollout that is running, or begin another one",
            new Fail("the state does not change by itself")),

    /// A cache was used after it was closed.
    CACHE_CLOSED(
            "CACHE-CLOSED",
            "a cache was used after it was closed, or closed while somebody waited for a load",
            "close it after everything that reads it",
            new Fail("what is closed stays closed")),

    /// A function of a cache waits for itself.
    CACHE_RECURSIVE(
            "CACHE-RECURSIVE",
            "a function or loader of a cache asks for its own key, or several wait for each other"
                    + " in a circle",
            "make what the message names without asking the cache for it",
            new Fail("the same functions make the same circle")),

    /// Code that is part of a change of a cache called the cache.
    CACHE_REENTRANT(
            "CACHE-REENTRANT",
            "an eviction hook or a policy called the cache whose change it is part of",
            "do it from a removal listener, which is called afterwards",
            new Fail("the same call is refused again")),

    /// The loader of a cache failed.
    CACHE_LOAD_FAILED(
            "CACHE-LOAD-FAILED",
            "the loader of a cache failed",
            "look at the cause, which comes from the loader"),

    /// A load did not end in time.
    CACHE_LOAD_TIMEOUT(
            "CACHE-LOAD-TIMEOUT",
            "a load of a cache did not end within the load timeout",
            "check that what the loader asks answers, or raise loadTimeout",
            new Retry(Duration.ofSeconds(1), 3, false)),

    /// A thread was interrupted while it waited for a cache.
    CACHE_INTERRUPTED(
            "CACHE-INTERRUPTED",
            "the thread was interrupted while it waited for a cache",
            "end the task: the interrupt flag is set again",
            new Fail("the thread was asked to stop")),

    /// A file is no snapshot that the cache can read.
    CACHE_SNAPSHOT_INVALID(
            "CACHE-SNAPSHOT-INVALID",
            "a snapshot of a cache is cut off, damaged, or of another version or layout",
            "delete the file, or read it with the version and the codecs it was written with",
            new Fail("the same file fails again")),

    /// A type cannot be laid out in a file.
    MAPPING_LAYOUT(
            "MAPPING-LAYOUT",
            "a type cannot be laid out in a file",
            "change the component that the message names, or say how it is written",
            new Fail("the same type fails again")),
    /// A file has no good header.
    MAPPING_HEADER(
            "MAPPING-HEADER",
            "a file is no mapped file, damaged, cut off, or of a newer version",
            "check that it is the right file; restore it, or use the version that wrote it",
            new Fail("the same file fails again")),
    /// A file is not of the expected layout.
    MAPPING_MISMATCH(
            "MAPPING-MISMATCH",
            "a file has another layout, byte order or size than the program expects",
            "open it as the type that it was written for; ./patinox inspect shows its layout",
            new Fail("the same file fails again")),
    /// Mapped memory faulted.
    MAPPING_FAULT(
            "MAPPING-FAULT",
            "access to mapped memory faulted, so the results of the body are void",
            "let nobody cut a mapped file off, but replace it by a rename; don't use sparse()",
            new Fail("the memory faults again as long as the file is as it is")),
    /// A value does not fit its component.
    MAPPING_VALUE(
            "MAPPING-VALUE",
            "a value does not fit its component, or bytes of a file are no value",
            "correct the value, or give the component more room",
            new Fail("the same value fails again")),
    /// A mapped file or slice was used after its end.
    MAPPING_CLOSED(
            "MAPPING-CLOSED",
            "a mapped file was used after it was closed, or a slice after its body",
            "use slices within their body only, and close the file after everything that reads it",
            new Fail("what is closed stays closed")),
    /// A confined mapped file was used by another thread.
    MAPPING_THREAD(
            "MAPPING-THREAD",
            "a confined mapped file was used by another thread than its own",
            "use it on the thread that opened it, or open it without confined()",
            new Fail("the file stays confined")),
    /// The file system refused.
    MAPPING_STORAGE(
            "MAPPING-STORAGE",
            "the file system refused to read, write, create or extend a file",
            "look at the cause; free space, or correct the path and the rights"),
    /// No more can be mapped.
    MAPPING_LIMIT(
            "MAPPING-LIMIT",
            "no more can be mapped by this process",
            "map fewer and larger files, close those not in use, or raise vm.max_map_count",
            new Retry(Duration.ofSeconds(1), 3, false)),
    /// A file is locked by others.
    MAPPING_LOCKED(
            "MAPPING-LOCKED",
            "the lock of a mapped file is held by others",
            "wait longer with lockTimeout, or find out who holds it",
            new Retry(Duration.ofMillis(100), 3, false)),
    /// A file was not closed by its last writer.
    MAPPING_DIRTY(
            "MAPPING-DIRTY",
            "a file was not closed by its last writer, which crashed or is still at work",
            "verify it with ./patinox inspect --verify, then open it with whenDirty(ACCEPT)",
            new Fail("the file stays dirty until a writer closes it")),
    /// A mapped file was deleted, replaced or cut off.
    MAPPING_STALE(
            "MAPPING-STALE",
            "a mapped file was deleted, replaced or cut off while it was mapped",
            "open what is at the path now",
            new Fail("the mapping stays with the old file")),
    /// A thread was interrupted while it waited for a mapped file.
    MAPPING_INTERRUPTED(
            "MAPPING-INTERRUPTED",
            "the thread was interrupted while it waited for a mapped file",
            "end the task: the interrupt flag is set again",
            new Fail("the thread was asked to stop")),
    /// A body asked for what would wait for itself.
    MAPPING_REENTRANT(
            "MAPPING-REENTRANT",
            "a body of a mapped file asked for what would wait for the body",
            "do it after the body",
            new Fail("the same call is refused again"));

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
