package io.patinox.stress;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.monitor.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// **Claim.** Get, load, put, compute, invalidate and the end of a lifetime are linearizable:
/// whatever threads do to a cache at the same time, each gets an answer that it could also have got
/// from [Model], one operation after the other.
///
/// Stress only: a cache has work done on threads that Lincheck does not control.
class CacheLinearizabilityTest {

    /// Ticks after which an entry is gone.
    private static final int LIFETIME = 2;

    @Test
    void cache_anyOperations_isLinearizable() {
        boolean full = "stress".equals(System.getProperty("patinox.ring"));
        new StressOptions()
                .iterations(full ? 200 : 20)
                .invocationsPerIteration(full ? 5_000 : 500)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(2)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Model.class)
                .check(Shared.class);
    }

    /// A cache of the library, the same for all runs: each begins by emptying it.
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public static final class Shared {

        private static final AtomicLong NOW = new AtomicLong();
        private static final Ticker TICKER = NOW::get;
        private static final long TICK_NANOS = Duration.ofHours(1).toNanos();
        private static final Cache<Integer, Integer> CACHE =
                Cache.<Integer, Integer>builder()
                        .maxEntries(1_000)
                        .ticker(TICKER)
                        .expireAfterWrite(Duration.ofNanos(LIFETIME * TICK_NANOS))
                        .build();

        public Shared() {
            CACHE.invalidateAll();
        }

        @Operation(params = "key")
        public @Nullable Integer get(int key) {
            return CACHE.getIfPresent(key);
        }

        @Operation(params = {"key", "value"})
        public @Nullable Integer load(int key, int value) {
            return CACHE.get(key, _ -> value);
        }

        @Operation(params = {"key", "value"})
        public @Nullable Integer put(int key, int value) {
            return CACHE.asMap().put(key, value);
        }

        @Operation(params = {"key", "value"})
        public void set(int key, int value) {
            CACHE.put(key, value);
        }

        @Operation(params = {"key", "value"})
        public @Nullable Integer add(int key, int value) {
            return CACHE.asMap().merge(key, value, Integer::sum);
        }

        @Operation(params = {"key", "value"})
        public @Nullable Integer putIfAbsent(int key, int value) {
            return CACHE.asMap().putIfAbsent(key, value);
        }

        @Operation(params = {"key", "value"})
        public boolean replace(int key, int value) {
            return CACHE.asMap().replace(key, 1, value);
        }

        @Operation(params = "key")
        public @Nullable Integer remove(int key) {
            return CACHE.asMap().remove(key);
        }

        @Operation(params = {"key", "value"})
        public boolean removeIf(int key, int value) {
            return CACHE.asMap().remove(key, value);
        }

        @Operation(params = "key")
        public void invalidate(int key) {
            CACHE.invalidate(key);
        }

        @Operation
        public void tick() {
            NOW.addAndGet(TICK_NANOS);
        }
    }

    /// What a cache is, one operation at a time.
    public static final class Model {

        private record Entry(int value, int written) {}

        private final Map<Integer, Entry> entries = new HashMap<>();
        private int now;

        public @Nullable Integer get(int key) {
            Entry entry = entries.get(key);
            return entry == null || now - entry.written >= LIFETIME ? null : (Integer) entry.value;
        }

        public @Nullable Integer load(int key, int value) {
            Integer old = get(key);
            if (old != null) {
                return old;
            }
            put(key, value);
            return value;
        }

        public @Nullable Integer put(int key, int value) {
            Integer old = get(key);
            entries.put(key, new Entry(value, now));
            return old;
        }

        public void set(int key, int value) {
            put(key, value);
        }

        public @Nullable Integer add(int key, int value) {
            Integer old = get(key);
            int sum = old == null ? value : old + value;
            put(key, sum);
            return sum;
        }

        public @Nullable Integer putIfAbsent(int key, int value) {
            Integer old = get(key);
            if (old == null) {
                put(key, value);
            }
            return old;
        }

        public boolean replace(int key, int value) {
            Integer old = get(key);
            if (old == null || old != 1) {
                return false;
            }
            put(key, value);
            return true;
        }

        public @Nullable Integer remove(int key) {
            Integer old = get(key);
            entries.remove(key);
            return old;
        }

        public boolean removeIf(int key, int value) {
            Integer old = get(key);
            if (old == null || old != value) {
                return false;
            }
            entries.remove(key);
            return true;
        }

        public void invalidate(int key) {
            entries.remove(key);
        }

        public void tick() {
            now++;
        }
    }
}
