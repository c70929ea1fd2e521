package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.Cache;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Claim: what was compared is what is removed or replaced, also when somebody puts another value
/// in between the comparison and the change.
class CacheConditionsTest {

    private static final String KEY = "key";

    /// A value that has something happen once it was compared for the first time.
    private static final class Meddling {

        private final Runnable meddler;
        private final AtomicInteger comparisons = new AtomicInteger();

        Meddling(Runnable meddler) {
            this.meddler = meddler;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (comparisons.getAndIncrement() == 0) {
                Thread thread = Thread.ofPlatform().start(meddler);
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return other == this;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static Cache<String, Object> cache() {
        return Cache.<String, Object>builder().maxEntries(10).build();
    }

    @Test
    void remove_valueReplacedMeanwhile_leavesTheNewOne() {
        try (Cache<String, Object> cache = cache()) {
            Meddling old = new Meddling(() -> cache.put(KEY, "new"));
            cache.put(KEY, old);
            assertThat(cache.asMap().remove(KEY, old)).isFalse();
            assertThat(cache.peek(KEY)).isEqualTo("new");
        }
    }

    @Test
    void replace_valueReplacedMeanwhile_leavesTheNewOne() {
        try (Cache<String, Object> cache = cache()) {
            Meddling old = new Meddling(() -> cache.put(KEY, "new"));
            cache.put(KEY, old);
            assertThat(cache.asMap().replace(KEY, old, "other")).isFalse();
            assertThat(cache.peek(KEY)).isEqualTo("new");
        }
    }
}
