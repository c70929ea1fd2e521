package io.patinox.contract.cache;

import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.cache.RemovalListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sees what happens to a cache under test: its clock, its listeners, and its policy.
final class Witness implements RemovalListener<String, String> {

    /// The clock moves by multiples of that; an entry may outlive its time by a fraction of it.
    static final Duration PACE = Duration.ofMillis(100);

    final ManualTicker ticker = new ManualTicker();
    @Nullable WatchedPolicy policy;

    private final Map<String, RemovalCause> left = new IdentityHashMap<>();
    private final Map<RemovalCause, Long> causes = new EnumMap<>(RemovalCause.class);
    private @Nullable String twice;

    WatchedPolicy watch(EvictionPolicy watched) {
        WatchedPolicy made = new WatchedPolicy(watched);
        policy = made;
        return made;
    }

    @Override
    public synchronized void removed(String key, String value, RemovalCause cause) {
        // a value that was put in twice may leave twice, so tests make a new one for each put
        if (left.put(value, cause) != null) {
            twice = key + "=" + value + " " + cause;
        }
        causes.merge(cause, 1L, Long::sum);
    }

    /// Returns how many left, by cause.
    synchronized Map<RemovalCause, Long> causes() {
        return new EnumMap<>(causes);
    }

    synchronized long total() {
        return left.size();
    }

    /// Returns why a value left, or null if nobody said so.
    synchronized @Nullable RemovalCause left(String value) {
        return left.get(value);
    }

    /// Returns a value that left twice, or null.
    synchronized @Nullable String twice() {
        return twice;
    }
}
