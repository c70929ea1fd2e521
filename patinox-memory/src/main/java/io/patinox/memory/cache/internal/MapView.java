package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.RemovalCause;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A cache as a map. Iterators are weakly consistent: they show each key at most once, and what is
/// there from their beginning to their end exactly once.
final class MapView<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {

    private final BoundedCache<K, V> cache;

    MapView(BoundedCache<K, V> cache) {
        this.cache = cache;
    }

    @SuppressWarnings("unchecked") // a key of another type is equal to none that is there
    private K key(@Nullable Object key) {
        return (K) Objects.requireNonNull(key, "key");
    }

    private static <T> T value(@Nullable T value) {
        return Objects.requireNonNull(value, "value");
    }

    @Override
    public int size() {
        return (int) Math.min(cache.size(), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return cache.size() == 0;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return cache.getIfPresent(key(key));
    }

    @Override
    public @Nullable V getOrDefault(@Nullable Object key, @Nullable V other) {
        V value = get(key);
        return value == null ? other : value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return cache.peek(key(key)) != null;
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        value(value);
        for (Iterator<Entry<K, V>> all = new EntryIterator<>(cache); all.hasNext(); ) {
            if (all.next().getValue().equals(value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable V put(K key, V value) {
        key(key);
        return cache.write(key, cache.hashOf(key), value(value), null, null, false);
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        value(value);
        V present = cache.peek(key(key));
        return present != null
                ? present
                : cache.write(key, cache.hashOf(key), value, null, old -> old == null, false);
    }

    @Override
    public @Nullable V remove(@Nullable Object key) {
        K itsKey = key(key);
        return cache.delete(itsKey, cache.hashOf(itsKey), null, false, RemovalCause.EXPLICIT);
    }

    @Override
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        K itsKey = key(key);
        if (value == null) {
            return false;
        }
        boolean[] same = new boolean[1];
        cache.delete(
                itsKey,
                cache.hashOf(itsKey),
                present -> same[0] = present.equals(value),
                false,
                RemovalCause.EXPLICIT);
        return same[0];
    }

    @Override
    public @Nullable V replace(K key, V value) {
        key(key);
        return cache.write(key, cache.hashOf(key), value(value), null, old -> old != null, false);
    }

    @Override
    public boolean replace(K key, V old, V value) {
        key(key);
        value(old);
        boolean[] same = new boolean[1];
        cache.write(
                key,
                cache.hashOf(key),
                value(value),
                null,
                present -> same[0] = old.equals(present),
                false);
        return same[0];
    }

    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        V present = cache.getIfPresent(key(key));
        return present != null
                ? present
                : cache.compute(key, false, true, (k, old) -> function.apply(k));
    }

    @Override
    public @Nullable V computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        return cache.compute(key(key), true, false, (k, old) -> function.apply(k, value(old)));
    }

    @Override
    public @Nullable V compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        return cache.compute(key(key), false, false, function);
    }

    @Override
    public @Nullable V merge(
            K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        value(value);
        return cache.compute(
                key(key),
                false,
                false,
                (k, old) -> old == null ? value : function.apply(old, value));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        for (K key : keySet()) {
            cache.compute(key, true, false, (k, old) -> value(function.apply(k, value(old))));
        }
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        for (Entry<K, V> entry : entrySet()) {
            action.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void clear() {
        cache.invalidateAll();
    }

    @Override
    public Set<K> keySet() {
        return new Keys();
    }

    @Override
    public Collection<V> values() {
        return new Values();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    private final class Keys extends AbstractSet<K> {
        @Override
        public Iterator<K> iterator() {
            EntryIterator<K, V> entries = new EntryIterator<>(cache);
            return new Mapped<>(entries, Map.Entry::getKey);
        }

        @Override
        public int size() {
            return MapView.this.size();
        }

        @Override
        public boolean contains(@Nullable Object key) {
            return containsKey(key);
        }

        @Override
        public boolean remove(@Nullable Object key) {
            return MapView.this.remove(key) != null;
        }

        @Override
        public void clear() {
            MapView.this.clear();
        }
    }

    private final class Values extends AbstractCollection<V> {
        @Override
        public Iterator<V> iterator() {
            EntryIterator<K, V> entries = new EntryIterator<>(cache);
            return new Mapped<>(entries, Map.Entry::getValue);
        }

        @Override
        public int size() {
            return MapView.this.size();
        }

        @Override
        public boolean contains(@Nullable Object value) {
            return containsValue(value);
        }

        @Override
        public void clear() {
            MapView.this.clear();
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new EntryIterator<>(cache);
        }

        @Override
        public int size() {
            return MapView.this.size();
        }

        @Override
        public boolean contains(@Nullable Object entry) {
            return entry instanceof Map.Entry<?, ?> pair
                    && pair.getKey() != null
                    && pair.getValue() != null
                    && pair.getValue().equals(cache.peek(key(pair.getKey())));
        }

        @Override
        public boolean add(Map.Entry<K, V> entry) {
            throw new UnsupportedOperationException("put it into the map");
        }

        @Override
        public boolean remove(@Nullable Object entry) {
            return entry instanceof Map.Entry<?, ?> pair
                    && pair.getKey() != null
                    && MapView.this.remove(pair.getKey(), pair.getValue());
        }

        @Override
        public void clear() {
            MapView.this.clear();
        }
    }

    /// An iterator over a part of each entry.
    private record Mapped<K, V, T>(EntryIterator<K, V> entries, Function<Map.Entry<K, V>, T> part)
            implements Iterator<T> {
        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public T next() {
            return part.apply(entries.next());
        }

        @Override
        public void remove() {
            entries.remove();
        }
    }
}
