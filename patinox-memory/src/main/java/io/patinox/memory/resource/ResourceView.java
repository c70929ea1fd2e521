package io.patinox.memory.resource;

import io.patinox.memory.resource.internal.Tracked;
import io.patinox.memory.resource.internal.ViewFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One live resource as a [ResourceSelection] saw it. A snapshot without ties to the resource:
/// keeping it keeps nothing open and hides no leak.
public final class ResourceView {
    private final ViewFacts facts;

    ResourceView(Tracked<?> tracked) {
        this.facts = ViewFacts.of(tracked);
    }

    /// {@return the type it was acquired as}
    public String type() {
        return facts.type();
    }

    /// {@return its name; if none was given, one made from the type}
    public String name() {
        return facts.name();
    }

    /// {@return the priority of its cleanup}
    public CleanupPriority priority() {
        return facts.priority();
    }

    long acquiredMicros() {
        return facts.acquiredMicros();
    }

    /// {@return how long ago it was acquired; while the registry is busy, to about 10 ms}
    public Duration age() {
        return facts.age();
    }

    /// {@return the name that the acquiring thread had; empty for an unnamed virtual thread}
    public String ownerThread() {
        return facts.ownerThread();
    }

    /// {@return its size in bytes, if that is known}
    public OptionalLong sizeBytes() {
        return facts.sizeBytes() < 0 ? OptionalLong.empty() : OptionalLong.of(facts.sizeBytes());
    }

    /// {@return its tags}
    public Set<String> tags() {
        return facts.tags();
    }

    /// {@return the name of its owner, or else of the scope it is in}
    public Optional<String> parent() {
        return Optional.ofNullable(facts.parent());
    }

    /// {@return the names of what it depends on}
    public List<String> dependsOn() {
        return facts.dependsOn();
    }

    /// {@return whether its cleanup has been asked for, or runs}
    public boolean closing() {
        return facts.closing();
    }

    /// {@return the place where it was acquired, if this one was sampled}
    public Optional<Throwable> site() {
        return Optional.ofNullable(facts.site());
    }

    @Override
    public String toString() {
        return name() + " (" + type() + ", " + priority() + ", " + age() + ")";
    }
}
