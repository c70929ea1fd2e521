package io.patinox.memory.resource.internal;

import org.jspecify.annotations.Nullable;

/// A type of resources, and what holds for all of that type.
public final class Kind {
    /// Sampling is as the registry says.
    static final int SAMPLING_DEFAULT = -1;

    private final String type;
    private final int cleanupConcurrency;
    private final @Nullable Limit limit;
    private volatile int siteSampling;

    /// Cleanups of this type that run now; under the lock of the engine.
    int running;

    /// A type.
    ///
    /// @param type its name
    /// @param cleanupConcurrency how many of its cleanups run at once, 0 for no bound of its own
    /// @param siteSampling one acquisition in so many remembers its place; -1 as the registry says
    /// @param limit how many there may be at once
    public Kind(String type, int cleanupConcurrency, int siteSampling, @Nullable Limit limit) {
        this.type = type;
        this.cleanupConcurrency = cleanupConcurrency;
        this.siteSampling = siteSampling;
        this.limit = limit;
    }

    /// {@return the name of the type}
    public String type() {
        return type;
    }

    /// {@return the limit on it, or null}
    @Nullable Limit limit() {
        return limit;
    }

    int siteSampling() {
        return siteSampling;
    }

    /// Changes how many acquisitions remember their place.
    ///
    /// @param oneIn one in so many
    public void siteSampling(int oneIn) {
        siteSampling = oneIn;
    }

    /// The registry closes: whoever waits for room is refused.
    void refuseNew() {
        if (limit != null) {
            limit.close();
        }
    }

    int waiting() {
        return limit == null ? 0 : limit.waiting();
    }

    /// {@return whether another of its cleanups may begin; under the lock of the engine}
    boolean mayRun() {
        return cleanupConcurrency == 0 || running < cleanupConcurrency;
    }
}
