package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EvictionOrder;

/// What a cache is made of.
///
/// @param settings what it was built with
/// @param shards its shards
/// @param clock the time by which entries end
/// @param reports what it tells of itself
/// @param troubles what users' code has thrown under a lock
/// @param departures who is told of what left
@SuppressWarnings("ArrayRecordComponent") // compared and shown by nobody
record Parts<K, V>(
        CacheSettings<K, V> settings,
        Shard<K, V>[] shards,
        CacheClock clock,
        CacheReports reports,
        Troubles troubles,
        Departures<K, V> departures) {

    static <K, V> Parts<K, V> of(CacheSettings<K, V> settings) {
        CacheClock clock = Clocks.of(settings);
        CacheReports reports = new CacheReports(settings.name(), settings.monitor());
        Troubles troubles = new Troubles(reports);
        return new Parts<>(
                settings,
                shards(settings, clock, troubles),
                clock,
                reports,
                troubles,
                new Departures<>(settings, reports, troubles));
    }

    private static <K, V> Shard<K, V>[] shards(
            CacheSettings<K, V> settings, CacheClock clock, Troubles troubles) {
        long whole = new Capacity(settings.bounds()).unit();
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array can't be made of a generic type
        Shard<K, V>[] shards = new Shard[settings.shards()];
        long share = Math.max(1, whole / shards.length);
        for (int s = 0; s < shards.length; s++) {
            EvictionOrder order =
                    whole == Long.MAX_VALUE ? new NoOrder() : settings.policy().newOrder(share);
            shards[s] =
                    new Shard<>(
                            new GuardedOrder(order, troubles),
                            settings.timed() ? new TimerWheel<>(clock.nanos()) : null);
        }
        return shards;
    }
}
