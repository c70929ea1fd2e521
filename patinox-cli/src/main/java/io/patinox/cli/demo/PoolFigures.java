package io.patinox.cli.demo;

import io.patinox.cli.terminal.Figures;
import io.patinox.memory.pool.PoolAdvice;
import java.util.Map;
import java.util.TreeMap;

/// What the pool counted from its opening to its end.
///
/// @param created connections made
/// @param createFailures attempts that failed
/// @param retired connections ended, by reason; only reasons that occurred
/// @param overtakings how often somebody was served before somebody who had queued earlier
/// @param size what the pool says of its own size
record PoolFigures(
        long created,
        long createFailures,
        Map<String, Long> retired,
        long overtakings,
        String size) {

    private static final String RETIRED = "pool.retired.";
    private static final String TOO_LATE = "pool.create.too-late";

    static PoolFigures of(Map<String, Long> counters, PoolAdvice advice) {
        Map<String, Long> retired = new TreeMap<>();
        counters.forEach((name, count) -> {
            if (name.startsWith(RETIRED) && count > 0) {
                retired.put(name.substring(RETIRED.length()), count);
            }
        });
        long tooLate = counters.getOrDefault(TOO_LATE, 0L);
        if (tooLate > 0) {
            retired.put("too late", tooLate); // made when nobody waited for it any more
        }
        return new PoolFigures(
                counters.getOrDefault("pool.created", 0L),
                counters.getOrDefault("pool.create.failed", 0L),
                retired,
                counters.getOrDefault("pool.overtakings", 0L),
                inWords(advice));
    }

    /// The advice, short enough for a line.
    static String inWords(PoolAdvice advice) {
        String judged =
                switch (advice.verdict()) {
                    case TOO_LITTLE_TRAFFIC -> "too little traffic to judge it";
                    case RIGHT_SIZE -> "fits the load";
                    case TOO_SMALL ->
                            "too small, %s would do"
                                    .formatted(Figures.count(advice.recommendedSize()));
                    case TOO_LARGE ->
                            "larger than needed, %s would do"
                                    .formatted(Figures.count(advice.recommendedSize()));
                    case LIMITED_BY_BACK_END -> "limited by the database, more would not help";
                };
        return Figures.count(advice.load().maxSize()) + ", " + judged;
    }
}
