package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.CacheSnapshotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSnapshotTest {

    private final CacheSnapshot<String, Integer> snapshot =
            CacheSnapshot.of(CacheCodec.strings(), CacheCodec.integers());

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("c.snapshot");
    }

    private static CacheWarmUp ended(CacheWarmUp warmUp) throws Exception {
        return warmUp.end().get(1, TimeUnit.MINUTES);
    }

    private static Cache<String, Integer> cache(int maxEntries) {
        return Cache.<String, Integer>builder().maxEntries(maxEntries).build();
    }

    private void saveTen() throws IOException {
        try (Cache<String, Integer> cache = cache(100)) {
            for (int i = 0; i < 10; i++) {
                cache.put("k" + i, i);
                for (int hit = 0; hit < i; hit++) {
                    cache.getIfPresent("k" + i);
                }
            }
            assertThat(snapshot.save(cache, file)).isEqualTo(10);
        }
    }

    @Test
    void restore_intoANewCache_bringsEverythingBackWithItsPopularity() throws Exception {
        saveTen();
        try (Cache<String, Integer> cache = cache(100)) {
            CacheWarmUp warmUp = ended(snapshot.restore(cache, file));

            assertThat(warmUp.warmed()).isEqualTo(10);
            assertThat(warmUp.skipped()).isZero();
            assertThat(warmUp.failed()).isZero();
            assertThat(warmUp.progress()).isGreaterThan(0.5);
            for (int i = 0; i < 10; i++) {
                assertThat(cache.peek("k" + i)).isEqualTo(i);
                assertThat(cache.entry("k" + i).hits()).isEqualTo(i);
            }
            assertThat(cache.statistics().hits()).isZero();
        }
    }

    @Test
    void restore_keysThatAreThere_keepTheirValue() throws Exception {
        saveTen();
        try (Cache<String, Integer> cache = cache(100)) {
            cache.put("k3", 333);

            CacheWarmUp warmUp = ended(snapshot.restore(cache, file));

            assertThat(cache.peek("k3")).isEqualTo(333);
            assertThat(warmUp.warmed()).isEqualTo(9);
            assertThat(warmUp.skipped()).isOne();
        }
    }

    @Test
    void restore_intoASmallerCache_bringsTheHottestBackAndEvictsNobody() throws Exception {
        saveTen();
        try (Cache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .maxEntries(4)
                        .policy(EvictionPolicy.lfu())
                        .build()) {
            CacheWarmUp warmUp = ended(snapshot.restore(cache, file));

            assertThat(cache.asMap()).containsOnlyKeys("k9", "k8", "k7", "k6");
            assertThat(warmUp.skipped()).isEqualTo(6);
            assertThat(cache.statistics().evictions()).isZero();
        }
    }

    @Test
    void restore_policyGoesByOrder_theHottestIsTheLastToGo() throws Exception {
        try (Cache<String, Integer> before = lru()) {
            for (int i = 0; i < 5; i++) {
                before.put("k" + i, i);
            }
            before.getIfPresent("k0");
            snapshot.save(before, file);
        }
        try (Cache<String, Integer> cache = lru()) {
            ended(snapshot.restore(cache, file));

            for (int i = 0; i < 4; i++) {
                cache.put("new" + i, i);
            }
            assertThat(cache.asMap()).containsOnlyKeys("k0", "new0", "new1", "new2", "new3");
        }
    }

    private static Cache<String, Integer> lru() {
        return Cache.<String, Integer>builder().maxEntries(5).policy(EvictionPolicy.lru()).build();
    }

    @Test
    void restore_entriesThatEnd_haveWhatRemained() throws Exception {
        try (Cache<String, Integer> before = timed(Duration.ofSeconds(50))) {
            before.put("a", 1);
            snapshot.save(before, file);
        }
        try (Cache<String, Integer> cache = timed(Duration.ofHours(2))) {
            ended(snapshot.restore(cache, file));

            assertThat(cache.entry("a").remaining()).isLessThanOrEqualTo(Duration.ofSeconds(50));
        }
        try (Cache<String, Integer> cache = timed(Duration.ofSeconds(10))) {
            ended(snapshot.restore(cache, file));

            assertThat(cache.entry("a").remaining()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        }
    }

    private static Cache<String, Integer> timed(Duration lifetime) {
        return Cache.<String, Integer>builder()
                .expireAfterWrite(lifetime)
                .recordTimes(true)
                .build();
    }

    @Test
    void restore_damagedFile_failsAndPutsNothingIn() throws Exception {
        saveTen();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 40] ^= 1;
        Files.write(file, bytes);
        try (Cache<String, Integer> cache = cache(100)) {
            CacheWarmUp warmUp = snapshot.restore(cache, file);

            assertThatThrownBy(() -> ended(warmUp))
                    .hasCauseInstanceOf(CacheSnapshotException.class)
                    .hasMessageContaining("checksum");
            assertThat(cache.size()).isZero();
            assertThat(ended(snapshot.withSkippingDamage().restore(cache, file)).failed()).isOne();
        }
    }

    @Test
    void restore_foreignFile_isRefusedAtOnce() throws Exception {
        saveTen();
        try (Cache<String, String> other = Cache.<String, String>builder().build()) {
            CacheSnapshot<String, String> texts =
                    CacheSnapshot.of(CacheCodec.strings(), CacheCodec.strings());

            assertThatThrownBy(() -> texts.restore(other, file))
                    .isInstanceOf(CacheSnapshotException.class)
                    .hasMessageContaining("it holds 'string -> int'");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restore_codecRefuses_failsOrSkips(boolean skipping) throws Exception {
        saveTen();
        CacheCodec<Integer> picky =
                CacheCodec.of(
                        "int",
                        CacheCodec.integers()::encode,
                        bytes -> {
                            if (bytes[3] == 5) {
                                throw new IllegalStateException("not five");
                            }
                            return CacheCodec.integers().decode(bytes);
                        });
        CacheSnapshot<String, Integer> plain = CacheSnapshot.of(CacheCodec.strings(), picky);
        try (Cache<String, Integer> cache = cache(100)) {
            CacheWarmUp warmUp =
                    (skipping ? plain.withSkippingDamage() : plain).restore(cache, file);

            if (skipping) {
                assertThat(ended(warmUp).failed()).isOne();
                assertThat(cache.size()).isEqualTo(9);
            } else {
                assertThatThrownBy(() -> ended(warmUp)).hasMessageContaining("not five");
            }
        }
    }

    @Test
    void restore_closedCache_fails() throws Exception {
        saveTen();
        Cache<String, Integer> cache = cache(100);
        cache.close();

        CacheWarmUp warmUp = snapshot.restore(cache, file);

        assertThatThrownBy(() -> ended(warmUp)).hasCauseInstanceOf(CacheClosedException.class);
    }

    @Test
    void save_closedCache_leavesTheOldFileAlone() throws Exception {
        saveTen();
        byte[] before = Files.readAllBytes(file);
        Cache<String, Integer> cache = cache(100);
        cache.close();

        assertThatThrownBy(() -> snapshot.save(cache, file))
                .isInstanceOf(CacheClosedException.class);

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void restore_cancelled_endsEarly() throws Exception {
        saveTen();
        try (Cache<String, Integer> cache = cache(100)) {
            CacheWarmUp warmUp = snapshot.withPerSecond(1).restore(cache, file);

            warmUp.cancel();
            warmUp.cancel();

            assertThat(ended(warmUp).warmed()).isLessThan(10);
        }
    }

    @Test
    void save_otherImplementationOfACache_isRestoredToo() throws Exception {
        saveTen();
        try (Cache<String, Integer> real = cache(100)) {
            Cache<String, Integer> wrapped = Wrapped.around(real);

            assertThat(ended(snapshot.restore(wrapped, file)).warmed()).isEqualTo(10);
            assertThat(real.size()).isEqualTo(10);
        }
    }

    @Test
    void load_keys_loadsThemInPortionsAndCountsFailures() throws Exception {
        List<Integer> keys = IntStream.range(0, 250).boxed().toList();
        LoadingCache<Integer, String> cache =
                Wrapped.loading(some -> {
                    if (some.contains(120)) {
                        throw new IllegalStateException("no");
                    }
                    return some.stream()
                            .filter(key -> key != 7)
                            .collect(Collectors.toMap(k -> k, k -> "v" + k));
                });

        CacheWarmUp warmUp = ended(CacheWarmUp.load(cache, keys, 0));

        assertThat(warmUp.warmed()).isEqualTo(149);
        assertThat(warmUp.skipped()).isOne();
        assertThat(warmUp.failed()).isEqualTo(100);
        assertThat(warmUp.progress()).isEqualTo(1);
    }

    @Test
    void load_slowly_keepsToItsRate() throws Exception {
        LoadingCache<Integer, String> cache =
                Wrapped.loading(some -> some.stream().collect(Collectors.toMap(k -> k, k -> "v")));
        long start = System.nanoTime();

        List<Integer> keys = IntStream.range(0, 20).boxed().toList();
        ended(CacheWarmUp.load(cache, keys, 100));

        assertThat(System.nanoTime() - start).isGreaterThan(50_000_000);
    }

    @Test
    void load_closedCache_fails() {
        LoadingCache<Integer, String> cache =
                Wrapped.loading(some -> {
                    throw new CacheClosedException("c");
                });

        assertThatThrownBy(() -> ended(CacheWarmUp.load(cache, List.of(1), 0)))
                .hasCauseInstanceOf(CacheClosedException.class);
    }
}
