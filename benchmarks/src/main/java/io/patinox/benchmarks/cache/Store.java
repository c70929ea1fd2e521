package io.patinox.benchmarks.cache;

import io.patinox.memory.cache.Cache;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A cache for harnesses that care for what it holds, and for how long it lets one wait, but not
/// for a nanosecond: the same calls for everybody.
interface Store {

    void put(Integer key, Object value);

    /// Returns the value of a key, made by a function if it is not there.
    Object get(Integer key, Function<Integer, Object> loader);

    void remove(Integer key);

    /// Returns how many entries there are once everything due was done.
    long size();

    /// Creates one.
    ///
    /// @param implementation whose
    /// @param scene what it is like
    /// @param maxEntries how much it may hold
    /// @return the store, empty
    static Store of(String implementation, Scene scene, int maxEntries) {
        return switch (implementation) {
            case Peers.PATINOX -> of(Peers.patinox(scene, maxEntries, true));
            case Peers.CAFFEINE -> of(Peers.caffeine(scene, maxEntries));
            case Peers.CACHE2K -> of(Peers.cache2k(scene, maxEntries, false));
            case Peers.GUAVA -> of(Peers.guava(scene, maxEntries));
            case Peers.MAP -> of(new ConcurrentHashMap<>());
            default -> throw new IllegalArgumentException("nobody is called " + implementation);
        };
    }

    private static Store of(Cache<Integer, Object> cache) {
        return new Store() {
            @Override
            public void put(Integer key, Object value) {
                cache.put(key, value);
            }

            @Override
            public Object get(Integer key, Function<Integer, Object> loader) {
                return found(cache.get(key, loader));
            }

            @Override
            public void remove(Integer key) {
                cache.invalidate(key);
            }

            @Override
            public long size() {
                cache.cleanUp();
                return cache.size();
            }
        };
    }

    private static Store of(com.github.benmanes.caffeine.cache.Cache<Integer, Object> cache) {
        return new Store() {
            @Override
            public void put(Integer key, Object value) {
                cache.put(key, value);
            }

            @Override
            public Object get(Integer key, Function<Integer, Object> loader) {
                return found(cache.get(key, loader));
            }

            @Override
            public void remove(Integer key) {
                cache.invalidate(key);
            }

            @Override
            public long size() {
                cache.cleanUp();
                return cache.estimatedSize();
            }
        };
    }

    private static Store of(org.cache2k.Cache<Integer, Object> cache) {
        return new Store() {
            @Override
            public void put(Integer key, Object value) {
                cache.put(key, value);
            }

            @Override
            public Object get(Integer key, Function<Integer, Object> loader) {
                return found(cache.computeIfAbsent(key, loader));
            }

            @Override
            public void remove(Integer key) {
                cache.remove(key);
            }

            @Override
            public long size() {
                return cache.asMap().size();
            }
        };
    }

    private static Store of(com.google.common.cache.Cache<Integer, Object> cache) {
        return new Store() {
            @Override
            public void put(Integer key, Object value) {
                cache.put(key, value);
            }

            @Override
            public Object get(Integer key, Function<Integer, Object> loader) {
                return found(cache.asMap().computeIfAbsent(key, loader));
            }

            @Override
            public void remove(Integer key) {
                cache.invalidate(key);
            }

            @Override
            public long size() {
                cache.cleanUp();
                return cache.size();
            }
        };
    }

    private static Store of(ConcurrentHashMap<Integer, Object> map) {
        return new Store() {
            @Override
            public void put(Integer key, Object value) {
                map.put(key, value);
            }

            @Override
            public Object get(Integer key, Function<Integer, Object> loader) {
                return found(map.computeIfAbsent(key, loader));
            }

            @Override
            public void remove(Integer key) {
                map.remove(key);
            }

            @Override
            public long size() {
                return map.size();
            }
        };
    }

    private static Object found(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("a loader that always makes a value made none");
        }
        return value;
    }
}
