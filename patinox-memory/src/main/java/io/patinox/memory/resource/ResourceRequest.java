package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.internal.Extras;
import io.patinox.memory.resource.internal.RegistryCore;
import io.patinox.memory.resource.internal.ResourceSpec;
import io.patinox.memory.resource.internal.Tracked;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
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
    private static final int TAGS_MAX = 100;

    private final ResourceRegistry registry;
    private final String type;
    private final ResourceSupplier<? extends T> supplier;
    private final Cleanup<? super T> cleanup;
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<AsyncResourceGuard<?>> dependencies = new LinkedHashSet<>();
    private @Nullable String name;
    private CleanupPriority priority = CleanupPriority.NORMAL;
    private long deadlineNanos;
    private long sizeBytes = -1;
    private boolean idempotent;
    private boolean platform;
    private @Nullable Tracked<?> owner;
    private @Nullable ResourceScope scope;

    ResourceRequest(
            ResourceRegistry registry,
            String type,
            ResourceSupplier<? extends T> supplier,
            Cleanup<? super T> cleanup) {
        this.registry = registry;
        this.type = type;
        this.supplier = supplier;
        this.cleanup = cleanup;
        this.deadlineNanos = registry.core().settings().cleanupDeadlineNanos();
    }

    ResourceRequest<T> in(ResourceScope owningScope) {
        this.scope = owningScope;
        return this;
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

    /// Sets how long an attempt to clean up may take where it does not run on a thread that called
    /// `close()`. Default: the registry's `cleanupDeadline`.
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

    /// Adds tags, by which resources can be found and cleaned up together: see [ResourceSelection].
    /// Default: none.
    ///
    /// @param tags up to 100 in all, 1 to 100 letters, digits, `.`, `_`, `-`, `:` each
    /// @return this
    public ResourceRequest<T> tags(String... tags) {
        for (String tag : Options.required("tags", tags)) {
            this.tags.add(Options.name("tags", tag));
        }
        Options.consistent(
                this.tags.size() <= TAGS_MAX,
                "tags",
                this.tags.size(),
                "up to 100 tags",
                "leave some out");
        return this;
    }

    /// Says how large the resource is, for totals and limits. Default: not known, which counts as
    /// nothing.
    ///
    /// @param bytes 0 or more
    /// @return this
    public ResourceRequest<T> sizeBytes(long bytes) {
        this.sizeBytes = Options.inRange("sizeBytes", bytes, 0, Long.MAX_VALUE);
        return this;
    }

    /// Declares that the cleanup may safely run again after it has failed. Then it is tried again
    /// after any exception but a [io.patinox.memory.error.PatinoxException] that says
    /// [io.patinox.memory.error.RecoveryStrategy.Fail], an interruption, or an `Error`. Without
    /// this, it is tried again only if the exception itself says so by its strategy.
    ///
    /// @return this
    public ResourceRequest<T> idempotent() {
        this.idempotent = true;
        return this;
    }

    /// Has the registry run the cleanup on a platform thread instead of a virtual one: for those
    /// that may block in native code, which would keep a carrier of all virtual threads.
    ///
    /// @return this
    public ResourceRequest<T> onPlatformThread() {
        this.platform = true;
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
        registry.same("ownedBy", of.core());
        this.owner = of;
        return this;
    }

    /// Names what this resource cannot live without, as a statement cannot without its connection.
    /// Whenever one of these is cleaned up, for whatever reason, this one is cleaned up first; and
    /// as long as this one is open, their guards count as in use. See
    /// [AsyncResourceGuard#dependsOn]. Default: nothing.
    ///
    /// @param guards open guards of the same registry
    /// @return this
    public ResourceRequest<T> dependsOn(AsyncResourceGuard<?>... guards) {
        for (AsyncResourceGuard<?> guard : Options.required("dependsOn", guards)) {
            registry.same("dependsOn", Options.required("dependsOn", guard).tracked().core());
            dependencies.add(guard);
        }
        return this;
    }

    /// Opens the resource and registers it, in one step: see [ResourceRegistry#acquire].
    ///
    /// @return its guard
    /// @throws io.patinox.memory.error.ResourceAcquireException if the supplier failed
    /// @throws io.patinox.memory.error.RegistryClosedException if the registry is closed, or was
    ///   closed while the supplier ran; what it opened has been cleaned up
    /// @throws io.patinox.memory.error.ResourceClosedException if what it depends on, or the scope
    ///   it was requested from, is closed, or was while the supplier ran; likewise
    /// @throws io.patinox.memory.error.ResourceCycleException if what it depends on is its owner,
    ///   or is cleaned up before that; likewise
    /// @throws io.patinox.memory.error.ResourceLimitException if the limit of its type is reached
    /// @throws io.patinox.memory.error.ResourceInterruptedException if the supplier was
    ///   interrupted, or the wait for room under the limit
    public AsyncResourceGuard<T> acquire() {
        RegistryCore core = registry.core();
        ResourceSpec usual = core.types().of(type, cleanup);
        ResourceSpec spec =
                new ResourceSpec(
                        core,
                        usual.kind(),
                        usual.cleanup(),
                        name,
                        priority,
                        deadlineNanos,
                        null,
                        extras());
        AsyncResourceGuard<T> guard = new AsyncResourceGuard<>(core, spec, supplier, cleanup);
        guard.enter(scope, dependencies);
        return guard;
    }

    private @Nullable Extras extras() {
        boolean plain =
                tags.isEmpty()
                        && owner == null
                        && sizeBytes < 0
                        && !idempotent
                        && !platform
                        && dependencies.isEmpty()
                        && scope == null;
        return plain ? null : new Extras(tags, owner, idempotent, platform, sizeBytes);
    }
}
