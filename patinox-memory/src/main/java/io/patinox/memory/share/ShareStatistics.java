package io.patinox.memory.share;

/// What became of the handles that stem from one [SharedData]: figures of structure, which cost
/// reads nothing. Each figure is exact by itself; together they are of almost one moment.
public final class ShareStatistics {
    private final long updates;
    private final long failures;
    private final long copies;
    private final long copiesAvoided;
    private final long shares;

    ShareStatistics(Lineage<?> lineage) {
        updates = lineage.updates.get();
        failures = lineage.failures.get();
        copies = lineage.copies.get();
        copiesAvoided = lineage.copiesAvoided.get();
        shares = lineage.shares.get();
    }

    /// {@return how many updates made a new version}
    public long updates() {
        return updates;
    }

    /// {@return how many update functions failed}
    public long failures() {
        return failures;
    }

    /// {@return how often a payload was copied because it was shared}
    public long copies() {
        return copies;
    }

    /// {@return how often a payload was changed in place because it was not shared}
    public long copiesAvoided() {
        return copiesAvoided;
    }

    /// Returns how often an exclusive version became shared: by the first `share()` of it, or, for
    /// a mutable payload, by the first `get()`. Further shares of the same version are not counted,
    /// as counting would cost more than they do. Of counted handles every share is counted.
    ///
    /// @return the number
    public long shares() {
        return shares;
    }

    @Override
    public String toString() {
        return "ShareStatistics[updates=%d, failures=%d, copies=%d, copiesAvoided=%d, shares=%d]"
                .formatted(updates, failures, copies, copiesAvoided, shares);
    }
}
