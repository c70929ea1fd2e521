package io.patinox.memory.pool.internal;

import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.pool.KeyLoad;
import io.patinox.memory.pool.PoolEviction;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/// The figures of a keyed pool: sums over its keys, those included that are forgotten.
final class KeyedFigures<K, C> {
    private final KeyDirectory<K, C> directory;
    private final StripedCounter keys = new StripedCounter();
    private final StripedCounter uses = new StripedCounter();
    private final StripedCounter overtakings = new StripedCounter();

    KeyedFigures(KeyDirectory<K, C> directory) {
        this.directory = directory;
    }

    /// Keeps the counts of a key that was forgotten.
    void forgot(KeyShare<K, C> share) {
        keys.increment();
        uses.add(share.pool().uses());
        overtakings.add(share.pool().engine().overtakings());
    }

    int sum(ToIntFunction<ObjectPool<C>> figure) {
        int sum = 0;
        for (KeyShare<K, C> share : directory.all()) {
            sum += figure.applyAsInt(share.pool());
        }
        return sum;
    }

    MetricsSnapshot snapshot(KeyedObjectPool<K, C> pool) {
        PoolFigures sum = PoolFigures.past(uses.sum(), overtakings.sum(), pool.maxTotal());
        List<KeyShare<K, C>> known = directory.all();
        for (KeyShare<K, C> share : known) {
            sum = sum.plus(PoolFigures.of(share.pool()));
        }
        return pool.commons()
                .meters()
                .snapshot(pool.name(), sum)
                .gauge("pool.keys", known.size())
                .gauge("pool.keys.in-line", pool.limit().wanted())
                .counter("pool.keys.forgotten", keys.sum())
                .build();
    }

    /// {@return the keys with most to do}
    List<KeyLoad<K>> busiest(int count) {
        return directory.all().stream()
                .map(KeyedFigures::load)
                .sorted(
                        Comparator.<KeyLoad<K>>comparingInt(KeyLoad::waiting)
                                .thenComparingInt(KeyLoad::inUse)
                                .reversed())
                .limit(count)
                .toList();
    }

    private static <K> KeyLoad<K> load(KeyShare<K, ?> share) {
        return new KeyLoad<>(
                share.key, share.pool().inUse(), share.pool().idle(), share.pool().waiting());
    }

    /// Evicts everything that some keys have now.
    static PoolEviction evict(String name, List<? extends KeyShare<?, ?>> shares) {
        int retired = 0;
        int inUse = 0;
        int creating = 0;
        for (KeyShare<?, ?> share : shares) {
            PoolEviction eviction = share.pool().softEvictAll();
            retired += eviction.retired();
            inUse += eviction.inUse();
            creating += eviction.creating();
        }
        return new PoolEviction(name, retired, inUse, creating);
    }
}
