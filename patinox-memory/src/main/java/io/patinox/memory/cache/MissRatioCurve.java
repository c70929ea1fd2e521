package io.patinox.memory.cache;

import io.patinox.memory.error.Options;
import java.util.List;
import java.util.OptionalLong;

/// How many reads a cache would find at which size, estimated while it runs. Immutable.
///
/// {@snippet file="io/patinox/memory/examples/CacheInsightExamples.java" region="curve"}
///
/// The estimate is made from a sample of the keys by their reuse distances, so it is that of a
/// cache that evicts what was not used for longest. [#anchored] fits it to what a cache with
/// another policy really does.
///
/// Source: C. Waldspurger, N. Park, A. Garthwaite and I. Ahmad, Efficient MRC Construction with
/// SHARDS, FAST 2015.
public final class MissRatioCurve {

    /// One size and what it would find. Between two points the curve is straight; before the first
    /// it rises from nothing, and behind the last it stays as it is.
    ///
    /// @param entries how many entries the cache holds, from 1
    /// @param hitRatio how many of the reads find a value, from 0 to 1
    public record Point(long entries, double hitRatio) {

        /// Checks the point.
        public Point {
            Options.inRange("entries", entries, 1, Long.MAX_VALUE);
            Options.consistent(
                    hitRatio >= 0 && hitRatio <= 1, "hitRatio", hitRatio, "0 to 1", "divide it");
        }
    }

    // below this, a share of misses says nothing that could be compared
    private static final double LEAST_MISSES = 1e-4;

    private final List<Point> points;
    private final long samples;

    /// Creates a curve.
    ///
    /// @param points the points, the smallest size first; neither sizes nor ratios may go back
    /// @param samples on how many sampled reads it rests, from 0
    public MissRatioCurve(List<Point> points, long samples) {
        this.points = List.copyOf(Options.required("points", points));
        this.samples = Options.inRange("samples", samples, 0, Long.MAX_VALUE);
        for (int i = 1; i < this.points.size(); i++) {
            Point a = this.points.get(i - 1);
            Point b = this.points.get(i);
            Options.consistent(
                    a.entries() < b.entries() && a.hitRatio() <= b.hitRatio() + 1e-9,
                    "points",
                    b,
                    "larger than " + a,
                    "sort them");
        }
    }

    /// Returns the points.
    ///
    /// @return the points, the smallest size first; unmodifiable
    public List<Point> points() {
        return points;
    }

    /// Returns on how many reads the estimate rests. Below some thousands it is rough.
    ///
    /// @return from 0; older reads count for less
    public long samples() {
        return samples;
    }

    /// Returns the largest size the curve knows of; mostly four times what the cache holds.
    ///
    /// @return a number of entries; 0 if it has no points
    public long reach() {
        return points.isEmpty() ? 0 : points.getLast().entries();
    }

    /// Returns how many of the reads a cache of a size would find.
    ///
    /// @param entries how many entries it holds, from 0
    /// @return from 0 to 1
    public double hitRatioAt(long entries) {
        Options.inRange("entries", entries, 0, Long.MAX_VALUE);
        long beforeEntries = 0;
        double beforeRatio = 0;
        for (Point point : points) {
            if (entries <= point.entries()) {
                double share =
                        (double) (entries - beforeEntries) / (point.entries() - beforeEntries);
                return beforeRatio + share * (point.hitRatio() - beforeRatio);
            }
            beforeEntries = point.entries();
            beforeRatio = point.hitRatio();
        }
        return beforeRatio;
    }

    /// Returns how many entries it takes to find that many of the reads.
    ///
    /// @param hitRatio the share that is to be found, from 0 to 1
    /// @return the size, or nothing if even the largest known one finds less
    public OptionalLong entriesFor(double hitRatio) {
        long beforeEntries = 0;
        double beforeRatio = 0;
        for (Point point : points) {
            if (hitRatio <= point.hitRatio()) {
                double share =
                        point.hitRatio() == beforeRatio
                                ? 0
                                : (hitRatio - beforeRatio) / (point.hitRatio() - beforeRatio);
                long more = Math.round(Math.max(0, share) * (point.entries() - beforeEntries));
                return OptionalLong.of(beforeEntries + more);
            }
            beforeEntries = point.entries();
            beforeRatio = point.hitRatio();
        }
        return OptionalLong.empty();
    }

    /// Returns this curve, fitted to what the cache really finds at the size it has: its misses are
    /// multiplied at all sizes by what sets them right there, at most by ten.
    ///
    /// @param entries how many entries the cache holds, from 1
    /// @param hitRatio how many of the reads it finds, from 0 to 1
    /// @return the fitted curve
    public MissRatioCurve anchored(long entries, double hitRatio) {
        double missed = 1 - hitRatioAt(entries);
        if (points.isEmpty() || missed < LEAST_MISSES) {
            return this;
        }
        double factor = Math.clamp((1 - hitRatio) / missed, 0.1, 10);
        return new MissRatioCurve(
                points.stream()
                        .map(p ->
                                new Point(
                                        p.entries(),
                                        Math.clamp(1 - (1 - p.hitRatio()) * factor, 0, 1)))
                        .toList(),
                samples);
    }

    /// {@return the sizes and what they find, for people}
    @Override
    public String toString() {
        return "MissRatioCurve" + points;
    }
}
