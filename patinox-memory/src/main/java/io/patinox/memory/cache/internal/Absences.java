package io.patinox.memory.cache.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a shard remembers of keys that have no value: loads that brought none, or failed, and stay
/// for a while for whoever asks again. So many at most; the oldest goes. Under the lock of the
/// shard.
final class Absences<K, V> {

    private final Map<K, Flight<K, V>> known = new LinkedHashMap<>();
    private final int most;

    Absences(int most) {
        this.most = most;
    }

    /// Remembers a load until a time.
    void remember(Flight<K, V> flight, long until, long now) {
        flight.keptUntil = until;
        known.remove(flight.key);
        known.put(flight.key, flight);
        Iterator<Flight<K, V>> oldest = known.values().iterator();
        while (oldest.hasNext()) {
            boolean over = now - oldest.next().keptUntil >= 0;
            if (!over && known.size() <= most) {
                return;
            }
            oldest.remove();
        }
    }

    /// {@return the load that is remembered of a key, or null}
    @Nullable Flight<K, V> find(K key, long now) {
        Flight<K, V> flight = known.get(key);
        if (flight != null && now - flight.keptUntil >= 0) {
            known.remove(key);
            return null;
        }
        return flight;
    }

    void forget(K key) {
        known.remove(key);
    }

    void purge(long now) {
        known.values().removeIf(flight -> now - flight.keptUntil >= 0);
    }

    void clear() {
        known.clear();
    }

    int size() {
        return known.size();
    }
}
