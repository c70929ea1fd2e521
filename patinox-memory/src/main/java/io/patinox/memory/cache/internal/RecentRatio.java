package io.patinox.memory.cache.internal;

/// How many of the reads were hits of late, out of totals that only grow.
///
/// *Threads.* Not thread-safe.
final class RecentRatio {

    // below that many reads since it was last asked, nothing is forgotten
    private static final long FEW = 1_000;

    private long hitsThen;
    private long readsThen;
    private double hits;
    private double reads;

    /// Returns the ratio; what was before the last call counts half, before the one before that a
    /// quarter, and so on.
    ///
    /// @param allHits how many hits there were since the start
    /// @param allReads how many reads
    /// @return from 0 to 1; 1 if there were no reads
    double ratio(long allHits, long allReads) {
        if (allReads - readsThen >= FEW) {
            hits = hits / 2 + Math.max(0, allHits - hitsThen);
            reads = reads / 2 + (allReads - readsThen);
            hitsThen = allHits;
            readsThen = allReads;
        }
        double recentHits = hits + Math.max(0, allHits - hitsThen);
        double recentReads = reads + (allReads - readsThen);
        return recentReads <= 0 ? 1 : Math.clamp(recentHits / recentReads, 0, 1);
    }
}
