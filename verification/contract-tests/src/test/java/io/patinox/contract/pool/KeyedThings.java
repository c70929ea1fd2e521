package io.patinox.contract.pool;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.KeyedConnectionManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes the objects of a test of a keyed pool, and counts how many there are: from the begin of
/// their creation to the end of their destroy. A test overrides what shall go wrong.
class KeyedThings<K> implements KeyedConnectionManager<K, Thing> {
    final List<Thing> created = new CopyOnWriteArrayList<>();
    final Map<Thing, K> keys = new ConcurrentHashMap<>();
    final AtomicInteger present = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger mixedUp = new AtomicInteger();
    private final boolean remembers;

    KeyedThings() {
        this(true);
    }

    /// @param remembers whether it keeps what it created, to look at it in the end
    KeyedThings(boolean remembers) {
        this.remembers = remembers;
    }

    @Override
    public final @Nullable Thing create(K key) throws Exception {
        most.accumulateAndGet(present.incrementAndGet(), Math::max);
        Thing thing = null;
        try {
            thing = creating(key);
        } finally {
            if (thing == null) {
                present.decrementAndGet();
            }
        }
        if (thing != null) {
            keys.put(thing, key);
            if (remembers) {
                created.add(thing);
            }
        }
        return thing;
    }

    @Override
    public final boolean validate(K key, Thing thing) throws Exception {
        check(key, thing);
        return validating(key, thing);
    }

    @Override
    public final void recycle(K key, Thing thing) throws Exception {
        check(key, thing);
        recycling(key, thing);
    }

    @Override
    public final void destroy(K key, Thing thing) throws Exception {
        check(key, thing);
        thing.destroyed.incrementAndGet();
        try {
            destroying(key, thing);
        } finally {
            keys.remove(thing);
            present.decrementAndGet();
        }
    }

    private void check(K key, Thing thing) {
        if (!key.equals(keys.get(thing))) {
            mixedUp.incrementAndGet();
        }
    }

    @Nullable Thing creating(K key) throws Exception {
        return new Thing();
    }

    boolean validating(K key, Thing thing) throws Exception {
        return true;
    }

    void recycling(K key, Thing thing) throws Exception {}

    void destroying(K key, Thing thing) throws Exception {}
}
