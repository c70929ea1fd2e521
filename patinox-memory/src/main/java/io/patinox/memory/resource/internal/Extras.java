package io.patinox.memory.resource.internal;

import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What few resources have: options beyond the common ones, and relations to others.
public final class Extras {
    private final Set<String> tags;
    private final @Nullable Tracked<?> owner;
    private final boolean idempotent;
    private final boolean platform;
    private volatile long sizeBytes;

    /// Those that depend on this one, oldest first; guarded by the lock of [Relations].
    final SequencedSet<Tracked<?>> dependants = new LinkedHashSet<>();

    /// Those that this one depends on, each with its guard, which must not be lost before this one
    /// is; guarded by the lock of [Relations].
    final Map<Tracked<?>, Object> dependencies = new LinkedHashMap<>();

    /// The scope it is a member of; guarded by the lock of [Relations].
    @Nullable WeakReference<ScopeCore> scope;

    /// Creates them.
    ///
    /// @param tags its tags
    /// @param owner whose cleanup goes first when the registry closes
    /// @param idempotent whether its cleanup may be tried again after any failure
    /// @param platform whether its cleanup runs on a platform thread
    /// @param sizeBytes its size, -1 if it is not known
    public Extras(
            Set<String> tags,
            @Nullable Tracked<?> owner,
            boolean idempotent,
            boolean platform,
            long sizeBytes) {
        this.tags = Set.copyOf(tags);
        this.owner = owner;
        this.idempotent = idempotent;
        this.platform = platform;
        this.sizeBytes = sizeBytes;
    }

    /// {@return those of a resource that has none}
    static Extras none() {
        return new Extras(Set.of(), null, false, false, -1);
    }

    /// {@return its tags}
    public Set<String> tags() {
        return tags;
    }

    /// {@return whose cleanup goes first when the registry closes, or null}
    public @Nullable Tracked<?> owner() {
        return owner;
    }

    boolean idempotent() {
        return idempotent;
    }

    boolean platform() {
        return platform;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    void sizeBytes(long bytes) {
        sizeBytes = bytes;
    }
}
