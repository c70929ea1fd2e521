package io.patinox.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the demo is to do, checked.
///
/// @param clients how many clients the crowd has
/// @param duration how long both phases take together
/// @param poolSize how many connections they share
/// @param chaos whether things are broken on purpose
/// @param json where to write the report as JSON, if anywhere
/// @param database the user's own database, or null for an embedded one
record DemoOptions(
        int clients,
        Duration duration,
        int poolSize,
        boolean chaos,
        @Nullable Path json,
        @Nullable OwnDatabaseOptions database) {

    private static final int WARM_SHARE = 5;
    private static final int RUN_UP_SHARE = 5;
    private static final long RUN_UP_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long RUN_UP_MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// The warm phase takes a fifth of the time.
    long warmNanos() {
        return duration.toNanos() / WARM_SHARE;
    }

    /// The beginning of the warm phase isn't judged: code is loaded and compiled in it.
    long runUpNanos() {
        return Math.clamp(warmNanos() / RUN_UP_SHARE, RUN_UP_MIN_NANOS, RUN_UP_MAX_NANOS);
    }

    long crowdNanos() {
        return duration.toNanos() - warmNanos();
    }

    /// How to reach the user's own database.
    ///
    /// @param url the JDBC URL
    /// @param user the user, or null to leave it to the URL and the driver
    /// @param password the password, or null if none is needed; never printed
    record OwnDatabaseOptions(String url, @Nullable String user, @Nullable String password) {

        /// Returns the URL as far as it may be shown: without its parameters, which can hold a
        /// password.
        String shownUrl() {
            int parameters = url.indexOf('?');
            return parameters < 0 ? url : url.substring(0, parameters);
        }

        @Override
        public String toString() {
            return shownUrl();
        }
    }
}
