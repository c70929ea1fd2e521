package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.cache.ChangeListener;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.Expiry;
import io.patinox.memory.cache.RemovalListener;
import io.patinox.memory.cache.Sizer;
import io.patinox.memory.cache.Weigher;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What a cache was built with, checked.
///
/// @param name its name
/// @param bounds its bounds
/// @param policy which entries it gives up
/// @param shards how many shards it has, a power of two
/// @param initialCapacity for how many entries it has room at first
/// @param weigher what entries weigh, if that is bounded
/// @param keySizer what keys take, if that is bounded
/// @param valueSizer what values take, if that is bounded
/// @param expireAfterWrite zero for never
/// @param expireAfterAccess zero for never
/// @param expiry the lifetimes of single entries
/// @param expiryJitter by which part lifetimes are shortened by lot
/// @param preciseExpiry whether each read looks at the precise clock
/// @param recordTimes whether it is kept when entries were written
/// @param tagger the tags of entries
/// @param taggable whether entries can have tags
/// @param curve whether the miss-ratio curve is estimated
/// @param statistics whether reads that miss, and loads, are counted
/// @param removalListener is told of what left
/// @param evictionListener is told within the operation
/// @param changeListener is told of everything that happens
/// @param jmx whether JMX shows the cache
/// @param executor what listeners and loads run on, or null for virtual threads
/// @param ticker the clock
/// @param monitor where it reports to
/// @param registry what closes it, if anything does
/// @param closeTimeout how long close waits
/// @param loads how missing values are made
/// @param <K> the type of the keys
/// @param <V> the type of the values
public record CacheSettings<K, V>(
        String name,
        CacheBounds bounds,
        EvictionPolicy policy,
        int shards,
        int initialCapacity,
        @Nullable Weigher<? super K, ? super V> weigher,
        @Nullable Sizer<? super K> keySizer,
        @Nullable Sizer<? super V> valueSizer,
        Duration expireAfterWrite,
        Duration expireAfterAccess,
        @Nullable Expiry<? super K, ? super V> expiry,
        double expiryJitter,
        boolean preciseExpiry,
        boolean recordTimes,
        @Nullable BiFunction<? super K, ? super V, Set<String>> tagger,
        boolean taggable,
        boolean curve,
        boolean statistics,
        @Nullable RemovalListener<? super K, ? super V> removalListener,
        @Nullable RemovalListener<? super K, ? super V> evictionListener,
        @Nullable ChangeListener<? super K, ? super V> changeListener,
        boolean jmx,
        @Nullable Executor executor,
        Ticker ticker,
        Monitor monitor,
        @Nullable ResourceRegistry registry,
        Duration closeTimeout,
        LoadSettings<K, V> loads) {

    /// {@return whether entries carry more than a deadline}
    boolean full() {
        boolean both = !expireAfterWrite.isZero() && !expireAfterAccess.isZero();
        return weigher != null
                || valueSizer != null
                || expiry != null
                || both
                || recordTimes
                || taggable
                || loads.keepsTimes();
    }

    /// {@return whether entries end by time}
    boolean timed() {
        return !expireAfterWrite.isZero() || !expireAfterAccess.isZero() || expiry != null;
    }
}
