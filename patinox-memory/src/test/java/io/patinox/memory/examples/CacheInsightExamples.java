package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.BudgetShare;
import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheAdvice;
import io.patinox.memory.cache.CacheCodec;
import io.patinox.memory.cache.CacheSnapshot;
import io.patinox.memory.cache.CacheWarmUp;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.MemoryBudget;
import io.patinox.memory.cache.MissRatioCurve;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documentation of a cache's figures, budgets and snapshots shows, compiled and executed.
class CacheInsightExamples {

    @TempDir private Path folder;

    /// Reads users in no order, a few of them often.
    private static void serve(Cache<Integer, String> users) {
        Random random = new Random(1);
        for (int i = 0; i < 60_000; i++) {
            int user = (int) (3_000 * Math.pow(random.nextDouble(), 2));
            users.get(user, id -> "user " + id);
        }
    }

    @Test
    void curve_ofACache_tellsWhatOtherSizesWouldFind() {
        // @start region="curve"
        Cache<Integer, String> users =
                Cache.<Integer, String>builder().maxEntries(500).missRatioCurve(true).build();
        serve(users);

        MissRatioCurve curve = users.missRatioCurve();
        double now = curve.hitRatioAt(500);
        double twice = curve.hitRatioAt(1_000);
        // @end
        assertThat(twice).isGreaterThan(now);
        users.close();
    }

    @Test
    void advice_ofACache_saysItInWords() {
        Cache<Integer, String> users =
                Cache.<Integer, String>builder().maxEntries(500).missRatioCurve(true).build();
        serve(users);

        // @start region="advice"
        CacheAdvice advice = users.advice();
        String sentence = advice.sentence(); // twice the size would raise hits from 34 % to ...
        long entries = advice.recommendedEntries(); // 2,000
        // @end
        assertThat(advice.verdict()).isEqualTo(CacheAdvice.Verdict.TOO_SMALL);
        assertThat(sentence).startsWith("twice the size would raise hits from ");
        assertThat(entries).isGreaterThan(500);
        users.close();
    }

    @Test
    void budget_ofTwoCaches_sharesItOut() {
        // @start region="budget"
        Cache<Integer, String> users =
                Cache.<Integer, String>builder().maxBytes(1).missRatioCurve(true).build();
        Cache<String, byte[]> pages =
                Cache.<String, byte[]>builder().maxBytes(1).missRatioCurve(true).build();

        MemoryBudget budget = MemoryBudget.builder(64_000_000).name("all-caches").build();
        budget.register(users, 4_000_000, 60_000_000); // never less, never more
        budget.register(pages, 4_000_000, 60_000_000);

        List<BudgetShare> shares = budget.shares();
        // @end
        assertThat(shares).extracting(BudgetShare::bytes).allMatch(bytes -> bytes >= 4_000_000);
        budget.close();
        users.close();
        pages.close();
    }

    @Test
    void snapshot_savedAndRestored_bringsTheCacheBack() throws Exception {
        Path file = folder.resolve("users.snapshot");
        try (Cache<Integer, String> users = Cache.<Integer, String>builder().build()) {
            serve(users);
            // @start region="snapshot"
            CacheSnapshot<Integer, String> snapshot =
                    CacheSnapshot.of(CacheCodec.integers(), CacheCodec.strings());
            long saved = snapshot.save(users, file); // before the service stops
            // @end
            assertThat(saved).isEqualTo(users.size());
        }
        CacheSnapshot<Integer, String> snapshot =
                CacheSnapshot.of(CacheCodec.integers(), CacheCodec.strings());
        try (Cache<Integer, String> users = Cache.<Integer, String>builder().build()) {
            // @start region="warm"
            CacheWarmUp warmUp = snapshot.withPerSecond(100_000).restore(users, file);
            double done = warmUp.progress(); // from 0 to 1, while the cache is in use
            warmUp.end().get(1, TimeUnit.MINUTES);
            // @end
            assertThat(done).isBetween(0.0, 1.0);
            assertThat(warmUp.warmed()).isEqualTo(users.size()).isPositive();
        }
    }

    @Test
    void tags_ofEntries_invalidateThemTogether() {
        // @start region="tags"
        Cache<String, String> pages =
                Cache.<String, String>builder().tags((url, page) -> Set.of(page)).build();
        pages.put("/tea", "shop");
        pages.put("/jobs", "about us");
        pages.put("/offers", "news", EntryOptions.none().withTags("shop", "daily"));

        long removed = pages.invalidateTag("shop");
        // @end
        assertThat(removed).isEqualTo(2);
        assertThat(pages.asMap()).containsOnlyKeys("/jobs");
        pages.close();
    }
}
