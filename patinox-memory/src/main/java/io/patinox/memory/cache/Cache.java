package io.patinox.memory.cache;

import io.patinox.memory.monitor.MetricsSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A bounded map of values that can be had again: what is asked for often stays, what is not goes.
///
/// {@snippet file="io/patinox/memory/examples/CacheExamples.java" region="first"}
///
/// Keys and values are never null. What a cache is bounded by, which entries a full one gives up,
/// how long they live and where missing values come from is said by its [CacheBuilder].
///
/// **Threads.** Safe for use by any threads, platform or virtual. Hits take no lock. A function
/// that is passed in ([#get], and the compute functions of [#asMap()]) runs on the caller under no
/// lock of the cache, once at a time for a key: whoever else writes that key waits for its end, and
/// every other key is as fast as ever. A function that changes its own key is refused with
/// `CACHE-RECURSIVE`, as are functions that would wait for each other in a circle.
///
/// **Memory effects.** Actions before a value is put happen-before the actions of whoever gets it.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public interface Cache<K, V> extends MetricsSource, AutoCloseable {

    /// Starts to build a cache.
    ///
    /// @param <K> the type of the keys
    /// @param <V> the type of the values
    /// @return a builder with every option at its default
    static <K, V> CacheBuilder<K, V> builder() {
        return new CacheBuilder<>();
    }

    /// Returns the value of a key, if it is there.
    ///
    /// @param key the key
    /// @return the value, or null
    @Nullable V getIfPresent(K key);

    /// Returns the value of a key; makes it if it is not there. Of several that ask at once for a
    /// key that is missing, one runs its function, and the others wait for what it makes.
    ///
    /// @param key the key
    /// @param loader makes the value; null if there is none, then nothing is cached
    /// @return the value; null only if the function returned null
    /// @throws RuntimeException what the function threw, to every one that waited for it
    /// @throws io.patinox.memory.error.CacheRecursiveException if the function asks for its own key
    @Nullable V get(K key, Function<? super K, ? extends @Nullable V> loader);

    /// Returns the value of a key, if it is there, without leaving a trace: it counts neither as a
    /// hit nor as a miss, and does not keep the entry alive.
    ///
    /// @param key the key
    /// @return the value, or null
    @Nullable V peek(K key);

    /// Returns the value of a key, if it is there and was written no longer ago than that.
    ///
    /// @param key the key
    /// @param maxAge how old it may be, from zero
    /// @return the value, or null
    /// @throws io.patinox.memory.error.InvalidOptionException if the cache keeps no times; see
    ///   [CacheBuilder#recordTimes(boolean)]
    @Nullable V getIfFresh(K key, Duration maxAge);

    /// Returns the values of several keys, as far as they are there.
    ///
    /// @param keys the keys
    /// @return values by key, in the order of the keys; unmodifiable
    Map<K, V> getAllPresent(Iterable<? extends K> keys);

    /// Puts a value in, in place of what was there.
    ///
    /// @param key the key
    /// @param value the value
    void put(K key, V value);

    /// Puts a value in that is special.
    ///
    /// @param key the key
    /// @param value the value
    /// @param options what is special about it
    /// @throws io.patinox.memory.error.InvalidOptionException if the cache was not built for it
    void put(K key, V value, EntryOptions options);

    /// Puts several values in, one after the other.
    ///
    /// @param values values by key
    void putAll(Map<? extends K, ? extends V> values);

    /// Removes a key. A value that is being loaded for it is handed to those who wait for it, but
    /// not cached.
    ///
    /// @param key the key
    void invalidate(K key);

    /// Removes several keys.
    ///
    /// @param keys the keys
    void invalidateAll(Iterable<? extends K> keys);

    /// Removes everything that was there when this was called.
    void invalidateAll();

    /// Removes every entry that meets a condition. The condition is tried under no lock; an entry
    /// is removed if it still has the value that was tried.
    ///
    /// @param condition the condition; if it throws, the rest is not tried
    /// @return how many entries were removed
    long invalidateIf(BiPredicate<? super K, ? super V> condition);

    /// Removes every entry with a tag. Takes time for those entries only.
    ///
    /// @param tag the tag
    /// @return how many entries were removed
    /// @throws io.patinox.memory.error.InvalidOptionException if the cache has no tags; see
    ///   [CacheBuilder#tags]
    long invalidateTag(String tag);

    /// Returns the keys of the entries with a tag. A tag that one entry has is a second name for
    /// it, such as a mail address beside a number.
    ///
    /// @param tag the tag
    /// @return the keys at one moment; unmodifiable
    /// @throws io.patinox.memory.error.InvalidOptionException if the cache has no tags; see
    ///   [CacheBuilder#tags]
    Set<K> keysTagged(String tag);

    /// Returns the cache as a map: changes of one are changes of the other. A full [ConcurrentMap],
    /// with atomic compute functions and views. Its reads count as hits and misses.
    ///
    /// @return the map; always the same
    ConcurrentMap<K, V> asMap();

    /// Returns how many entries there are, with those that have expired and are not yet removed.
    ///
    /// @return from 0
    long size();

    /// Does now what is done in the background soon: removes expired entries.
    void cleanUp();

    /// Returns an entry with what the cache knows of it, without leaving a trace.
    ///
    /// @param key the key
    /// @return the entry, or null
    @Nullable CacheEntry<K, V> entry(K key);

    /// Returns the entries that the policy would keep longest. Looks at all entries.
    ///
    /// @param limit how many at most, from 1
    /// @return the entries, the most wanted first
    List<CacheEntry<K, V>> hottest(int limit);

    /// Returns the entries that the policy would give up first. Looks at all entries.
    ///
    /// @param limit how many at most, from 1
    /// @return the entries, the least wanted first
    List<CacheEntry<K, V>> coldest(int limit);

    /// Returns the figures of the cache. Takes a few nanoseconds an entry, since hits are counted
    /// in the entries.
    ///
    /// @return the figures
    CacheStatistics statistics();

    /// Returns what the cache would find at other sizes, estimated from a sample of its reads and
    /// fitted to what it really finds. Takes a few nanoseconds an entry.
    ///
    /// @return the curve
    /// @throws io.patinox.memory.error.InvalidOptionException if it isn't estimated; see
    ///   [CacheBuilder#missRatioCurve(boolean)]
    MissRatioCurve missRatioCurve();

    /// Returns what the miss-ratio curve says about the size of the cache, in words.
    ///
    /// @return the advice
    /// @throws io.patinox.memory.error.InvalidOptionException if the curve isn't estimated; see
    ///   [CacheBuilder#missRatioCurve(boolean)]
    CacheAdvice advice();

    /// Returns the bounds as they are.
    ///
    /// @return the bounds
    CacheBounds bounds();

    /// Sets other bounds. What is too much is evicted before this returns.
    ///
    /// @param bounds the bounds; of the same kinds as before
    /// @throws io.patinox.memory.error.InvalidOptionException if the cache was not built for a kind
    void resize(CacheBounds bounds);

    /// Removes everything, ends loads and background work, and waits for its end up to the
    /// [CacheBuilder#closeTimeout(Duration)]. From then on every call fails with `CACHE-CLOSED`,
    /// except those of reports. Closing twice does nothing.
    @Override
    void close();
}
