package io.patinox.memory.cache;

import io.patinox.memory.cache.CacheAdvice.Verdict;
import io.patinox.memory.error.Options;
import java.util.Locale;

/// Judges the size of a cache by its [MissRatioCurve]. Stateless, so usable from any thread.
public final class CacheAdvisor {

    private static final long LEAST_SAMPLES = 2_000;
    private static final double WORTH = 0.02;
    private static final double NOTHING = 0.005;
    private static final double FEW = 0.1;

    private CacheAdvisor() {}

    /// Judges a size.
    ///
    /// @param curve what the cache would find at other sizes
    /// @param entries how many entries it holds when it is full, from 1
    /// @param hitRatio how many of its reads find a value now, from 0 to 1
    /// @return the advice
    public static CacheAdvice advise(MissRatioCurve curve, long entries, double hitRatio) {
        Options.required("curve", curve);
        Options.inRange("entries", entries, 1, Long.MAX_VALUE / 4);
        if (curve.samples() < LEAST_SAMPLES) {
            return new CacheAdvice(
                    Verdict.TOO_LITTLE_TRAFFIC,
                    entries,
                    "there were too few reads to judge the size");
        }
        MissRatioCurve fitted = curve.anchored(entries, hitRatio);
        double half = fitted.hitRatioAt(entries / 2);
        double now = fitted.hitRatioAt(entries);
        double twice = fitted.hitRatioAt(2 * entries);
        double fourTimes = fitted.hitRatioAt(4 * entries);
        if (fourTimes < FEW) {
            return new CacheAdvice(
                    Verdict.HARDLY_ANY_REPEATS,
                    entries,
                    "even four times the size would find no more than "
                            + percent(fourTimes)
                            + ": keys hardly ever come back");
        }
        if (twice - now >= WORTH) {
            boolean goOn = fourTimes - twice >= WORTH;
            return new CacheAdvice(
                    Verdict.TOO_SMALL,
                    goOn ? 4 * entries : 2 * entries,
                    "twice the size would raise hits from %s to %s"
                                    .formatted(percent(now), percent(twice))
                            + (goOn ? ", four times to " + percent(fourTimes) : ""));
        }
        // a loop is found at four times the size, and not at all at twice
        if (fourTimes - now >= 2 * WORTH) {
            return new CacheAdvice(
                    Verdict.TOO_SMALL,
                    4 * entries,
                    "four times the size would raise hits from %s to %s; twice would not"
                            .formatted(percent(now), percent(fourTimes)));
        }
        if (now - half < NOTHING) {
            return new CacheAdvice(
                    Verdict.TOO_LARGE,
                    Math.max(1, entries / 2),
                    "half the size would find as much: %s instead of %s"
                            .formatted(percent(half), percent(now)));
        }
        return new CacheAdvice(
                Verdict.RIGHT_SIZE,
                entries,
                "the size fits: twice as much would raise hits from %s to %s"
                                .formatted(percent(now), percent(twice))
                        + ", half would lower them to "
                        + percent(half));
    }

    private static String percent(double ratio) {
        double percent = 100 * ratio;
        boolean precise = percent != 0 && (percent < 10 || percent > 90);
        return String.format(Locale.ROOT, precise ? "%.1f %%" : "%.0f %%", percent);
    }
}
