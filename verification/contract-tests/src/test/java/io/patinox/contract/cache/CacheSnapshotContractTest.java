package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheCodec;
import io.patinox.memory.cache.CacheSnapshot;
import io.patinox.memory.cache.CacheWarmUp;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.error.CacheSnapshotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CacheSnapshotContractTest {

    private final CacheSnapshot<Integer, String> snapshot =
            CacheSnapshot.of(CacheCodec.integers(), CacheCodec.strings());

    @TempDir private Path folder;

    static Stream<EvictionPolicy> policies() {
        return Stream.of(
                EvictionPolicy.adaptive(),
                EvictionPolicy.lru(),
                EvictionPolicy.lfu(),
                EvictionPolicy.s3Fifo());
    }

    private static Cache<Integer, String> cache(EvictionPolicy policy) {
        return Cache.<Integer, String>builder().maxEntries(1_000).policy(policy).build();
    }

    private static void serve(Cache<Integer, String> cache, int reads) {
        Random random = new Random(5);
        for (int i = 0; i < reads; i++) {
            int key = (int) (5_000 * Math.pow(random.nextDouble(), 3));
            cache.get(key, k -> "v" + k);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void restore_afterARestart_everythingIsThere(EvictionPolicy policy) throws Exception {
        Path file = folder.resolve("c.snapshot");
        try (Cache<Integer, String> before = cache(policy);
                Cache<Integer, String> after = cache(policy)) {
            serve(before, 30_000);
            assertThat(snapshot.save(before, file)).isEqualTo(before.size());

            CacheWarmUp warmUp = snapshot.restore(after, file).end().get(1, TimeUnit.MINUTES);

            assertThat(warmUp.warmed()).isEqualTo(before.size());
            assertThat(after.asMap()).isEqualTo(before.asMap());
            assertThat(after.statistics().hits()).isZero();
            assertThat(after.statistics().evictions()).isZero();
        }
    }

    @Test
    void restore_whileTheCacheIsUsed_neverPutsAnOldValueOverANewOne() throws Exception {
        Path file = folder.resolve("c.snapshot");
        try (Cache<Integer, String> before = cache(EvictionPolicy.adaptive());
                Cache<Integer, String> after = cache(EvictionPolicy.adaptive())) {
            for (int i = 0; i < 1_000; i++) {
                before.put(i, "old");
            }
            snapshot.save(before, file);

            CacheWarmUp warmUp = snapshot.restore(after, file);
            for (int i = 0; i < 500; i++) {
                after.put(i, "new");
            }
            warmUp.end().get(1, TimeUnit.MINUTES);

            for (int i = 0; i < 500; i++) {
                assertThat(after.peek(i)).isIn(null, "new");
            }
        }
    }

    @Test
    void restore_cutOffFile_isRefusedAndNamesThePlace() throws Exception {
        Path file = folder.resolve("c.snapshot");
        try (Cache<Integer, String> before = cache(EvictionPolicy.lru());
                Cache<Integer, String> after = cache(EvictionPolicy.lru())) {
            serve(before, 5_000);
            snapshot.save(before, file);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));

            CacheWarmUp warmUp = snapshot.restore(after, file);

            assertThatThrownBy(() -> warmUp.end().get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(CacheSnapshotException.class)
                    .hasMessageContaining("c.snapshot, byte ");
            assertThat(after.size()).isZero();
        }
    }
}
