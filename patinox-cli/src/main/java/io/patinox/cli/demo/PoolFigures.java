package io.patinox.cli.demo;

import java.util.Map;
import java.util.TreeMap;

/// What the pool counted from its opening to its end.
///
/// @param created connections made
/// @param createFailures attempts that failed
/// @param retired connections ended, by reason; only reasons that occurred
/// @param overtakings how often somebody was served before somebody who had queued earlier
record PoolFigures(long created, long createFailures, Map<String, Long> retired, long overtakings) {

    private static final String RETIRED = "pool.retired.";
    private static final String TOO_LATE = "pool.create.too-late";

    static PoolFigures of(Map<String, Long> counters) {
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
                counters.getOrDefault("pool.overtakings", 0L));
    }
}
