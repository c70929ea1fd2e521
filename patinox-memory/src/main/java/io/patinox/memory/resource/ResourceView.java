package io.patinox.memory.resource;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// One live resource as [ResourceRegistry#open()] saw it. A snapshot without ties to the resource:
/// keeping it keeps nothing open and hides no leak.
public final class ResourceView {
    private final String type;
    private final String name;
    private final CleanupPriority priority;
    private final Duration age;
    private final String ownerThread;
    private final Optional<Throwable> site;

    ResourceView(
            String type,
            String name,
            CleanupPriority priority,
            Duration age,
            String ownerThread,
            Optional<Throwable> site) {
        this.type = Objects.requireNonNull(type);
        this.name = Objects.requireNonNull(name);
        this.priority = Objects.requireNonNull(priority);
        this.age = Objects.requireNonNull(age);
        this.ownerThread = Objects.requireNonNull(ownerThread);
        this.site = Objects.requireNonNull(site);
    }

    /// {@return the type it was acquired as}
    public String type() {
        return type;
    }

    /// {@return its name; if none was given, one made from the type}
    public String name() {
        return name;
    }

    /// {@return the priority of its cleanup}
    public CleanupPriority priority() {
        return priority;
    }

    /// {@return how long ago it was acquired}
    public Duration age() {
        return age;
    }

    /// {@return the name that the acquiring thread had; empty for an unnamed virtual thread}
    public String ownerThread() {
        return ownerThread;
    }

    /// {@return the place where it was acquired, if this one was sampled}
    public Optional<Throwable> site() {
        return site;
    }

    @Override
    public String toString() {
        return name + " (" + type + ", " + priority + ", " + age + ")";
    }
}
