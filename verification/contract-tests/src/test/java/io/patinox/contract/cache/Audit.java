package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.cache.CacheEntry;
import io.patinox.memory.cache.CacheStatistics;
import io.patinox.memory.cache.RemovalCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The check that every test of the matrix ends with, when nothing is in motion any more: whatever
/// happened, the books are right.
final class Audit {

    static final Duration SOON = Duration.ofSeconds(30);

    private Audit() {}

    /// Checks everything.
    ///
    /// @param cache a cache that nobody uses
    /// @param setup what kind of cache it is
    /// @param witness who saw what happened
    /// @param values what was put in
    static void atRest(Cache<String, String> cache, Setup setup, Witness witness, Values values) {
        // so that nothing is due at this very moment, which the cache may notice a moment later
        witness.ticker.advance(Witness.PACE.dividedBy(2));
        cache.cleanUp();
        Map<String, String> present = structure(cache);
        sums(cache, setup, present);
        bounds(cache);
        policy(cache, setup, witness, present);
        departures(cache, setup, witness, present, values);
        witness.ticker.advance(Witness.PACE.dividedBy(2));
    }

    /// All ways to see the entries see the same ones.
    private static Map<String, String> structure(Cache<String, String> cache) {
        Map<String, String> present = new HashMap<>();
        cache.asMap().forEach((key, value) -> assertThat(present.put(key, value)).isNull());
        Set<String> keys = new HashSet<>();
        cache.asMap().keySet().forEach(key -> assertThat(keys.add(key)).isTrue());
        assertThat(keys).isEqualTo(present.keySet());
        assertThat(cache.asMap().values()).hasSize(present.size());
        assertThat(cache.asMap().entrySet()).hasSize(present.size());
        assertThat(cache.size()).as("size").isEqualTo(present.size());
        assertThat(cache.asMap()).hasSize(present.size());
        present.forEach((key, value) -> assertThat(cache.peek(key)).isSameAs(value));
        return present;
    }

    private static void sums(
            Cache<String, String> cache, Setup setup, Map<String, String> present) {
        CacheStatistics statistics = cache.statistics();
        long weight = 0;
        long bytes = 0;
        for (String value : present.values()) {
            weight += Setup.weight(value);
            bytes += Setup.bytes(value);
        }
        assertThat(statistics.entries()).as("entries").isEqualTo(present.size());
        assertThat(statistics.weight())
                .as("weight")
                .isEqualTo(setup.weighs() ? weight : present.size());
        boolean measures = setup.bound() == Setup.Bound.BYTES || setup.bound() == Setup.Bound.ALL;
        if (measures) {
            // what the cache adds for an entry is its own affair, but it is the same for all
            long ofEntries =
                    present.keySet().stream()
                            .map(cache::entry)
                            .mapToLong(entry -> entry == null ? 0 : entry.bytes())
                            .sum();
            assertThat(statistics.bytes()).as("bytes").isEqualTo(ofEntries);
            assertThat(statistics.bytes()).as("bytes").isGreaterThanOrEqualTo(bytes);
        } else {
            assertThat(statistics.bytes()).as("bytes").isZero();
        }
    }

    private static void bounds(Cache<String, String> cache) {
        CacheBounds bounds = cache.bounds();
        CacheStatistics statistics = cache.statistics();
        if (bounds.maxEntries() > 0) {
            assertThat(statistics.entries()).isLessThanOrEqualTo(bounds.maxEntries());
        }
        if (bounds.maxWeight() > 0) {
            assertThat(statistics.weight()).isLessThanOrEqualTo(bounds.maxWeight());
        }
        if (bounds.maxBytes() > 0) {
            assertThat(statistics.bytes()).isLessThanOrEqualTo(bounds.maxBytes());
        }
    }

    /// Every entry is in exactly one order, and the reports know all of them.
    private static void policy(
            Cache<String, String> cache,
            Setup setup,
            Witness witness,
            Map<String, String> present) {
        WatchedPolicy policy = witness.policy;
        if (policy != null) {
            assertThat(policy.breaches()).isEmpty();
            long unpinned =
                    setup.weighs()
                            ? present.values().stream().filter(v -> Setup.weight(v) > 0).count()
                            : present.size();
            assertThat(policy.known()).as("nodes in orders").isEqualTo((int) unpinned);
        }
        int all = Math.max(1, (int) cache.size());
        assertThat(keys(cache.hottest(all))).hasSize((int) cache.size());
        assertThat(keys(cache.coldest(all))).hasSize((int) cache.size());
    }

    private static Set<String> keys(List<CacheEntry<String, String>> entries) {
        Set<String> keys = new HashSet<>();
        entries.forEach(entry -> keys.add(entry.key()));
        assertThat(keys).hasSameSizeAs(entries);
        return keys;
    }

    /// Every value that came in is there, or has left once, and for a reason.
    private static void departures(
            Cache<String, String> cache,
            Setup setup,
            Witness witness,
            Map<String, String> present,
            Values values) {
        Map<RemovalCause, Long> counted = new HashMap<>(cache.statistics().removals());
        counted.values().removeIf(count -> count == 0);
        counted(counted, setup, present.size(), values);
        if (setup.listening() == Setup.Listening.NOBODY) {
            return;
        }
        boolean hook = setup.listening() == Setup.Listening.HOOK;
        if (hook) {
            counted.keySet().removeIf(cause -> !cause.evicted());
        }
        long expected = counted.values().stream().mapToLong(Long::longValue).sum();
        await().atMost(SOON).until(() -> witness.total() >= expected);
        assertThat(witness.causes()).as("told of").isEqualTo(counted);
        assertThat(witness.twice()).as("left twice").isNull();
        Map<String, Boolean> there = new IdentityHashMap<>();
        present.values().forEach(value -> there.put(value, true));
        List<String> wrong = new ArrayList<>();
        for (String value : values.certain) {
            boolean gone = witness.left(value) != null;
            if (gone && there.containsKey(value)) {
                wrong.add(value + " left and is there");
            } else if (!gone && !there.containsKey(value) && !hook) {
                wrong.add(value + " is gone, and nobody was told");
            }
        }
        assertThat(wrong).isEmpty();
    }

    /// What came in is what left and what is there. Values that were replaced are only counted
    /// where somebody is told of them.
    private static void counted(
            Map<RemovalCause, Long> counted, Setup setup, int present, Values values) {
        long sum = counted.values().stream().mapToLong(Long::longValue).sum() + present;
        assertThat(sum)
                .as("came in, at most")
                .isLessThanOrEqualTo(values.certain.size() + values.perhaps.size());
        if (setup.listening() == Setup.Listening.LISTENER) {
            assertThat(sum).as("came in").isGreaterThanOrEqualTo(values.certain.size());
        }
    }
}
