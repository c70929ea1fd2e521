package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.CacheBuilder;
import io.patinox.memory.cache.CacheEntry;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.Expiry;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.InvalidOptionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When entries end.
class ExpiryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestTicker ticker = new TestTicker();
    private final KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.fifo());

    private CacheBuilder<String, Integer> builder() {
        return Caches.<String, Integer>builder().policy(policy).ticker(ticker).maxEntries(100);
    }

    private void pass(Duration time) {
        ticker.advance(time);
    }

    @Test
    void expireAfterWrite_afterItsTime_isNotThere() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(builder().expireAfterWrite(MINUTE))) {
            cache.put("a", 1);
            pass(MINUTE.minusMillis(1));
            assertThat(cache.getIfPresent("a")).isEqualTo(1);
            cache.put("a", 2);
            pass(MINUTE.minusMillis(1));
            assertThat(cache.getIfPresent("a")).isEqualTo(2);
            pass(Duration.ofMillis(1));
            assertThat(cache.getIfPresent("a")).isNull();
            assertThat(cache.peek("a")).isNull();
            assertThat(cache.asMap()).doesNotContainKey("a");
            assertThat(cache.get("a", key -> 3)).isEqualTo(3);
            assertThat(cache.statistics().removals().get(RemovalCause.EXPIRED)).isEqualTo(1);
            Checkup.of(cache, policy);
        }
    }

    @Test
    void expired_inTheBackground_isRemovedWithoutACall() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(builder().expireAfterWrite(MINUTE))) {
            cache.put("a", 1);
            pass(MINUTE.plusMillis(20));
            await().untilAsserted(() -> assertThat(cache.size()).isZero());
            Checkup.of(cache, policy);
        }
    }

    @Test
    void expired_byTheSystemsClock_goesByItself() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder()
                                .policy(policy)
                                .expireAfterWrite(Duration.ofMillis(40)))) {
            cache.put("a", 1);
            await().untilAsserted(() -> assertThat(cache.size()).isZero());
        }
        try (BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder()
                                .preciseExpiry(true)
                                .expireAfterAccess(Duration.ofMillis(40)))) {
            cache.put("a", 1);
            await().untilAsserted(() -> assertThat(cache.size()).isZero());
        }
    }

    @Test
    void expireAfterAccess_eachRead_keepsTheEntryAlive() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(builder().expireAfterAccess(MINUTE))) {
            cache.put("a", 1);
            for (int n = 0; n < 5; n++) {
                pass(MINUTE.dividedBy(2));
                assertThat(cache.getIfPresent("a")).isEqualTo(1);
            }
            pass(MINUTE.dividedBy(2));
            assertThat(cache.peek("a")).isEqualTo(1);
            pass(MINUTE.dividedBy(2));
            assertThat(cache.getIfPresent("a")).isNull();
        }
    }

    @Test
    void writeAndAccess_together_endAtTheEarlier() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(
                        builder()
                                .expireAfterAccess(MINUTE)
                                .expireAfterWrite(MINUTE.multipliedBy(2)))) {
            cache.put("a", 1);
            for (int n = 0; n < 3; n++) {
                pass(MINUTE.dividedBy(2));
                assertThat(cache.getIfPresent("a")).isEqualTo(1);
            }
            pass(MINUTE.dividedBy(2));
            assertThat(cache.getIfPresent("a")).isNull();
        }
    }

    private static final class BySize implements Expiry<String, Integer> {
        @Override
        public @Nullable Duration afterCreate(String key, Integer value) {
            return value == 0 ? null : Duration.ofSeconds(value);
        }

        @Override
        public @Nullable Duration afterUpdate(
                String key, Integer value, @Nullable Duration remaining) {
            return value == 100 ? null : Duration.ofSeconds(value);
        }

        @Override
        public @Nullable Duration afterRead(
                String key, Integer value, @Nullable Duration remaining) {
            return value == 7 ? Duration.ofSeconds(1) : null;
        }
    }

    @Test
    void expiry_ofEachEntry_isAsked() {
        try (BoundedCache<String, Integer> cache = Caches.build(builder().expiry(new BySize()))) {
            cache.put("never", 0);
            cache.put("ten", 10);
            cache.put("seven", 7);
            cache.put("twenty", 20);
            cache.put("twenty", 100);
            assertThat(cache.getIfPresent("seven")).isEqualTo(7);
            pass(Duration.ofSeconds(1));
            assertThat(cache.getIfPresent("seven")).isNull();
            pass(Duration.ofSeconds(9));
            assertThat(cache.getIfPresent("ten")).isNull();
            assertThat(cache.getIfPresent("twenty")).isEqualTo(100);
            pass(Duration.ofSeconds(10));
            assertThat(cache.getIfPresent("twenty")).isNull();
            pass(Duration.ofDays(10_000));
            assertThat(cache.getIfPresent("never")).isZero();
            assertThat(entry(cache, "never").remaining()).isNull();
            cache.cleanUp();
            Checkup.of(cache, policy);
        }
    }

    @Test
    void expiry_shortenedByARead_leavesMemoryInTime() {
        try (BoundedCache<String, Integer> cache = Caches.build(builder().expiry(new BySize()))) {
            cache.put("seven", 7);
            assertThat(cache.getIfPresent("seven")).isEqualTo(7);
            pass(Duration.ofMillis(1_020));
            cache.cleanUp();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void expiry_failing_makesTheWriteFailAndChangesNothing() {
        Expiry<String, Integer> failing =
                (key, value) -> {
                    throw new IllegalStateException("no");
                };
        try (BoundedCache<String, Integer> cache = Caches.build(builder().expiry(failing))) {
            assertThatThrownBy(() -> cache.put("a", 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> cache.asMap().merge("a", 1, Integer::sum))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> cache.get("a", key -> 1))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(cache.size()).isZero();
            Checkup.of(cache, policy);
        }
    }

    @Test
    void lifetime_ofOneEntry_isItsOwn() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(builder().expireAfterWrite(MINUTE).entryOptions(true))) {
            cache.put("a", 1, EntryOptions.none().withLifetime(Duration.ofSeconds(10)));
            cache.put("b", 2, EntryOptions.none().withExpiresAt(Instant.now().plusSeconds(20)));
            cache.put("c", 3, EntryOptions.none().withExpiresAt(Instant.now().minusSeconds(20)));
            assertThat(cache.getIfPresent("c")).isNull();
            pass(Duration.ofSeconds(10));
            assertThat(cache.getIfPresent("a")).isNull();
            assertThat(cache.getIfPresent("b")).isEqualTo(2);
            pass(Duration.ofSeconds(11));
            assertThat(cache.getIfPresent("b")).isNull();
        }
    }

    @Test
    void jitter_ofLifetimes_shortensThemByLot() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .ticker(ticker)
                                .expireAfterWrite(MINUTE)
                                .expiryJitter(0.5))) {
            for (int key = 0; key < 1_000; key++) {
                cache.put(key, key);
            }
            pass(MINUTE.dividedBy(2).minusMillis(1));
            cache.cleanUp();
            assertThat(cache.size()).isEqualTo(1_000);
            pass(MINUTE.dividedBy(4));
            cache.cleanUp();
            assertThat(cache.size()).isBetween(350L, 650L);
            pass(MINUTE.dividedBy(4).plusMillis(18));
            cache.cleanUp();
            assertThat(cache.size()).isZero();
            Checkup.of(cache, policy);
        }
    }

    @Test
    void getIfFresh_byAge_findsWhatIsYoungEnough() {
        try (BoundedCache<String, Integer> cache = Caches.build(builder().recordTimes(true));
                BoundedCache<String, Integer> plain = Caches.build(builder())) {
            cache.put("a", 1);
            pass(Duration.ofSeconds(5));
            assertThat(cache.getIfFresh("a", Duration.ofSeconds(5))).isEqualTo(1);
            assertThat(cache.getIfFresh("a", Duration.ofSeconds(4))).isNull();
            assertThat(cache.getIfFresh("b", Duration.ofSeconds(4))).isNull();
            assertThat(entry(cache, "a").age()).isEqualTo(Duration.ofSeconds(5));
            assertThatThrownBy(() -> plain.getIfFresh("a", Duration.ZERO))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("recordTimes");
        }
    }

    private static CacheEntry<String, Integer> entry(
            BoundedCache<String, Integer> cache, String key) {
        return Objects.requireNonNull(cache.entry(key));
    }

    @Test
    void clock_goingBack_endsNothingEarlyAndLosesNothing() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(builder().expireAfterWrite(MINUTE))) {
            cache.put("a", 1);
            pass(MINUTE.negated());
            assertThat(cache.getIfPresent("a")).isEqualTo(1);
            cache.put("b", 2);
            pass(MINUTE.multipliedBy(2));
            cache.cleanUp();
            assertThat(cache.getIfPresent("a")).isNull();
            assertThat(cache.getIfPresent("b")).isNull();
            pass(Duration.ofSeconds(1));
            cache.cleanUp();
            assertThat(cache.size()).isZero();
        }
    }
}
