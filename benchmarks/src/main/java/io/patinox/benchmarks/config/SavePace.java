package io.patinox.benchmarks.config;

import java.time.Duration;
import java.util.List;

/// How fast saves follow each other.
///
/// @param pauses between the saves of a burst, so one more save than pauses
/// @param rest how long the last content of a burst is left alone
/// @param patience how long to wait for a good content after a broken one
record SavePace(List<Duration> pauses, Duration rest, Duration patience) {

    /// As a person saves who corrects himself at once, and then looks at what happens: two saves in
    /// quick succession, a third that stays for a little longer than a second.
    static final SavePace HUMAN =
            new SavePace(
                    List.of(Duration.ofMillis(30), Duration.ofMillis(200)),
                    Duration.ofMillis(1_250),
                    Duration.ofSeconds(3));

    /// Creates the pace.
    SavePace {
        pauses = List.copyOf(pauses);
    }
}
