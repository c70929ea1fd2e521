package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.Cache;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Everything that can be done to a cache, by chance, on keys `0` to `n - 1`.
///
/// A value begins with its key, is a string of its own each time, and is noted once it is in.
final class Play {

    private final Cache<String, String> cache;
    private final Witness witness;
    private final int keys;
    private final Random random;
    private final Values values;

    Play(Cache<String, String> cache, Witness witness, int keys, Random random, Values values) {
        this.cache = cache;
        this.witness = witness;
        this.keys = keys;
        this.random = random;
        this.values = values;
    }

    /// Makes a value that nobody else has.
    private String value(String key) {
        return key + ":" + "x".repeat(random.nextInt(12));
    }

    private String noted(String value) {
        return values.certainly(value);
    }

    private static void belongs(String key, @Nullable String value) {
        if (value != null) {
            assertThat(value).startsWith(key + ":");
        }
    }

    /// Does something.
    void step() {
        String key = String.valueOf(random.nextInt(keys));
        int dice = random.nextInt(100);
        if (dice < 40) {
            belongs(key, cache.getIfPresent(key));
        } else if (dice < 60) {
            cache.put(key, noted(value(key)));
        } else if (dice < 70) {
            belongs(key, cache.get(key, k -> values.perhaps(value(k))));
        } else if (dice < 95) {
            map(key);
        } else {
            rare(key);
        }
    }

    private void map(String key) {
        Map<String, String> map = cache.asMap();
        switch (random.nextInt(10)) {
            case 0 -> belongs(key, map.compute(key, (k, _) -> noted(value(k))));
            case 1 -> map.compute(key, (_, _) -> null);
            case 2 -> belongs(key, map.computeIfAbsent(key, k -> noted(value(k))));
            case 3 -> belongs(key, map.computeIfPresent(key, (k, _) -> noted(value(k))));
            case 4 -> belongs(key, map.merge(key, noted(value(key)), this::merged));
            case 5 -> {
                String value = value(key);
                if (map.putIfAbsent(key, value) == null) {
                    noted(value);
                }
            }
            case 6 -> {
                String value = value(key);
                if (map.replace(key, value) != null) {
                    noted(value);
                }
            }
            case 7 -> {
                String old = map.get(key);
                String value = value(key);
                if (old != null && map.replace(key, old, value)) {
                    noted(value);
                }
            }
            case 8 -> {
                String old = map.get(key);
                if (old != null) {
                    map.remove(key, old);
                }
            }
            default -> cache.invalidate(key);
        }
    }

    /// The value that was offered does not come in when another is made of it.
    private String merged(String old, String offered) {
        values.certain.removeIf(value -> value == offered);
        return noted(value(old.substring(0, old.indexOf(':'))));
    }

    private void rare(String key) {
        switch (random.nextInt(9)) {
            case 0 -> witness.ticker.advance(Witness.PACE.multipliedBy(random.nextInt(40)));
            case 1 -> cache.cleanUp();
            case 2 -> cache.invalidateIf((k, _) -> k.hashCode() % 7 == 0);
            case 3 -> cache.invalidateAll(List.of(key, key + "0"));
            case 4 -> cache.putAll(Map.of(key, noted(value(key))));
            case 5 -> {
                Iterator<String> iterator = cache.asMap().keySet().iterator();
                if (iterator.hasNext()) {
                    iterator.next();
                    iterator.remove();
                }
            }
            case 6 -> {
                for (Map.Entry<String, String> entry : new ArrayList<>(cache.asMap().entrySet())) {
                    belongs(entry.getKey(), entry.getValue());
                }
            }
            case 7 -> cache.resize(cache.bounds());
            default -> cache.getAllPresent(List.of(key, "0")).forEach(Play::belongs);
        }
    }
}
