package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.RemovalCause;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Goes through the entries of a cache, bin by bin of the table as it was at the beginning: what
/// was in one bin then is in bins that are visited together, however much the table has grown.
final class EntryIterator<K, V> implements Iterator<Map.Entry<K, V>> {

    private final BoundedCache<K, V> cache;
    private final int length;
    private int index;
    private final Deque<Entry<K, V>> found = new ArrayDeque<>();
    private @Nullable Pair<K, V> next;
    private @Nullable Pair<K, V> last;

    EntryIterator(BoundedCache<K, V> cache) {
        this.cache = cache;
        this.length = cache.bins.length;
        advance();
    }

    private void advance() {
        next = null;
        while (next == null) {
            Entry<K, V> entry = found.poll();
            if (entry != null) {
                V value = cache.present(entry);
                next = value == null ? null : new Pair<>(cache, entry.key, value);
            } else if (index < length) {
                cache.collect(index++, length, found::add);
            } else {
                return;
            }
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Map.Entry<K, V> next() {
        Pair<K, V> result = next;
        if (result == null) {
            throw new NoSuchElementException("there are no more entries");
        }
        last = result;
        advance();
        return result;
    }

    @Override
    public void remove() {
        Pair<K, V> shown = last;
        if (shown == null) {
            throw new IllegalStateException("call next() before remove()");
        }
        last = null;
        K key = shown.getKey();
        cache.delete(key, cache.hashOf(key), null, false, RemovalCause.EXPLICIT);
    }

    /// An entry as it was, whose value can be set in the cache.
    private static final class Pair<K, V> extends AbstractMap.SimpleEntry<K, V> {
        private static final long serialVersionUID = 1L;

        private final transient BoundedCache<K, V> cache;

        Pair(BoundedCache<K, V> cache, K key, V value) {
            super(key, value);
            this.cache = cache;
        }

        @Override
        public V setValue(V value) {
            Objects.requireNonNull(value, "value");
            cache.asMap().put(getKey(), value);
            return super.setValue(value);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
