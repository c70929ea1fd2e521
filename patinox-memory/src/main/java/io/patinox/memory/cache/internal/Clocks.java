package io.patinox.memory.cache.internal;

import io.patinox.memory.monitor.Ticker;

/// Chooses the clock of a cache.
final class Clocks {

    private Clocks() {}

    static CacheClock of(CacheSettings<?, ?> settings) {
        Ticker ticker = settings.ticker();
        boolean coarse = ticker.equals(Ticker.system()) && !settings.preciseExpiry();
        if (!settings.timed() && !settings.recordTimes() && !settings.loads().timed()) {
            return () -> 0;
        }
        return coarse ? new CoarseTime() : ticker::nanos;
    }
}
