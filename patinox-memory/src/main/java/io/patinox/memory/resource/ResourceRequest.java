package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.internal.RegistryCore;
import io.patinox.memory.resource.internal.ResourceSpec;
import io.patinox.memory.resource.internal.Tracked;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A resource about to be acquired, with options of its own.
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="request"}
///
/// Not safe for use by several threads at once. It can be used again: every [#acquire()] opens
/// another resource.
///
/// @param <T> the type of the resource
public final class ResourceRequest<T> {
    private static final int NAME_MAX = 200;

    private final RegistryCore core;
    private final String type;
    private final ResourceSupplier<? extends T> supplier;
    private final Cleanup<? super T> cleanup;
    private @Nullable String name;
    private CleanupPriority priority = CleanupPriority.NORMAL;
    private long deadlineNanos;
    private @Nullable Tracked<?> owner;

    ResourceRequest(
            RegistryCore core,
            String type,
            ResourceSupplier<? extends T> supplier,
            Cleanup<? super T> cleanup) {
        this.core = core;
        this.type = type;
        this.supplier = supplier;
        this.cleanup = cleanup;
        this.deadlineNanos = core.settings().cleanupDeadlineNanos();
    }

    /// Names the resource in reports and errors. Default: a name made up from the type.
    ///
    /// @param name 1 to 200 characters, need not be unique
    /// @return this
    public ResourceRequest<T> name(String name) {
        Options.text("name", name);
        Options.consistent(
                name.length() <= NAME_MAX, "name", name, "1 to 200 characters", "shorten it");
        this.name = name;
        return this;
    }

    /// Sets how urgent the cleanup is. Default: NORMAL.
    ///
    /// @param priority the priority
    /// @return this
    public ResourceRequest<T> priority(CleanupPriority priority) {
        this.priority = Options.required("priority", priority);
        return this;
    }

    /// Sets how long the cleanup may take where it does not run on a thread that called `close()`.
    /// Default: the registry's `cleanupDeadline`.
    ///
    /// @param deadline 1 ms to 1 day
    /// @return this
    public ResourceRequest<T> deadline(Duration deadline) {
        Options.inRange(
                "deadline",
                deadline,
                AsyncResourceGuard.DEADLINE_MIN,
                AsyncResourceGuard.DEADLINE_MAX);
        this.deadlineNanos = deadline.toNanos();
        return this;
    }

    /// Names an owner, whose cleanup runs first when the registry closes, and which may clean up
    /// what it owns itself. What is still open after that is cleaned up by the registry. The owner
    /// may be closed on its own without any effect on what it owns. Default: none.
    ///
    /// @param owner a guard of the same registry
    /// @return this
    public ResourceRequest<T> ownedBy(AsyncResourceGuard<?> owner) {
        Tracked<?> of = Options.required("ownedBy", owner).tracked();
        Options.consistent(
                of.core() == core,
                "ownedBy",
                owner.name(),
                "a guard of registry '" + core.settings().name() + "'",
                "acquire both from the same registry");
        this.owner = of;
        return this;
    }

    /// Opens the resource and registers it, in one step: see [ResourceRegistry#acquire].
    ///
    /// @return its guard
    /// @throws io.patinox.memory.error.ResourceAcquireException if the supplier failed
    /// @throws io.patinox.memory.error.RegistryClosedException if the registry is closed, or was
    ///   closed while the supplier ran; what it opened has been cleaned up
    /// @throws io.patinox.memory.error.ResourceInterruptedException if the supplier was interrupted
    public AsyncResourceGuard<T> acquire() {
        ResourceSpec spec =
                new ResourceSpec(core, type, name, priority, deadlineNanos, owner, null);
        return new AsyncResourceGuard<>(core, spec, supplier, cleanup);
    }
}
